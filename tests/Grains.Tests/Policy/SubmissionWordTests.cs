using Platform.Engine.Verdicts;
using Platform.Grains.Policy;
using Platform.Storage.Directory;
using Platform.Storage.Rules;

namespace Platform.Grains.Tests.Policy;

public sealed class SubmissionWordTests
{
    [Theory]
    [InlineData(PolicyAction.Deliver, true, PolicyAction.Deliver)]
    [InlineData(PolicyAction.Tag, false, PolicyAction.Tag)]
    [InlineData(PolicyAction.Tag, true, PolicyAction.Quarantine)]
    [InlineData(PolicyAction.Quarantine, true, PolicyAction.Quarantine)]
    [InlineData(PolicyAction.Reject, true, PolicyAction.Reject)]
    public void No_mail_that_needs_a_warning_leaves_the_tenant(PolicyAction decided, bool isOutside, PolicyAction expected) =>
        Assert.Equal(expected, SubmissionWord.Over(Decided(decided), isOutside, isOwn: true).Action);

    [Theory]
    [InlineData(PolicyAction.Deliver)]
    [InlineData(PolicyAction.Tag)]
    [InlineData(PolicyAction.Quarantine)]
    public void Mail_under_a_foreign_address_is_rejected_whatever_was_decided(PolicyAction decided) =>
        Assert.Equal((PolicyAction.Reject, DecisionBasis.Sender), Of(SubmissionWord.Over(Decided(decided), isOutside: false, isOwn: false)));

    private static (PolicyAction, DecisionBasis) Of(DecisionRecord decision) => (decision.Action, decision.Basis);

    private static DecisionRecord Decided(PolicyAction action) => new(VerdictKind.Clean, action, action, new RuleRevisions(0, 0));
}
