using Platform.Engine;
using Platform.Engine.Authentication;
using Platform.Engine.Authentication.Spf;
using Platform.Engine.Conditions;
using Platform.Engine.Intelligence;
using Platform.Engine.Verdicts;
using Platform.Grains.Policy.Rules;
using Platform.Storage.Directory;
using Platform.Storage.Rules;

namespace Platform.Grains.Tests.Policy.Rules;

public sealed class RuleJudgeTests
{
    private static readonly RuleRevisions Revisions = new(7, 2);

    public static TheoryData<VerdictKind, PolicyAction, PolicyAction, bool> EveryCase()
    {
        var cases = new TheoryData<VerdictKind, PolicyAction, PolicyAction, bool>();
        foreach (var kind in Enum.GetValues<VerdictKind>())
            foreach (var policy in Enum.GetValues<PolicyAction>())
                foreach (var rule in Enum.GetValues<PolicyAction>())
                    foreach (var failed in new[] { false, true })
                        cases.Add(kind, policy, rule, failed);
        return cases;
    }

    [Theory]
    [MemberData(nameof(EveryCase))]
    public void A_rule_may_be_stricter_always_and_eases_neither_malware_nor_phishing_nor_failed_authentication(VerdictKind kind, PolicyAction policy, PolicyAction rule, bool failed)
    {
        var mayEase = kind is not (VerdictKind.Malware or VerdictKind.Phishing) && !failed;

        var decision = Decide([Rule("r", "size > 0", rule)], Mail(kind) with { Authentication = failed ? Authentication(dmarc: AuthenticationResult.Fail) : null }, Policy(kind, policy));

        Assert.Equal(rule >= policy || mayEase ? (rule, "r", 0) : (policy, null, 1), (decision.Action, decision.Rule?.Name, decision.Withheld.Count));
    }

    [Theory]
    [InlineData(AuthenticationResult.Pass, AuthenticationResult.Pass, true, true)]
    [InlineData(AuthenticationResult.None, AuthenticationResult.None, false, true)]
    [InlineData(AuthenticationResult.None, AuthenticationResult.SoftFail, false, true)]
    [InlineData(AuthenticationResult.TempError, AuthenticationResult.TempError, false, true)]
    [InlineData(AuthenticationResult.Fail, AuthenticationResult.Pass, false, false)]
    [InlineData(AuthenticationResult.None, AuthenticationResult.Fail, false, false)]
    [InlineData(AuthenticationResult.Pass, AuthenticationResult.Fail, true, true)]
    public void Authentication_has_failed_where_dmarc_says_so_or_spf_without_a_signature_of_the_author(AuthenticationResult dmarc, AuthenticationResult spf, bool aligned, bool mayEase)
    {
        var mail = Mail(VerdictKind.Spam) with { Authentication = Authentication(dmarc, spf, aligned) };

        Assert.Equal(mayEase, RuleJudge.MayEase(mail));
    }

    [Fact]
    public void The_first_rule_that_holds_decides()
    {
        var decision = Decide([Rule("no", "subject == \"x\"", PolicyAction.Reject), Rule("first", "size > 0", PolicyAction.Tag), Rule("second", "size > 0", PolicyAction.Reject)], Mail(VerdictKind.Clean));

        Assert.Equal((PolicyAction.Tag, "first"), (decision.Action, decision.Rule?.Name));
    }

    [Fact]
    public void A_rule_that_must_not_ease_leaves_the_word_to_the_next()
    {
        var decision = Decide([Rule("eases", "attack", PolicyAction.Deliver), Rule("rejects", "attack", PolicyAction.Reject)], Mail(VerdictKind.Malware));

        Assert.Equal((PolicyAction.Reject, "rejects", "eases"), (decision.Action, decision.Rule?.Name, Assert.Single(decision.Withheld).Name));
    }

    [Fact]
    public void A_decision_names_the_rule_its_revision_the_part_that_held_and_the_state_of_the_rules()
    {
        var decision = Decide([Rule("r", "subject == \"x\" or subject contains \"offer\"", PolicyAction.Reject)], Mail(VerdictKind.Spam));

        Assert.Equal(("r", 3, "subject contains \"offer\"", Revisions, PolicyAction.Tag), (decision.Rule?.Name, decision.Rule?.Revision, decision.Rule?.Held, decision.Revisions, decision.Policy));
    }

    [Fact]
    public void Without_a_rule_that_holds_the_policy_decides()
    {
        var decision = Decide([Rule("r", "subject == \"x\"", PolicyAction.Reject)], Mail(VerdictKind.Suspicious));

        Assert.Equal((PolicyAction.Quarantine, null), (decision.Action, decision.Rule));
    }

