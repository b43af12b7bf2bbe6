using System.ComponentModel;
using System.Text.Json;
using GraphQL;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Directory;
using Platform.Api.GraphQL.Nodes;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Connectors;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Connectors;

[Named("Connector")]
[Implements(typeof(INode))]
[Requires(Permissions.ConnectorsRead)]
[Description("A server of a tenant's own that sends through the platform; see docs/submission.md.")]
internal sealed class ConnectorNode(ConnectorRow row) : INode
{
    [Id]
    [Description("Opaque id.")]
    public string Id => GlobalId.Of(NodeKind.Connector, row.Id);

    [Description("For people.")]
    public string Name => row.Name;

    [Description("Networks (CIDR) that it sends from; empty: any.")]
    public IReadOnlyList<string> Networks => JsonSerializer.Deserialize<string[]>(row.Networks) ?? [];

    [Description("SHA-256 fingerprints of the client certificates that it is known by; empty: by none.")]
    public IReadOnlyList<string> Certificates => JsonSerializer.Deserialize<string[]>(row.Certificates) ?? [];

    [Description("User name of its login; null: it does not log in.")]
    public string? UserName => row.Login;

    [Description("When it last sent, to an hour; null: never.")]
    public DateTimeOffset? LastUsedAt => row.LastUsedAt;

    [Description("The address it last sent from.")]
    public string? LastUsedFrom => row.LastUsedFrom;

    [Description("When it was made.")]
    public DateTimeOffset CreatedAt => row.CreatedAt;

    [Description("Who made it.")]
    public string CreatedBy => row.CreatedBy;

    [Requires(Permissions.DirectoryRead)]
    [Description("Whose it is.")]
    public Task<TenantNode?> Tenant([FromServices] TenantLoaders tenants, CancellationToken cancellationToken) => tenants.FindAsync(row.TenantId, cancellationToken);
}
