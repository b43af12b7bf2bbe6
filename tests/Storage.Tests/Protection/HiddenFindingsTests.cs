using Platform.Engine.Misdirection;
using Platform.Engine.Verdicts;
using Platform.Storage.Directory;
using Platform.Storage.Messages;
using Platform.Storage.Outgoing;
using Platform.Storage.Protection;
using Platform.Storage.Purging;
using Platform.Storage.Rules;

namespace Platform.Storage.Tests.Protection;

/// <summary>What was found of recipients quotes the mail, and where the mail is not to be read that goes.</summary>
public sealed class HiddenFindingsTests
{
    private static readonly SendFinding s_file = new(SendFindingKind.MisnamedFile, null, new Dictionary<string, string> { ["named"] = "secret.pdf", ["known"] = "globex.example" });

    private static readonly DeliveryDecision s_decision = new(Guid.NewGuid(), DeliveryState.AwaitingConfirmation, "deliver", null)
    {
        Why = new DecisionRecord(VerdictKind.Clean, PolicyAction.Deliver, PolicyAction.Deliver, RuleRevisions.None) { Findings = [s_file] },
        Plan = SendPlan.Of(new SendStage.Confirm([SendReason.Of(s_file)], 24), new SendStage.Wait(15) { Reasons = [SendReason.Of(s_file)] }),
    };

    [Fact]
    public void Of_a_protected_mail_nothing_is_kept_that_says_what_is_in_it()
    {
        var hidden = HiddenFindings.Of(s_decision);

        Assert.Equal(("", "globex.example"), Said(hidden.Why!.Findings[0]));
        Assert.Equal(2, hidden.Plan.Stages.Count);
        Assert.DoesNotContain("secret", SendJson.Write(hidden.Plan), StringComparison.Ordinal);
    }

    [Fact]
    public void Nor_of_one_whose_content_is_erased()
    {
        var why = RuleJson.ReadDecision(FindingRedaction.Of(RuleJson.Write(s_decision.Why!))!);
        var plan = SendJson.ReadPlan(FindingRedaction.Of(SendJson.Write(s_decision.Plan)));

        Assert.Equal(("", "globex.example"), Said(Assert.Single(why.Findings)));
        Assert.Equal(("", "globex.example"), Said(Assert.IsType<SendStage.Confirm>(plan.Current).Reasons[0].Finding!));
        Assert.Null(FindingRedaction.Of(null));
    }

    private static (string Named, string Known) Said(SendFinding finding) => (finding.Evidence["named"], finding.Evidence["known"]);
}
