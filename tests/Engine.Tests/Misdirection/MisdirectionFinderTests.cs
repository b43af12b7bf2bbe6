using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Platform.Engine.Language;
using Platform.Engine.Misdirection;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Tests.Misdirection;

/// <summary>What is found of whom a mail goes to, and how much it is worth (OUT6, OUT10).</summary>
public sealed class MisdirectionFinderTests
{
    private static readonly string[] s_own = ["acme.co.jp"];

    private static readonly CorrespondenceFacts s_facts = CorrespondenceFacts.None with
    {
        Domains = new CorrespondentDomains(["sakura-shoji.co.jp", "globex.com", "hanbit.co.kr"]),
        KnownDomains = new HashSet<string> { "globex.com", "globes.com" },
        Written = new HashSet<string> { "bob@globex.com", "tanaka@sakura-shoji.co.jp" },
    };

    [Theory]
    [InlineData("tanaka@sakura-shouji.co.jp", "sakura-shoji.co.jp")]
    [InlineData("kim@hanbti.co.kr", "hanbit.co.kr")]
    [InlineData("bob@globex.co", "globex.com")]
    [InlineData("boss@acmee.co.jp", null)]
    [InlineData("keiri@acme.com", "acme.co.jp")]
    [InlineData("hanako@gmial.com", "gmail.com")]
    [InlineData("tanaka@sakura-shoji.co.jo", "sakura-shoji.co.jp")]
    [InlineData("info@softbank.co.jp", null)]
    [InlineData("info@biglobe.co.jp", null)]
    [InlineData("bob@globex-japan.com", null)]
    [InlineData("bob@globex.com", null)]
    [InlineData("bob@globes.com", null)]
    [InlineData("bob@gmail.com", null)]
    [InlineData("bob@unrelated.example", null)]
    public void A_slip_in_the_domain_tells_what_was_meant(string recipient, string? known)
    {
        Assert.Equal(known, Find(s_facts, recipient).FirstOrDefault(finding => finding.Kind == SendFindingKind.LookAlikeDomain)?.Evidence["known"]);
    }

    [Fact]
    public void Somebody_new_beside_known_ones_is_told_and_alone_not_asked_about()
    {
        var found = Find(s_facts, "bob@globex.com", "new@unrelated.example");

        Assert.Equal([(SendFindingKind.NewAmongKnown, "new@unrelated.example")], found.Select(finding => (finding.Kind, finding.Recipient!)));
        Assert.False(FindingStrength.Asks(found));
    }

    [Theory]
    [InlineData("tanaka@umbrella.example", true)]
    [InlineData("alice@globex.com", false)]
    public void Somebody_of_another_organisation_who_joins_a_conversation_is_asked_about(string recipient, bool asks)
    {
        var facts = s_facts with { Thread = new MailThread(new HashSet<string> { "info@acme.co.jp", "bob@globex.com" }) };

        Assert.Equal(asks, FindingStrength.Asks(Find(facts, "bob@globex.com", recipient).Where(finding => finding.IsAbout(recipient))));
    }

    [Fact]
    public void A_conversation_among_colleagues_has_nobody_to_mix_up()
    {
        var facts = s_facts with { Thread = new MailThread(new HashSet<string> { "info@acme.co.jp", "keiri@acme.co.jp" }) };

        Assert.Empty(Find(facts, "bob@globex.com"));
    }

    [Theory]
    [InlineData("tanaka@umbrella.example", true)]
    [InlineData("info@umbrella.example", false)]
    public void The_same_person_elsewhere_is_told_and_the_same_role_is_not(string recipient, bool expected)
    {
        var facts = s_facts with { SameName = new Dictionary<string, string> { [recipient] = recipient.Split('@')[0] + "@sakura-shoji.co.jp" } };

        Assert.Equal(expected, Find(facts, recipient).Any(finding => finding.Kind == SendFindingKind.KnownElsewhere));
    }

    [Theory]
    [InlineData(9, 10, false)]
    [InlineData(10, 10, true)]
    [InlineData(10, null, false)]
    public void Many_addresses_that_all_see_are_asked_about(int count, int? most, bool expected)
    {
        var mail = MessageFacts.Empty with { To = [.. Enumerable.Range(0, count).Select(i => $"a{i}@company{i % 2}.example"), "keiri@acme.co.jp"] };

        Assert.Equal(expected, MisdirectionFinder.Find(new OutgoingRecipients(mail, ["a0@company0.example"], s_own), s_facts, most).Any(finding => finding.Kind == SendFindingKind.ManyVisible));
    }

