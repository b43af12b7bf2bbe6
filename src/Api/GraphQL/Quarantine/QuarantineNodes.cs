using System.ComponentModel;
using GraphQL;
using GraphQL.DataLoader;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Deliveries;
using Platform.Api.GraphQL.Directory;
using Platform.Api.GraphQL.Messages;
using Platform.Api.GraphQL.Nodes;
using Platform.Api.GraphQL.Schema;
using Platform.Engine.Feeds;
using Platform.Storage.Quarantine;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Quarantine;

[Named("ReleaseRequest")]
[Implements(typeof(INode))]
[Requires(Permissions.MessagesRead)]
[Description("The owner of a mailbox asks for a held mail.")]
internal sealed class ReleaseRequestNode(ReleaseRequestRow row) : INode
{
    [Id]
    [Description("Opaque id.")]
    public string Id => GlobalId.Of(NodeKind.ReleaseRequest, row.Id);

    [Id]
    [Description("Id of the tenant.")]
    public string TenantId => GlobalId.Of(NodeKind.Tenant, row.TenantId);

    [Description("What is asked for; null when it is gone.")]
    public IDataLoaderResult<DeliveryNode?> Delivery([FromServices] MessageLoaders loaders) => loaders.Delivery(row.DeliveryId);

    [Description("Why, in the words of the one who asks; may be empty.")]
    public string Note => row.Note;

    [Description("Who asks: an account, or by a link whoever had it.")]
    public string RequestedBy => row.RequestedBy;

    [Description("When.")]
    public DateTimeOffset RequestedAt => row.RequestedAt;

    [Description("What became of it.")]
    public RequestState State => row.State;

    [Description("Who decided; null while nobody has.")]
    public string? DecidedBy => row.DecidedBy;

    [Description("When.")]
    public DateTimeOffset? DecidedAt => row.DecidedAt;

    [Description("What the one who decided says.")]
    public string? DecisionNote => row.DecisionNote;
}

[Named("MailboxSender")]
[Implements(typeof(INode))]
[Requires(Permissions.MessagesRead)]
[Description("A sender that the owner of a mailbox blocked or allowed for it alone.")]
internal sealed class MailboxSenderNode(MailboxSenderRow row) : INode
{
    [Id]
    [Description("Opaque id.")]
    public string Id => GlobalId.Of(NodeKind.MailboxSender, row.Id);

    [Requires(Permissions.DirectoryRead)]
    [Description("The mailbox; null when it is gone.")]
    public IDataLoaderResult<MailboxNode?> Mailbox([FromServices] MailboxLoaders mailboxes) => mailboxes.Mailbox(row.MailboxId);

    [Description("BLOCK: its mail is held. ALLOW: its unwanted mail is delivered; attacks and what fails authentication stay held.")]
    public ListAction List => row.Action;

    [Description("An address, or a domain with what stands below it.")]
    public string Value => row.Value;

    [Description("Who listed it.")]
    public string CreatedBy => row.CreatedBy;

    [Description("When.")]
    public DateTimeOffset CreatedAt => row.CreatedAt;
}
