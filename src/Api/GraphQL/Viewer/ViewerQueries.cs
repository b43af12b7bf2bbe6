using System.ComponentModel;
using GraphQL;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Accounts;
using Platform.Api.GraphQL.Directory;
using Platform.Api.GraphQL.Schema;

namespace Platform.Api.GraphQL.Viewer;

internal sealed class ViewerQueries(CallerContext caller)
{
    [AnyClient]
    [Description("Who asks, and what it may reach.")]
    public ViewerNode Viewer() => new(caller.Current);
}

[Named("Viewer")]
[AnyClient]
[Description("The client or the person that asks.")]
internal sealed class ViewerNode(Caller caller)
{
    [Id]
    [Description("Id of the client, or of the account that is signed in.")]
    public string Id => caller.Subject;

    [Description("Its name on the audit log.")]
    public string Actor => caller.Scope.Actor;

    [Description("What it may do.")]
    public IReadOnlyList<string> Permissions => [.. caller.Scope.Permissions.Where(caller.Scope.Allows).Order(StringComparer.Ordinal)];

    [Description("The language its sentences come in unless asked otherwise.")]
    public Language Language => caller.Language == Languages.Japanese ? Schema.Language.Ja : Schema.Language.En;

    [Description("The account of the person who is signed in; null for a program.")]
    public SignedInAccountNode? Account => caller.Account is { } account ? new SignedInAccountNode(account, caller.Scope) : null;

    [Description("True for a client of an MSP, which names a tenant where several are in reach.")]
    public bool IsMsp => caller.Scope.MspId is not null;

    [Requires(Storage.Scopes.Permissions.DirectoryRead)]
    [Description("The tenants in reach, at most 200; all of them by 'tenants'.")]
    public Task<IReadOnlyList<TenantNode>> Tenants([FromServices] TenantLoaders tenants, CancellationToken cancellationToken) =>
        tenants.FindManyAsync(caller.Scope.Tenants.Order().Take(Paging.MaxSize), cancellationToken);
}
