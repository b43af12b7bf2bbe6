using Platform.Engine.Intelligence;
using Platform.Engine.Verdicts;
using Platform.Grains.Policy;
using Platform.Storage.Directory;
using Platform.Storage.Messages;

namespace Platform.Grains.Tests.Policy;

public sealed class PolicyDecisionTests
{
    private static readonly Guid Message = new("0194a0c0-1111-7000-8000-000000000001");
    private static readonly Guid Delivery = new("0194a0c0-2222-7000-8000-000000000002");

    private static readonly Dictionary<PolicyAction, (DeliveryState InSession, DeliveryState Later)> OfGatewayMail = new()
    {
        [PolicyAction.Deliver] = (DeliveryState.Queued, DeliveryState.Queued),
        [PolicyAction.Tag] = (DeliveryState.Queued, DeliveryState.Queued),
        [PolicyAction.Quarantine] = (DeliveryState.Quarantined, DeliveryState.Quarantined),
        [PolicyAction.Reject] = (DeliveryState.Rejected, DeliveryState.Quarantined),
    };

    public static TheoryData<VerdictKind, PolicyAction, bool> EveryCase()
    {
        var cases = new TheoryData<VerdictKind, PolicyAction, bool>();
        foreach (var kind in Enum.GetValues<VerdictKind>())
        {
            foreach (var action in Enum.GetValues<PolicyAction>())
            {
                cases.Add(kind, action, true);
                cases.Add(kind, action, false);
            }
        }
        return cases;
    }

    [Theory]
    [MemberData(nameof(EveryCase))]
    public void Gateway_mail_goes_where_the_action_of_its_verdict_says(VerdictKind kind, PolicyAction action, bool rejectionPossible)
    {
        var decision = Decide(kind, Only(kind, action), IntakeMode.Gateway, rejectionPossible);

        Assert.Equal(rejectionPossible ? OfGatewayMail[action].InSession : OfGatewayMail[action].Later, decision.To);
    }

    [Theory]
    [MemberData(nameof(EveryCase))]
    public void Every_decision_is_a_move_that_a_received_delivery_may_make(VerdictKind kind, PolicyAction action, bool rejectionPossible)
    {
        var decision = Decide(kind, Only(kind, action), IntakeMode.Gateway, rejectionPossible);

        Assert.True(DeliveryMoves.IsAllowed(DeliveryState.Received, decision.To));
    }

    [Theory]
    [MemberData(nameof(EveryCase))]
    public void Copies_are_only_inspected(VerdictKind kind, PolicyAction action, bool rejectionPossible)
    {
        DeliveryDecision[] decisions =
        [
            Decide(kind, Only(kind, action), IntakeMode.Journal, rejectionPossible),
            Decide(kind, Only(kind, action), IntakeMode.Import, rejectionPossible),
        ];

        Assert.All(decisions, d => Assert.Equal((DeliveryState.Inspected, null), (d.To, d.Tag)));
    }

    [Theory]
    [MemberData(nameof(EveryCase))]
    public void The_decision_names_the_action_that_led_to_it(VerdictKind kind, PolicyAction action, bool rejectionPossible)
    {
        var decision = Decide(kind, Only(kind, action), IntakeMode.Gateway, rejectionPossible);

        Assert.Equal(action.ToString().ToLowerInvariant(), decision.Action);
    }

    [Theory]
    [MemberData(nameof(EveryCase))]
    public void Only_the_action_tag_adds_a_header(VerdictKind kind, PolicyAction action, bool rejectionPossible)
    {
        var decision = Decide(kind, Only(kind, action), IntakeMode.Gateway, rejectionPossible);

        Assert.Equal(action == PolicyAction.Tag, decision.Tag is not null);
    }

    [Fact]
    public void A_verdict_that_the_policy_does_not_name_takes_the_default()
    {
        var decision = Decide(VerdictKind.Malware, new VerdictPolicy(new Dictionary<VerdictKind, PolicyAction>()), IntakeMode.Gateway, rejectionPossible: true);

        Assert.Equal(DeliveryState.Quarantined, decision.To);
    }

    [Fact]
    public void The_tag_is_one_header_field_of_our_own_words()
    {
        var decision = Decide(VerdictKind.Spam, Only(VerdictKind.Spam, PolicyAction.Tag), IntakeMode.Gateway, rejectionPossible: false);

        Assert.Equal("X-Inspection-Verdict: spam; score=34; id=0194a0c0-1111-7000-8000-000000000001\r\n", decision.Tag);
    }