    [Theory]
    [InlineData(12, false)]
    [InlineData(11, true)]
    public void Who_saw_each_other_in_the_conversation_already_is_not_asked_about(int inThread, bool expected)
    {
        List<string> all = [.. Enumerable.Range(0, 12).Select(i => $"A{i}@company{i}.example")];
        var facts = s_facts with { Thread = new MailThread(all.Take(inThread).Select(address => address.ToLowerInvariant()).ToHashSet()) };
        var mail = new OutgoingRecipients(MessageFacts.Empty with { To = all }, [all[0]], s_own);

        Assert.Equal(expected, MisdirectionFinder.Find(mail, facts, 10).Any(finding => finding.Kind == SendFindingKind.ManyVisible));
    }

    [Fact]
    public void Many_of_one_organisation_know_each_other()
    {
        var mail = MessageFacts.Empty with { Cc = [.. Enumerable.Range(0, 30).Select(i => $"a{i}@globex.com")] };

        Assert.Empty(MisdirectionFinder.Find(new OutgoingRecipients(mail, ["bob@globex.com"], s_own), s_facts, 10));
    }

    [Theory]
    [InlineData("見積書_ミライ様.pdf", "", "bob@globex.com", SendFindingKind.MisnamedFile)]
    [InlineData("", "株式会社ミライ 田中様\n", "bob@globex.com", SendFindingKind.MisnamedGreeting)]
    [InlineData("", "Dear Globex team,\n", "kim@hanbit.co.kr", SendFindingKind.MisnamedGreeting)]
    [InlineData("Globex_invoice.pdf", "", "kim@hanbit.co.kr", SendFindingKind.MisnamedFile)]
    [InlineData("Globex_invoice.pdf", "", "bob@globex.com", null)]
    [InlineData("Globex_invoice.pdf", "", "bob@globex-japan.example", null)]
    [InlineData("見積書_ミライ様.pdf", "", "tanaka@mirai.example", null)]
    [InlineData("見積書_新会社様.pdf", "", "bob@globex.com", null)]
    [InlineData("見積書_ミライ様_Lenovo.pdf", "", "tanaka@mirai.example", null)]
    [InlineData("見積書_ミライ様_Lenovo.pdf", "", "bob@globex.com", SendFindingKind.MisnamedFile)]
    [InlineData("Globex_見積書_ミライ様.pdf", "", "bob@globex.com", SendFindingKind.MisnamedFile)]
    [InlineData("見積書_ミライ_Globex.pdf", "", "bob@globex.com", null)]
    [InlineData("", "株式会社ミライ 田中様、Globex御中\n", "bob@globex.com", null)]
    [InlineData("", "株式会社ミライの佐藤です。\n", "bob@globex.com", null)]
    [InlineData("Globex_photo.jpg", "", "kim@hanbit.co.kr", null)]
    public void A_file_or_greeting_for_another_correspondent_is_asked_about(string file, string text, string recipient, SendFindingKind? kind)
    {
        var facts = s_facts with { Organisations = [new OrganisationName("ミライ", "mirai.example", 2)], KnownDomains = new HashSet<string> { "hanbit.co.kr", "globex.com", "globex-japan.example" } };
        var mail = MessageFacts.Empty with { Text = text, Attachments = file.Length > 0 ? [new AttachmentFacts(file, "", "", 1, "")] : [] };

        Assert.Equal(kind is null ? [] : [kind.Value], MisdirectionFinder.Find(new OutgoingRecipients(mail, [recipient], s_own), facts, 10).Select(finding => finding.Kind));
    }

    [Fact]
    public void A_name_seen_once_tells_nothing()
    {
        var facts = s_facts with { Organisations = [new OrganisationName("ミライ", "mirai.example", 1)] };

        Assert.Empty(MisdirectionFinder.Find(new OutgoingRecipients(MessageFacts.Empty with { Text = "株式会社ミライ 御中\n" }, ["bob@globex.com"], s_own), facts, 10));
    }

    [Fact]
    public void A_name_by_which_several_are_greeted_tells_nothing()
    {
        var facts = s_facts with { Organisations = [new OrganisationName("ミライ", "mirai.example", 5), new OrganisationName("ミライ", "other.example", 2)] };

        Assert.Empty(MisdirectionFinder.Find(new OutgoingRecipients(MessageFacts.Empty with { Text = "株式会社ミライ 御中\n" }, ["bob@globex.com"], s_own), facts, 10));
    }

