using System.ComponentModel;
using GraphQL;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Nodes;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Holds;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Holds;

[Named("Hold")]
[Implements(typeof(INode))]
[Requires(Permissions.HoldsRead)]
[Description("A legal hold. What it covers is neither purged nor expired, and its tenant is not deleted. All criteria that are set must hold of a message; none set covers all mail.")]
internal sealed class HoldNode(HoldRow row, DateTimeOffset now) : INode
{
    [Id]
    [Description("Opaque id.")]
    public string Id => GlobalId.Of(NodeKind.Hold, row.Id);

    [Id]
    [Description("Id of the tenant.")]
    public string TenantId => GlobalId.Of(NodeKind.Tenant, row.TenantId);

    [Description("Name or file number.")]
    public string Name => row.Name;

    [Description("Why.")]
    public string Reason => row.Reason;

    [Description("It stands now.")]
    public bool Active => row.ReleasedAt is null && (row.EndsAt is null || row.EndsAt > now);

    [Id]
    [Description("One message.")]
    public string? MessageId => row.MessageId is { } id ? GlobalId.Of(NodeKind.Message, id) : null;

    [Id]
    [Description("Mail to or from one mailbox, also when the mailbox is gone.")]
    public string? MailboxId => row.MailboxId is { } id ? GlobalId.Of(NodeKind.Mailbox, id) : null;

    [Description("Address of that mailbox.")]
    public string? Mailbox => row.MailboxAddress;

    [Description("What the sender's address or name contains.")]
    public string? From => row.Sender;

    [Description("Words to be found, as in the search of messages.")]
    public string? Search => row.Search;

    [Description("Received at this moment or later.")]
    public DateTimeOffset? Since => row.ReceivedSince;

    [Description("Received before this moment.")]
    public DateTimeOffset? Until => row.ReceivedUntil;

    [Description("When it ends by itself; null: when it is released.")]
    public DateTimeOffset? EndsAt => row.EndsAt;

    [Description("Who placed it.")]
    public string PlacedBy => row.PlacedBy;

    [Description("When it was placed.")]
    public DateTimeOffset PlacedAt => row.PlacedAt;

    [Description("Who released it; null while nobody has.")]
    public string? ReleasedBy => row.ReleasedBy;

    [Description("When it was released.")]
    public DateTimeOffset? ReleasedAt => row.ReleasedAt;
}