    [Theory]
    [InlineData("[SPAM]", "X-Inspection-Tag: [SPAM]\r\n")]
    [InlineData("【迷惑メール】", "X-Inspection-Tag: =?utf-8?b?44CQ6L+35oOR44Oh44O844Or44CR?=\r\n")]
    public void The_words_of_the_policy_stand_in_a_field_of_their_own(string text, string field)
    {
        var verdict = new Verdict(VerdictKind.Spam, null, 34, [], Origin.Unknown, MessageFacts.Empty, [], "test");
        var decision = PolicyDecision.For(verdict, PolicyAction.Tag, IntakeMode.Gateway, rejectionPossible: false, Message, Delivery, text);

        Assert.EndsWith("\r\n" + field, decision.Tag, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void The_longest_tag_text_stays_in_lines_that_SMTP_takes()
    {
        var verdict = new Verdict(VerdictKind.Spam, null, 34, [], Origin.Unknown, MessageFacts.Empty, [], "test");
        var decision = PolicyDecision.For(verdict, PolicyAction.Tag, IntakeMode.Gateway, rejectionPossible: false, Message, Delivery, new string('迷', 60));

        Assert.All(decision.Tag!.Split("\r\n"), line => Assert.True(line.Length < 998 && System.Text.Ascii.IsValid(line) && !line.Contains('\n', StringComparison.Ordinal)));
    }

    [Fact]
    public void A_notice_of_ours_is_no_case_for_policy()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Decide(VerdictKind.Clean, VerdictPolicy.Default, IntakeMode.Bounce, rejectionPossible: false));
    }

    [Theory]
    [InlineData(VerdictKind.Spam, DeliveryState.Queued)]
    [InlineData(VerdictKind.Bulk, DeliveryState.Queued)]
    [InlineData(VerdictKind.Suspicious, DeliveryState.Quarantined)]
    [InlineData(VerdictKind.Malware, DeliveryState.Quarantined)]
    public void An_allow_list_opens_the_way_for_the_unwanted_and_for_no_attack(VerdictKind kind, DeliveryState expected)
    {
        var verdict = new Verdict(kind, null, 34, [], Origin.Unknown, MessageFacts.Empty, [], "test") { AllowListed = true };

        Assert.Equal(expected, Decide(verdict, Only(kind, PolicyAction.Quarantine)).To);
    }

    [Theory]
    [InlineData(PolicyAction.Deliver, false, DeliveryState.Quarantined)]
    [InlineData(PolicyAction.Tag, false, DeliveryState.Quarantined)]
    [InlineData(PolicyAction.Quarantine, true, DeliveryState.Quarantined)]
    [InlineData(PolicyAction.Reject, true, DeliveryState.Rejected)]
    public void A_block_list_is_at_least_quarantine(PolicyAction action, bool allowListed, DeliveryState expected)
    {
        var verdict = new Verdict(VerdictKind.Spam, null, 45, [], Origin.Unknown, MessageFacts.Empty, [], "test") { BlockListed = true, AllowListed = allowListed };

        Assert.Equal(expected, Decide(verdict, Only(VerdictKind.Spam, action)).To);
    }

    private static VerdictPolicy Only(VerdictKind kind, PolicyAction action) => new(new Dictionary<VerdictKind, PolicyAction> { [kind] = action });

    private static DeliveryDecision Decide(VerdictKind kind, VerdictPolicy policy, IntakeMode mode, bool rejectionPossible)
    {
        var hostile = MessageFacts.Empty with { Subject = "x\r\nBcc: everyone@acme.test" };
        var verdict = new Verdict(kind, null, 34, [], Origin.Unknown, hostile, [], "test");
        return PolicyDecision.For(verdict, PolicyDecision.ActionOf(verdict, policy).Action, mode, rejectionPossible, Message, Delivery);
    }

    private static DeliveryDecision Decide(Verdict verdict, VerdictPolicy policy) =>
        PolicyDecision.For(verdict, PolicyDecision.ActionOf(verdict, policy).Action, IntakeMode.Gateway, rejectionPossible: true, Message, Delivery);
}
