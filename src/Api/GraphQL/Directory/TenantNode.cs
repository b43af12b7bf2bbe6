using System.ComponentModel;
using GraphQL;
using GraphQL.DataLoader;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Groups;
using Platform.Api.GraphQL.Nodes;
using Platform.Api.GraphQL.Policy;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Directory;
using Platform.Storage.Model;
using Platform.Storage.Policies;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Directory;

[Named("Tenant")]
[Implements(typeof(INode))]
[Requires(Permissions.DirectoryRead)]
[Description("One customer.")]
internal sealed class TenantNode(TenantSettings settings) : INode
{
    [Id]
    [Description("Opaque id.")]
    public string Id => GlobalId.Of(NodeKind.Tenant, settings.Id);

    [Description("Short name, unique over the platform.")]
    public string Slug => settings.Slug;

    [Description("Name for people.")]
    public string Name => settings.Name;

    [Description("Language of its mails and reports: 'ja' or 'en'.")]
    public string Language => settings.Language;

    [Description("Where its mail is delivered: 'smtp://host:port' or 'maildir:PATH'.")]
    public string Route => settings.Route;

    [Description("Networks of its own relays, which are never an origin.")]
    public IReadOnlyList<string> TrustedHops => settings.TrustedHops;

    [Description("Where journal copies arrive; null when the mode is off.")]
    public string? JournalAddress => settings.JournalAddress;

    [Description("Where people forward suspicious mail to; null when that is off.")]
    public string? ReportAddress => settings.ReportAddress;

    [Description("What it may use.")]
    public TenantLimitsNode Limits => new(settings.Limits);

    [Description("Clients and accounts of its MSP may open its messages.")]
    public bool MspMayOpenMessages => settings.MspContentAccess;

    [Description("Its domains, by name.")]
    public IDataLoaderResult<IReadOnlyList<DomainNode>> Domains([FromServices] TenantLoaders loaders) => loaders.DomainsOf(settings.Id);

    [Description("Its mailboxes, by address.")]
    public Task<Connection<MailboxNode>> Mailboxes(
        [Description("How many, at most 200.")] int? first,
        [Description("Go on behind this cursor.")] string? after,
        [Description("Whose address or name contains this.")] string? search,
        [FromServices] DirectoryQueries queries,
        CancellationToken cancellationToken) => queries.Mailboxes(first, after, search, Id, cancellationToken);

    [Requires(Permissions.PolicyRead)]
    [Description("What it does with mail of each verdict where no group and no mailbox says otherwise.")]
    public PolicyNode Policy => new(settings.Policy);
}

[Named("TenantLimits")]
[Requires(Permissions.DirectoryRead)]
[Description("What a tenant may use.")]
internal sealed class TenantLimitsNode(TenantLimits limits)
{
    [Description("SMTP connections at a time.")]
    public int MaxConnections => limits.MaxConnections;

    [Description("Size of one message in bytes.")]
    public long MaxMessageBytes => limits.MaxMessageBytes;

    [Description("Recipients of one message.")]
    public int MaxRecipients => limits.MaxRecipients;
}

[Named("Domain")]
[Implements(typeof(INode))]
[Requires(Permissions.DirectoryRead)]
[Description("A mail domain of a tenant.")]
internal sealed class DomainNode(DomainRow row) : INode
{
    [Id]
    [Description("Opaque id.")]
    public string Id => GlobalId.Of(NodeKind.Domain, row.Id);

    [Description("Name in lower case, A-labels.")]
    public string Name => row.Name;

    [Description("Whose it is.")]
    public Task<TenantNode?> Tenant([FromServices] TenantLoaders tenants, CancellationToken cancellationToken) => tenants.FindAsync(row.TenantId, cancellationToken);
}

[Named("Mailbox")]
[Implements(typeof(INode))]
[Requires(Permissions.DirectoryRead)]
[Description("A mailbox of a tenant.")]
internal sealed class MailboxNode(MailboxRow row) : INode
{
    [Id]
    [Description("Opaque id.")]
    public string Id => GlobalId.Of(NodeKind.Mailbox, row.Id);

    [Description("Address in lower case.")]
    public string Address => row.Address;

    [Description("Name of the person, for finding impersonation.")]
    public string? DisplayName => row.DisplayName;

    [Description("When it was made.")]
    public DateTimeOffset CreatedAt => row.CreatedAt;

    [Requires(Permissions.GroupsRead)]
    [Description("The groups it is in, in the tenant's order: the first that sets a value of the policy decides.")]
    public IDataLoaderResult<IReadOnlyList<GroupNode>> Groups([FromServices] GroupLoaders loaders) => loaders.GroupsOf(row.Id);

    [Requires(Permissions.PolicyRead)]
    [Description("What holds for its mail, and where each value comes from.")]
    public Task<EffectivePolicyNode?> Policy([FromServices] PolicyQueries queries, CancellationToken cancellationToken) =>
        queries.FindAsync(PolicyTarget.Mailbox(row.Id), cancellationToken);

    [Description("Whose it is.")]
    public Task<TenantNode?> Tenant([FromServices] TenantLoaders tenants, CancellationToken cancellationToken) => tenants.FindAsync(row.TenantId, cancellationToken);
}
