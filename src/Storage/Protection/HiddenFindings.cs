using Platform.Engine.Misdirection;
using Platform.Storage.Messages;
using Platform.Storage.Outgoing;

namespace Platform.Storage.Protection;

/// <summary>The decision on a mail all of which is protected, as rows may hold it: what was found of its recipients stays, the file name or greeting that says so does not.</summary>
internal static class HiddenFindings
{
    public static DeliveryDecision Of(DeliveryDecision decision) => decision with
    {
        Why = decision.Why is { } why ? why with { Findings = [.. why.Findings.Select(Of)] } : null,
        Plan = new SendPlan([.. decision.Plan.Stages.Select(Of)]),
    };

    private static SendStage Of(SendStage stage) => stage switch
    {
        SendStage.Confirm confirm => confirm with { Reasons = Of(confirm.Reasons) },
        SendStage.Approve approve => approve with { Reasons = Of(approve.Reasons) },
        SendStage.Wait { Reasons: { } reasons } wait => wait with { Reasons = Of(reasons) },
        _ => stage,
    };

    private static IReadOnlyList<SendReason> Of(IReadOnlyList<SendReason> reasons) => [.. reasons.Select(reason => reason with { Finding = reason.Finding is { } finding ? Of(finding) : null })];

    private static SendFinding Of(SendFinding finding) => finding.Evidence.ContainsKey(SendFindings.Named)
        ? finding with { Evidence = finding.Evidence.ToDictionary(one => one.Key, one => one.Key == SendFindings.Named ? "" : one.Value, StringComparer.Ordinal) }
        : finding;
}
