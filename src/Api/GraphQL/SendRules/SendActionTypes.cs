using System.ComponentModel;
using GraphQL.Types;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Outgoing.Rules;
using Platform.Storage.Protection;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.SendRules;

internal enum SendActionKind
{
    Allow,
    Confirm,
    Wait,
    Approve,
    Hold,
    Block,
    Protect,
    Strip,
    Bcc,
}

internal sealed class SendActionKindEnum : EnumerationGraphType
{
    public SendActionKindEnum()
    {
        Name = "SendActionKind";
        Description = "What a sending rule does. All rules that hold count together.";
        Add("ALLOW", SendActionKind.Allow, "No rule after this one is tried; stands alone.");
        Add("CONFIRM", SendActionKind.Confirm, "The sender is warned by 'text' and confirms.");
        Add("WAIT", SendActionKind.Wait, "It waits 'minutes', in which the sender can cancel it; the longest wait counts.");
        Add("APPROVE", SendActionKind.Approve, "The approval chain 'chainId' approves it; every chain that is asked for does.");
        Add("HOLD", SendActionKind.Hold, "It is quarantined.");
        Add("BLOCK", SendActionKind.Block, "It is refused to the program that sends it; where that is too late, quarantined.");
        Add("PROTECT", SendActionKind.Protect, "It is read in the secure reader alone, by 'extent', 'viewOnly' and 'days'; of several the strictest counts.");
        Add("STRIP", SendActionKind.Strip, "Files of 'types' do not go along.");
        Add("BCC", SendActionKind.Bcc, "A copy goes to the mailbox 'address' of the tenant, once the mail leaves; recipients do not see it.");
    }
}

[Named("SendAction")]
[Requires(Permissions.PolicyRead)]
[Description("Something that a sending rule does.")]
internal sealed class SendActionNode(SendAction action)
{
    [Description("What.")]
    public SendActionKind Kind => Enum.Parse<SendActionKind>(action.GetType().Name);

    [Description("What the sender is told; of a confirmation or an approval.")]
    public string? Text => action switch
    {
        SendAction.Confirm confirm => confirm.Text,
        SendAction.Approve approve => approve.Text,
        _ => null,
    };

    [Description("Of a wait.")]
    public int? Minutes => (action as SendAction.Wait)?.Minutes;

    [Description("Of a protection: how much.")]
    public ProtectedExtent? Extent => (action as SendAction.Protect)?.Extent;

    [Description("Of a protection: shown and not to be saved.")]
    public bool? ViewOnly => (action as SendAction.Protect)?.ViewOnly;

    [Description("Of a protection: how long it can be read; null: as the policy of the sender says.")]
    public int? Days => (action as SendAction.Protect)?.Days;

    [Description("Of STRIP: types by content or extension; empty for others.")]
    public IReadOnlyList<string> Types => (action as SendAction.Strip)?.Types ?? [];

    [Id]
    [Description("Of an approval: the chain.")]
    public string? ChainId => action is SendAction.Approve approve ? GlobalId.Of(NodeKind.ApprovalChain, approve.ChainId) : null;

    [Description("Of a copy: the mailbox to which it goes.")]
    public string? Address => (action as SendAction.Bcc)?.Address;
}

[Description("Something that a sending rule does.")]
internal sealed record SendActionInput
{
    [Description("What.")]
    public required SendActionKind Kind { get; init; }

    [Description("What the sender is told, up to 500 characters: needed for a confirmation.")]
    public string? Text { get; init; }

    [Description("Of a wait: 1 to 1,440.")]
    public int? Minutes { get; init; }

    [Description("Of a protection: MAIL, FILES or LOCKED_FILES; left out: MAIL.")]
    public ProtectedExtent? Extent { get; init; }

    [Description("Of a protection: shown and not to be saved.")]
    public bool? ViewOnly { get; init; }

    [Description("Of a protection: 1 to 366; left out: as the policy of the sender says.")]
    public int? Days { get; init; }

    [Description("Of STRIP: 1 to 50 types in lower case, by content ('exe') or extension ('docm').")]
    public IReadOnlyList<string>? Types { get; init; }

    [Id]
    [Description("Of an approval: the chain.")]
    public string? ChainId { get; init; }

    [Description("Of a copy: the address of a mailbox of the tenant.")]
    public string? Address { get; init; }

    public SendAction ToAction() => Kind switch
    {
        SendActionKind.Allow => new SendAction.Allow(),
        SendActionKind.Confirm => new SendAction.Confirm(Text ?? ""),
        SendActionKind.Wait => new SendAction.Wait(Minutes ?? 0),
        SendActionKind.Approve => new SendAction.Approve(ChainId is null ? Guid.Empty : GlobalId.Find(ChainId, NodeKind.ApprovalChain) ?? Guid.Empty, Text ?? ""),
        SendActionKind.Hold => new SendAction.Hold(),
        SendActionKind.Protect => new SendAction.Protect(Extent ?? ProtectedExtent.Mail, ViewOnly ?? false, Days),
        SendActionKind.Strip => new SendAction.Strip(Types ?? []),
        SendActionKind.Bcc => new SendAction.Bcc((Address ?? "").Trim().ToLowerInvariant()),
        _ => new SendAction.Block(),
    };
}
