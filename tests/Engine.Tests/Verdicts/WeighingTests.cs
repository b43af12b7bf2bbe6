using FsCheck;
using FsCheck.Fluent;
using Platform.Engine.Detectors;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Tests.Verdicts;

public sealed class WeighingTests
{
    private static readonly string[] Ids = [.. Weights.All.Select(weight => weight.Id)];

    [Fact]
    public void Without_signs_a_message_is_clean()
    {
        Assert.Equal((VerdictKind.Clean, null, 0), Summary([]));
    }

    [Fact]
    public void No_sign_alone_makes_an_attack_but_proof()
    {
        var deciding = Weights.All.Where(weight => Weigh([weight.Id]).Kind.IsAttack()).Select(weight => weight.Id);

        Assert.Equal(
            ["known-malware", "hash-listed", "yara-malware", "url-listed", "eicar-test-file", "executable-disguised", "executable-attachment", "script-attachment", "archive-with-executable", "archive-too-deep", "external-template", "remote-share", "document-moniker", "dynamic-data-exchange", "remote-function-sends", "presentation-program", "equation-exploit", "risky-object", "pdf-launch", "pdf-script-hostile", "pdf-script-disguised", "pdf-remote-file", "pdf-credential-form", "calendar-remote-file", "shortcut-attachment", "shortcut-command", "shortcut-remote", "shortcut-appended", "remote-desktop-shares", "registry-autostart", "sheet-command", "sheet-sends-cells", "web-query-attachment", "html-smuggling", "svg-script", "svg-page", "behaviour-installs", "behaviour-disable-recovery", "behaviour-encrypt", "behaviour-ask-credential", "behaviour-smuggle"],
            deciding);
    }

    [Fact]
    public void No_weight_without_proof_reaches_the_attack_threshold()
    {
        Assert.All(Weights.All.Where(weight => !weight.Proof), weight => Assert.InRange(weight.Points, -Weights.MostWithoutProof, Weights.MostWithoutProof));
    }

    [Theory]
    [InlineData(VerdictKind.Malware, AttackType.Virus, "eicar-test-file")]
    [InlineData(VerdictKind.Malware, AttackType.Behaviour, "executable-disguised")]
    [InlineData(VerdictKind.Malware, AttackType.Ransomware, "behaviour-encrypt", "behaviour-execute", "script-attachment", "business-document-lure")]
    [InlineData(VerdictKind.Phishing, AttackType.CredentialPhishing, "credential-lure", "link-text-mismatch", "brand-display-name")]
    [InlineData(VerdictKind.Phishing, AttackType.Fraud, "own-person-impersonation", "gift-card-request", "reply-to-free-mail")]
    [InlineData(VerdictKind.Suspicious, AttackType.Fraud, "bank-details-change", "reply-to-free-mail")]
    [InlineData(VerdictKind.Spam, AttackType.Spam, "spam-words-many")]
    [InlineData(VerdictKind.Bulk, AttackType.Bulk, "bulk-mail")]
    [InlineData(VerdictKind.Bulk, AttackType.Bulk, "bulk-mail", "spam-words-many")]
    public void Signs_make_kind_and_type(VerdictKind kind, AttackType type, params string[] signs)
    {
        var weighed = Weigh(signs);

        Assert.Equal((kind, (AttackType?)type), (weighed.Kind, weighed.Type));
    }

    [Fact]
    public void A_further_sign_of_a_family_counts_less()
    {
        var reasons = Weigh(["date-future", "received-impossible"]).Reasons;

        Assert.Equal([("received-impossible", 14), ("date-future", 6)], reasons.Select(reason => (reason.Id, reason.Weight)));
    }

    [Fact]
    public void A_sign_counts_once()
    {
        Assert.Equal(Weigh(["credential-lure"]).Score, Weigh(["credential-lure", "credential-lure"]).Score);
    }

    [Fact]
    public void Intent_and_disguise_together_weigh_more_than_apart()
    {
        var together = Weigh(["credential-lure", "brand-display-name"]).Score;

        Assert.True(together > Weigh(["credential-lure"]).Score + Weigh(["brand-display-name"]).Score);
    }

    [Fact]
    public void A_demand_from_a_stranger_weighs_more()
    {
        Assert.Contains(Weigh(["bank-details-change", "first-contact"]).Reasons, reason => reason.Id == "intent-from-stranger");
    }

    [Fact]
    public void A_good_acquaintance_is_forgiven_words()
    {
        Assert.True(Weigh(["payment-pressure", "known-correspondent"]).Score < Weigh(["payment-pressure"]).Score);
    }

    [Fact]
    public void A_good_acquaintance_is_not_forgiven_files()
    {
        Assert.Equal(Weigh(["macro-document"]).Score, Weigh(["macro-document", "known-correspondent"]).Score);
    }

    [Fact]
    public void Advertising_alone_never_becomes_an_attack()
    {
        var everything = Weights.All.Where(weight => weight.Family == SignFamily.Unwanted).Select(weight => weight.Id);

        Assert.False(Weigh([.. everything]).Kind.IsAttack());
    }

    [Fact]
    public void What_the_tenant_blocks_is_at_least_unwanted_whatever_speaks_for_it()
    {
        Check.QuickThrowOnFailure(Prop.ForAll(AnySigns(), ids =>
            Weigh([.. ids, "block-listed-sender", "bulk-mail", "known-correspondent", "learned-honest"]).Kind is not (VerdictKind.Clean or VerdictKind.Bulk)));
    }