    [Fact]
    public void However_many_recipients_there_are_all_attackers_are_found()
    {
        List<string> recipients = [.. Enumerable.Range(0, 400).Select(i => $"a{i}@attack.example")];
        var facts = s_facts with { Attackers = new Dictionary<string, AttackFrom> { ["attack.example"] = new AttackFrom(VerdictKind.Phishing, DateTimeOffset.UnixEpoch) } };

        Assert.Equal(recipients, Find(facts, [.. recipients]).Where(finding => finding.Kind == SendFindingKind.KnownAttacker).Select(finding => finding.Recipient!));
    }

    [Theory]
    [InlineData("evil@attack.example", SendFindingKind.KnownAttacker)]
    [InlineData("other@attack.example", SendFindingKind.KnownAttacker)]
    [InlineData("x@blocked.example", SendFindingKind.BlockListed)]
    public void Attackers_and_who_is_on_a_block_list_are_held(string recipient, SendFindingKind kind)
    {
        var attack = new AttackFrom(VerdictKind.Phishing, new DateTimeOffset(2026, 11, 20, 0, 0, 0, TimeSpan.Zero));
        var facts = s_facts with
        {
            Attackers = new Dictionary<string, AttackFrom> { ["evil@attack.example"] = attack, ["attack.example"] = attack },
            Blocked = new Dictionary<string, string> { ["x@blocked.example"] = "blocked.example" },
        };
        var found = Assert.Single(Find(facts, recipient));

        Assert.Equal((kind, true), (found.Kind, FindingStrength.IsHeld(found.Kind)));
    }

    [Theory]
    [InlineData("bob@globexx.com", true, SendFindingKind.PartnerLookAlike)]
    [InlineData("bob@gl0bex.com", true, SendFindingKind.PartnerLookAlike)]
    [InlineData("bob@globex.jp", true, SendFindingKind.LookAlikeDomain)]
    [InlineData("bob@globexx.com", false, SendFindingKind.LookAlikeDomain)]
    [InlineData("bob@gl0bex.com", false, SendFindingKind.PartnerLookAlike)]
    [InlineData("bob@globex-billing.com", false, SendFindingKind.PartnerLookAlike)]
    [InlineData("bob@globex.com.evil.example", false, SendFindingKind.PartnerLookAlike)]
    [InlineData("tanaka@sakura-shoji.co.jo", true, SendFindingKind.LookAlikeDomain)]
    [InlineData("bob@gmial.com", true, SendFindingKind.LookAlikeDomain)]
    public void A_look_alike_of_a_partner_that_came_from_outside_is_held_and_a_slip_of_the_sender_is_asked_about(string recipient, bool inThread, SendFindingKind kind)
    {
        var facts = s_facts with { Thread = new MailThread(new HashSet<string> { "bob@globex.com", recipient }) { FromOutside = new HashSet<string> { inThread ? recipient : "bob@globex.com" } } };

        Assert.Equal(kind, Find(facts, recipient).First(finding => finding.Kind is SendFindingKind.PartnerLookAlike or SendFindingKind.LookAlikeDomain).Kind);
    }

    [Fact]
    public void Every_finding_has_its_sentence_in_both_languages()
    {
        foreach (var language in new[] { "ja", "en" })
        {
            var texts = Texts.Of(new CultureInfo(language));
            Assert.All(Enum.GetValues<SendFindingKind>(), kind => Assert.True(texts.Has($"send-finding.{SendFindings.WireName(kind)}")));
        }
    }

    [Theory]
    [InlineData("en", "bob@globex.co: the domain globex.co is not known and looks like globex.com. Did you mean globex.com?")]
    [InlineData("ja", "bob@globex.co: ドメイン globex.co はこれまで送信したことがなく、globex.com に似ています。正しくは globex.com ではありませんか。")]
    public void A_finding_reads_as_a_sentence(string language, string sentence) => Assert.Equal(sentence, SendFindingText.Render(Find(s_facts, "bob@globex.co")[0], new CultureInfo(language)));

    [Fact]
    public void Nothing_that_stands_in_an_address_throws_and_evidence_is_bounded() => Check.QuickThrowOnFailure(Prop.ForAll<string, string>((local, domain) =>
        Find(s_facts, $"{local}@{domain}", "bob@globex.com").All(finding => finding.Evidence.Values.All(value => value.Length <= SendFindings.MaxEvidence))));

    private static IReadOnlyList<SendFinding> Find(CorrespondenceFacts facts, params string[] recipients) =>
        MisdirectionFinder.Find(new OutgoingRecipients(MessageFacts.Empty, recipients, s_own), facts, 10);
}