    [Theory]
    [InlineData(PolicyAction.Tag, PolicyAction.Tag)]
    [InlineData(PolicyAction.Quarantine, PolicyAction.Quarantine)]
    public void A_rule_of_the_tenant_may_be_stricter_than_its_allow_list(PolicyAction rule, PolicyAction expected)
    {
        var decision = Decide([Rule("r", "size > 0", rule)], Mail(VerdictKind.Spam) with { AllowListed = true }, Policy(VerdictKind.Spam, PolicyAction.Quarantine));

        Assert.Equal((expected, PolicyAction.Deliver, DecisionBasis.AllowList), (decision.Action, decision.Policy, decision.Basis));
    }

    [Theory]
    [InlineData(PolicyAction.Deliver, PolicyAction.Quarantine)]
    [InlineData(PolicyAction.Reject, PolicyAction.Reject)]
    public void What_stands_on_a_block_list_is_not_eased(PolicyAction rule, PolicyAction expected)
    {
        var decision = Decide([Rule("r", "size > 0", rule)], Mail(VerdictKind.Spam) with { BlockListed = true });

        Assert.Equal((expected, PolicyAction.Quarantine, DecisionBasis.BlockList), (decision.Action, decision.Policy, decision.Basis));
    }

    [Fact]
    public void A_rule_for_one_recipient_leaves_the_others_alone()
    {
        var judge = Judge([Rule("r", "recipient == \"boss@acme.test\"", PolicyAction.Quarantine)], Mail(VerdictKind.Clean));

        Assert.Equal((PolicyAction.Quarantine, PolicyAction.Deliver), (judge.Decide("Boss@acme.test", VerdictPolicy.Default).Action, judge.Decide("info@acme.test", VerdictPolicy.Default).Action));
    }

    [Theory]
    [InlineData(PolicyAction.Deliver, PolicyAction.Quarantine)]
    [InlineData(PolicyAction.Reject, PolicyAction.Reject)]
    public void Whoever_makes_the_rules_dear_does_not_get_past_them(PolicyAction policy, PolicyAction expected)
    {
        var mail = Mail(VerdictKind.Clean) with { Facts = MessageFacts.Empty with { Links = [.. Enumerable.Repeat(new string('a', 4_096), 100)] } };
        var dear = $"link like [{string.Join(", ", Enumerable.Repeat($"\"*{new string('a', 200)}b\"", 30))}]";

        var decision = Decide([Rule("dear", dear, PolicyAction.Tag), Rule("next", "size > 0", PolicyAction.Deliver)], mail, Policy(VerdictKind.Clean, policy));

        Assert.Equal((expected, true, null), (decision.Action, decision.Unfinished, decision.Rule));
    }

    [Fact]
    public void The_rules_withheld_are_bounded()
    {
        var decision = Decide([.. Enumerable.Range(0, 50).Select(i => Rule($"r{i}", "attack", PolicyAction.Deliver))], Mail(VerdictKind.Malware));

        Assert.Equal(DecisionRecord.MaxWithheld, decision.Withheld.Count);
    }

    [Fact]
    public void The_same_snapshot_gives_the_same_decision()
    {
        Rule[] rules = [Rule("a", "recipient == \"x@y.test\"", PolicyAction.Tag), Rule("b", "attack", PolicyAction.Deliver), Rule("c", "subject contains \"offer\"", PolicyAction.Reject)];

        Assert.Equivalent(Decide(rules, Mail(VerdictKind.Malware)), Decide(rules, Mail(VerdictKind.Malware)), strict: true);
    }

    private static DecisionRecord Decide(Rule[] rules, Verdict mail, VerdictPolicy? policy = null) => Judge(rules, mail).Decide("info@acme.test", policy ?? VerdictPolicy.Default);

    private static RuleJudge Judge(Rule[] rules, Verdict mail) =>
        new(new RuleSet(rules, Revisions), new ConditionFacts(mail, Envelope.None with { Recipients = ["info@acme.test"] }, 100));

    private static VerdictPolicy Policy(VerdictKind kind, PolicyAction action) => new(new Dictionary<VerdictKind, PolicyAction> { [kind] = action });

    private static Rule Rule(string name, string condition, PolicyAction action)
    {
        Assert.True(Condition.TryParse(condition, out var parsed, out var error), error?.ToString());
        return new Rule(Guid.NewGuid(), name, parsed, action, Revision: 3, FromMsp: false);
    }

    private static Verdict Mail(VerdictKind kind) => new(kind, null, 34, [], Origin.Unknown, MessageFacts.Empty with { Subject = "Special offer" }, [], "test");

    private static AuthenticationFacts Authentication(AuthenticationResult dmarc, AuthenticationResult spf = AuthenticationResult.None, bool aligned = false) => new(
        new SpfFacts(spf, "x.test", SpfIdentity.MailFrom, ""),
        null,
        [],
        new DmarcFacts(dmarc, "x.test", null, null, SpfAligned: false, DkimAligned: aligned, ""),
        new ArcFacts(AuthenticationResult.None, "", []),
        [],
        []);
}