    [Fact]
    public void A_block_makes_no_attack_of_what_is_none()
    {
        Check.QuickThrowOnFailure(Prop.ForAll(AnySigns(), ids =>
        {
            string[] others = [.. ids.Where(id => Weights.Of(id).Family != SignFamily.Blocked)];
            return Weigh([.. others, "block-listed-sender"]).Kind.IsAttack() == Weigh(others).Kind.IsAttack();
        }));
    }

    [Fact]
    public void Bulk_marks_lower_nothing()
    {
        string[] signs = ["credential-lure", "link-text-mismatch", "brand-display-name"];

        Assert.Equal(Weigh(signs).Score, Weigh([.. signs, "bulk-mail"]).Score);
    }

    [Fact]
    public void The_score_is_the_sum_of_the_reasons_within_its_bounds()
    {
        Check.QuickThrowOnFailure(Prop.ForAll(AnySigns(), ids =>
        {
            var weighed = Weigh(ids);
            return weighed.Score == Math.Clamp(weighed.Reasons.Sum(reason => reason.Weight), 0, VerdictScale.Highest);
        }));
    }

    [Fact]
    public void Reasons_stand_by_weight_whatever_the_order_of_signs()
    {
        Check.QuickThrowOnFailure(Prop.ForAll(AnySigns(), ids =>
        {
            var forward = Weigh(ids).Reasons.Select(reason => (reason.Id, reason.Weight)).ToList();
            var backward = Weigh([.. ids.Reverse()]).Reasons.Select(reason => (reason.Id, reason.Weight)).ToList();
            return forward.SequenceEqual(backward) && forward.Zip(forward.Skip(1)).All(pair => Math.Abs(pair.First.Weight) >= Math.Abs(pair.Second.Weight));
        }));
    }

    [Fact]
    public void A_further_bad_sign_never_lowers_the_score()
    {
        var worse = ArbMap.Default.ArbFor<int>().Generator.Select(number => Ids[(int)((uint)number % Ids.Length)]).ToArbitrary();
        Check.QuickThrowOnFailure(Prop.ForAll(AnySigns(), worse, (ids, more) =>
            Weights.Of(more).Points < 0 || Weigh([.. ids, more]).Score >= Weigh(ids).Score - 2));
    }

    [Fact]
    public void A_sign_counts_as_strongly_as_it_is_seen()
    {
        Assert.Equal(Weights.Of("learned-build").Points / 2, Weighing.Weigh([Of("learned-build") with { Percent = 50 }]).Score);
    }

    [Fact]
    public void A_faint_sign_plays_no_role()
    {
        Assert.DoesNotContain(Weighing.Weigh([Of("credential-lure") with { Percent = Weights.FaintestRole - 1 }, Of("link-text-mismatch")]).Reasons, reason => reason.Id == "intent-with-trap");
    }

    [Fact]
    public void A_sign_may_name_the_attack_itself()
    {
        Assert.Equal(AttackType.Fraud, Weighing.Weigh([Of("learned-words") with { Type = AttackType.Fraud }, Of("reply-to-free-mail")]).Type);
    }

    [Theory]
    [InlineData("learned-words", "learned-build")]
    [InlineData("learned-words", "first-contact", "learned-build", "known-correspondent")]
    public void The_model_alone_makes_no_attack(params string[] signs)
    {
        Assert.False(Weigh(signs).Kind.IsAttack());
    }

    [Fact]
    public void What_mail_resembles_is_no_intent()
    {
        Assert.DoesNotContain(Weigh(["learned-words", "first-contact"]).Reasons, reason => reason.Id == "intent-from-stranger");
    }

    [Fact]
    public void A_good_acquaintance_is_forgiven_what_the_mail_resembles()
    {
        Assert.True(Weigh(["learned-words", "known-correspondent"]).Score < Weigh(["learned-words"]).Score);
    }

    [Theory]
    [InlineData(AttackType.CredentialPhishing, "call-back-lure", AttackType.Fraud)]
    [InlineData(AttackType.CredentialPhishing, "advance-fee", AttackType.Fraud)]
    [InlineData(AttackType.Fraud, "credential-lure", AttackType.Fraud)]
    [InlineData(AttackType.Fraud, "brand-display-name", AttackType.Fraud)]
    public void What_a_detector_plainly_reads_of_the_intent_names_the_attack_before_the_model(AttackType learned, string other, AttackType expected)
    {
        var weighed = Weighing.Weigh([Of("learned-words") with { Type = learned }, Of(other)]);

        Assert.Equal(expected, weighed.Type);
    }

    [Fact]
    public void A_borrowed_name_with_a_trap_is_called_by_what_the_trap_leads_to()
    {
        Assert.Equal(AttackType.CredentialPhishing, Weigh(["brand-display-name", "links-lead-elsewhere", "link-free-hosting"]).Type);
    }

    [Fact]
    public void A_harmful_file_names_the_attack_whatever_its_words_resemble()
    {
        Assert.Equal(AttackType.Behaviour, Weigh(["learned-words", "learned-build", "script-attachment"]).Type);
    }

    private static Sign Of(string id) => new(id, new Evidence(EvidenceKind.Text, "text", id));

    private static Arbitrary<string[]> AnySigns() => Gen.Elements(Ids).ArrayOf().ToArbitrary();

    private static (VerdictKind, AttackType?, int) Summary(string[] ids) => (Weigh(ids).Kind, Weigh(ids).Type, Weigh(ids).Score);

    private static WeighedSigns Weigh(string[] ids) => Weighing.Weigh(ids.Select(id => new Sign(id, new Evidence(EvidenceKind.Text, "text", id))));
}
