using System.ComponentModel;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Api.Identity;

namespace Platform.Api.GraphQL.Clients;

internal sealed class ClientQueries(IClientRegistry clients, CallerContext caller)
{
    [Requires(Storage.Scopes.Permissions.DirectoryRead)]
    [Description("API clients whose every tenant is in reach, by id.")]
    public async Task<IReadOnlyList<ApiClientNode>> ApiClients(CancellationToken cancellationToken)
    {
        var scope = caller.Current.Scope;
        return [.. (await clients.ListAsync(scope.Tenants, scope.MspId, cancellationToken)).Select(pair => new ApiClientNode(pair.Client, pair.LastUsedAt))];
    }
}

[Named("ApiClient")]
[Requires(Storage.Scopes.Permissions.DirectoryRead)]
[Description("A program that signs in by client credentials.")]
internal sealed class ApiClientNode(ApiClient client, DateTimeOffset? lastUsedAt)
{
    [Id]
    [Description("Its client_id.")]
    public string Id => client.ClientId;

    [Description("Name for people.")]
    public string DisplayName => client.DisplayName;

    [Description("What it may do.")]
    public IReadOnlyList<string> Permissions => [.. client.Permissions.Order(StringComparer.Ordinal)];

    [Description("Ids of its tenants; empty for a client of an MSP, which reaches all of that MSP.")]
    [Id]
    public IReadOnlyList<string> TenantIds => [.. client.Tenants.Select(id => GlobalId.Of(NodeKind.Tenant, id))];

    [Description("When it ends; null when it does not.")]
    public DateTimeOffset? ExpiresAt => client.ExpiresAt;

    [Description("Networks (CIDR) from which alone its tokens are taken; empty: from anywhere.")]
    public IReadOnlyList<string> Networks => client.Networks;

    [Description("It may send none but registered GraphQL documents.")]
    public bool OnlyRegisteredDocuments => client.OnlyRegisteredDocuments;

    [Description("SHA-256 in lower-case hex of each GraphQL document registered for it.")]
    public IReadOnlyList<string> Documents => [.. client.Documents.Keys.Order(StringComparer.Ordinal)];

    [Description("Until when the secret before the current one holds too; null when it was never rotated.")]
    public DateTimeOffset? OverlapUntil => client.OverlapUntil;

    [Description("When it was last used, to the minute; null when never.")]
    public DateTimeOffset? LastUsedAt => lastUsedAt;
}
