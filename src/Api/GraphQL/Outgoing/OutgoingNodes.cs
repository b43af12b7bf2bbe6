using System.ComponentModel;
using GraphQL;
using GraphQL.Types;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Engine.Misdirection;
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
    Follow,
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
        Add("FOLLOW", SendStageKind.Follow, "A copy waits until the mail itself leaves, and is cancelled when it leaves for nobody.");
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
        SendStage.Follow => SendStageKind.Follow,
        _ => SendStageKind.Approve,
    };

    [Description("Minutes from its begin on; then it ends by itself.")]
    public int Minutes => (int)stage.Lasts.TotalMinutes;

    [Description("Name of the approval chain; null for other stages.")]
    public string? Chain => (stage as SendStage.Approve)?.Chain;

    [Description("Why it is asked for; empty where only time is to pass.")]
    public IReadOnlyList<SendReasonNode> Reasons => [.. SendingReasons.Of(stage).Select(reason => new SendReasonNode(reason))];
}

[Named("SendReason")]
[Requires(Permissions.MessagesRead)]
[Description("Why a mail does not leave at once: a rule asks for it, or its recipients look wrong.")]
internal sealed class SendReasonNode(SendReason reason)
{
    [Description("Name of the rule that asks for it; empty when none does.")]
    public string Rule => reason.Rule;

    [Description("What the sender is told: the words of the rule, which may be empty, or a sentence for what was found.")]
    public string Text([Description("By default the language of Accept-Language.")] Language? language, [FromServices] CallerContext caller) =>
        reason.Finding is { } finding ? SendFindingText.Render(finding, language.Culture(caller)) : reason.Text;

    [Description("The part of the condition that made it hold; empty when no rule asks.")]
    public string Held => reason.Held;

    [Description("What was found of the recipients; null when a rule asks.")]
    public SendFindingNode? Finding => reason.Finding is { } finding ? new SendFindingNode(finding) : null;
}
