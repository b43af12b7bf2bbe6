using System.ComponentModel;
using GraphQL;
using GraphQL.DataLoader;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Deliveries;
using Platform.Api.GraphQL.Messages;
using Platform.Api.GraphQL.Nodes;
using Platform.Api.GraphQL.Outgoing;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Outgoing.Approvals;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Approvals;

[Named("ApprovalMail")]
[Requires(Permissions.ApprovalsDecide)]
[Description("A mail that waits for the approval of whoever asks.")]
internal sealed class ApprovalMailNode(ApprovalMail mail)
{
    [Id]
    [Description("Id of the message.")]
    public string MessageId => GlobalId.Of(NodeKind.Message, mail.MessageId);

    [Description("Address of its author.")]
    public string From => mail.From;

    [Description("Its subject.")]
    public string? Subject => mail.Subject;

    [Description("When it was sent.")]
    public DateTimeOffset SentAt => mail.SentAt;

    [Description("Name of the chain.")]
    public string Chain => mail.Chain;

    [Description("Until when a decision is awaited.")]
    public DateTimeOffset ExpiresAt => mail.ExpiresAt;

    [Description("The recipients that wait for this approval.")]
    public IReadOnlyList<ApprovalRecipientNode> Recipients => [.. mail.Deliveries.Select(delivery => new ApprovalRecipientNode(delivery))];

    [Description("Why it is asked for.")]
    public IReadOnlyList<SendReasonNode> Reasons => [.. mail.Reasons.Select(reason => new SendReasonNode(reason))];

    [Description("The page, relative to the platform's address, where a person sees all that a decision needs.")]
    public string Page => $"/account/approvals/{mail.MessageId}";
}

[Named("ApprovalRecipient")]
[Requires(Permissions.ApprovalsDecide)]
[Description("A recipient of a mail that waits for an approval.")]
internal sealed class ApprovalRecipientNode(ApprovalDelivery delivery)
{
    [Id]
    [Description("Id of the delivery, for decideApprovals.")]
    public string DeliveryId => GlobalId.Of(NodeKind.Delivery, delivery.DeliveryId);

    [Description("The address.")]
    public string Address => delivery.Recipient;
}

[Named("Approval")]
[Requires(Permissions.MessagesRead)]
[Description("That an approval chain is asked over one delivery.")]
internal sealed class ApprovalNode(ApprovalRow row)
{
    [Id]
    [Description("Id of the tenant.")]
    public string TenantId => GlobalId.Of(NodeKind.Tenant, row.TenantId);

    [Description("What is asked for; null when it is gone.")]
    public IDataLoaderResult<DeliveryNode?> Delivery([FromServices] MessageLoaders loaders) => loaders.Delivery(row.DeliveryId);

    [Description("Name of the chain when the mail came.")]
    public string Chain => row.Chain;

    [Description("The step that it is at, from 1.")]
    public int Step => row.Step + 1;

    [Description("How many steps there are.")]
    public int Steps => ApprovalJson.ReadSteps(row.Steps).Count;

    [Description("What became of it.")]
    public ApprovalState State => row.State;

    [Description("Why it is asked for.")]
    public IReadOnlyList<SendReasonNode> Reasons => [.. ApprovalJson.ReadReasons(row.Reasons).Select(reason => new SendReasonNode(reason))];

    [Description("When it began.")]
    public DateTimeOffset StartedAt => row.StartedAt;

    [Description("Until when it is decided.")]
    public DateTimeOffset ExpiresAt => row.ExpiresAt;

    [Description("When it ended.")]
    public DateTimeOffset? EndedAt => row.EndedAt;
}

[Named("ApprovalChain")]
[Implements(typeof(INode))]
[Requires(Permissions.PolicyRead)]
[Description("Who may let a mail out: steps one after another.")]
internal sealed class ApprovalChainNode(ApprovalChainRow row) : INode
{
    [Id]
    [Description("Opaque id.")]
    public string Id => GlobalId.Of(NodeKind.ApprovalChain, row.Id);

    [Id]
    [Description("Id of the tenant.")]
    public string TenantId => GlobalId.Of(NodeKind.Tenant, row.TenantId);

    [Description("Name for people.")]
    public string Name => row.Name;

    [Description("Its steps in order.")]
    public IReadOnlyList<ApprovalStepNode> Steps => [.. ApprovalJson.ReadSteps(row.Steps).Select(step => new ApprovalStepNode(step))];

    [Description("Hours for all steps together.")]
    public int Hours => row.Hours;

    [Description("What happens to a mail that nobody decided over in time.")]
    public ApprovalExpiry OnExpiry => row.OnExpiry;

    [Description("Hours between two reminders; 0: none.")]
    public int RemindHours => row.RemindHours;

    [Description("From 1; grows with each change.")]
    public int Revision => row.Revision;

    [Description("When it was last changed.")]
    public DateTimeOffset ChangedAt => row.ChangedAt;

    [Description("Who changed it last.")]
    public string ChangedBy => row.ChangedBy;
}

[Named("ApprovalStep")]
[Requires(Permissions.PolicyRead)]
[Description("One step of an approval chain.")]
internal sealed class ApprovalStepNode(ApprovalStep step)
{
    [Id]
    [Description("Ids of accounts that decide.")]
    public IReadOnlyList<string> AccountIds => [.. step.Accounts.Select(account => GlobalId.Of(NodeKind.Account, account))];

    [Id]
    [Description("Id of a group whose people decide too; null: none.")]
    public string? GroupId => step.GroupId is { } group ? GlobalId.Of(NodeKind.Group, group) : null;

    [Description("True: each of them approves. False: one of them.")]
    public bool All => step.All;
}

[Named("ApprovalDeputy")]
[Implements(typeof(INode))]
[Requires(Permissions.AccountsRead)]
[Description("For a time, somebody decides over approvals in another's place too.")]
internal sealed class ApprovalDeputyNode(ApprovalDeputyRow row) : INode
{
    [Id]
    [Description("Opaque id.")]
    public string Id => GlobalId.Of(NodeKind.ApprovalDeputy, row.Id);

    [Id]
    [Description("In whose place.")]
    public string AccountId => GlobalId.Of(NodeKind.Account, row.AccountId);

    [Id]
    [Description("Who decides.")]
    public string DeputyId => GlobalId.Of(NodeKind.Account, row.DeputyId);

    [Description("From when on.")]
    public DateTimeOffset Since => row.Since;

    [Description("Until when.")]
    public DateTimeOffset Until => row.Until;

    [Description("Who said so.")]
    public string CreatedBy => row.CreatedBy;
}
