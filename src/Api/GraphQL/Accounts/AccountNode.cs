using System.ComponentModel;
using GraphQL;
using GraphQL.DataLoader;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Directory;
using Platform.Api.GraphQL.Nodes;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Accounts;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Accounts;

[Named("Account")]
[Implements(typeof(INode))]
[Requires(Permissions.AccountsRead)]
[Description("A person who may sign in.")]
internal sealed class AccountNode(AccountRow row) : INode
{
    [Id]
    [Description("Opaque id.")]
    public string Id => GlobalId.Of(NodeKind.Account, row.Id);

    [Description("Mail address in lower case, unique over the installation.")]
    public string Address => row.Address;

    [Description("Name for people.")]
    public string Name => row.Name;

    [Description("Language of its pages and mails: 'ja' or 'en'; null: as the browser asks.")]
    public string? Language => row.Language;

    [Description("Whether it may sign in.")]
    public AccountState State => row.State;

    [Description("What it has been given, by name.")]
    public IDataLoaderResult<IReadOnlyList<RoleNode>> Roles([FromServices] AccountLoaders loaders) => loaders.RolesOf(row.Id);

    [Requires(Permissions.DirectoryRead)]
    [Description("Its own mailbox, where it has one.")]
    public IDataLoaderResult<MailboxNode?> Mailbox([FromServices] AccountLoaders loaders) => loaders.Mailbox(row.MailboxId);

    [Description("The invitation that it has not accepted yet.")]
    public IDataLoaderResult<InvitationNode?> Invitation([FromServices] AccountLoaders loaders) => loaders.InvitationOf(row.Id);

    [Requires(Permissions.DirectoryRead)]
    [Description("Whose it is; null for an account of the MSP itself.")]
    public Task<TenantNode?> Tenant([FromServices] TenantLoaders tenants, CancellationToken cancellationToken) => tenants.FindAsync(row.OwnerId, cancellationToken);

    [Description("When it was made.")]
    public DateTimeOffset CreatedAt => row.CreatedAt;

    [Description("Who made it: 'user:…', 'client:our-siem'.")]
    public string CreatedBy => row.CreatedBy;

    [Description("When it was last changed.")]
    public DateTimeOffset ChangedAt => row.ChangedAt;
}

[Named("Invitation")]
[Requires(Permissions.AccountsRead)]
[Description("Asks a person to join. The token is in the mail and nowhere else.")]
internal sealed class InvitationNode(InvitationRow row, DateTimeOffset now)
{
    [Description("When it was sent.")]
    public DateTimeOffset CreatedAt => row.CreatedAt;

    [Description("Who invited.")]
    public string CreatedBy => row.CreatedBy;

    [Description("Until when it can be accepted.")]
    public DateTimeOffset ExpiresAt => row.ExpiresAt;

    [Description("It is too late to accept it: invite again.")]
    public bool IsExpired => row.ExpiresAt <= now;
}
