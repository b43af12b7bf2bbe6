using System.ComponentModel;
using GraphQL.Types;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Outgoing;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Outgoing;

internal sealed class RecallLabelEnum : EnumerationGraphType
{
    public RecallLabelEnum()
    {
        Name = "RecallLabel";
        Description = "Whether an outgoing mail can be called back.";
        Add("CANCELLABLE", RecallLabel.Cancellable, "It has not left: cancelled, nobody gets it.");
        Add("REVOCABLE", RecallLabel.Revocable, "It has left, and what it holds can be withdrawn from its reader.");
        Add("NOT_RECALLABLE", RecallLabel.NotRecallable, "It has left as it was, or was never to leave.");
    }
}

/// <summary>The kinds of stages before a mail leaves.</summary>
internal enum SendStageKind
{
    Confirm,
    Wait,
    Approve,
}

internal sealed class SendStageKindEnum : EnumerationGraphType
{
    public SendStageKindEnum()
    {
        Name = "SendStageKind";
        Description = "What must happen before a mail leaves.";
        Add("CONFIRM", SendStageKind.Confirm, "Its sender was warned and confirms it; else it is cancelled.");
        Add("WAIT", SendStageKind.Wait, "A time passes in which the sender may cancel it.");
        Add("APPROVE", SendStageKind.Approve, "People of an approval chain approve it.");
    }
}

[Named("SendStage")]
[Requires(Permissions.MessagesRead)]
[Description("Something that happens before a mail leaves.")]
internal sealed class SendStageNode(SendStage stage)
{
    [Description("What.")]
    public SendStageKind Kind => stage switch
    {
        SendStage.Confirm => SendStageKind.Confirm,
        SendStage.Wait => SendStageKind.Wait,
        _ => SendStageKind.Approve,
    };

    [Description("Minutes from its begin on; then it ends by itself.")]
    public int Minutes => (int)stage.Lasts.TotalMinutes;

    [Description("Name of the approval chain; null for other stages.")]
    public string? Chain => (stage as SendStage.Approve)?.Chain;

    [Description("Why it is asked for; empty for a wait.")]
    public IReadOnlyList<SendReasonNode> Reasons => [.. SendingReasons.Of(stage).Select(reason => new SendReasonNode(reason))];
}

[Named("SendReason")]
[Requires(Permissions.MessagesRead)]
[Description("Why a mail does not leave at once.")]
internal sealed class SendReasonNode(SendReason reason)
{
    [Description("Name of the rule that asks for it.")]
    public string Rule => reason.Rule;

    [Description("What the rule says to the sender; may be empty.")]
    public string Text => reason.Text;

    [Description("The part of the condition that made it hold.")]
    public string Held => reason.Held;
}
