using System.ComponentModel;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Engine.Feeds;
using Platform.Storage.Directory;
using Platform.Storage.Lists;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Lists;

internal sealed class ListQueries(IListReading reading, IRecipientDirectory directory, CallerContext caller)
{
    [Requires(Permissions.ListsRead)]
    [Description("Entries of allow and block lists, newest first: those of the tenants in reach and what they inherit from their MSP.")]
    public async Task<Connection<ListEntryNode>> ListEntries(
        [Description("How many, at most 200.")] int? first,
        [Description("Go on behind this cursor.")] string? after,
        [Description("Which entries.")] ListEntryFilter? filter,
        [Id][Description("One tenant; by default all in reach.")] string? tenant,
        CancellationToken cancellationToken)
    {
        var size = Paging.Size(first);
        var from = Cursor.ReadTime(after);
        var scope = caller.Current.ForTenants(tenant);
        var query = filter?.ToQuery() ?? new ListQuery();
        var rows = await reading.PageAsync(scope, query, from, size + 1, cancellationToken);
        return new Connection<ListEntryNode>(
            Paging.Of(rows, size, after, entry => new ListEntryNode(entry), entry => Cursor.Of(entry.Row.CreatedAt, entry.Row.Id)),
            token => reading.CountAsync(scope, query, token));
    }

    [Requires(Permissions.ListsRead)]
    [Description("A list as CSV.")]
    public async Task<ListExportNode> ListExport(
        [Description("Whose list; by default the tenant's own.")] ListOrigin? origin,
        [Id][Description("Which tenant; needed where several are in reach. Of the MSP's list any of its tenants will do.")] string? tenant,
        CancellationToken cancellationToken)
    {
        var current = caller.Current;
        if (origin == ListOrigin.Msp && tenant is null && current.Scope.MspId is { } own)
            return new ListExportNode(await reading.ExportAsync(current.Scope, ListOwner.Msp(own), cancellationToken));
        var (scope, tenantId) = current.ForTenant(tenant);
        if (origin != ListOrigin.Msp)
            return new ListExportNode(await reading.ExportAsync(scope, ListOwner.Tenant(tenantId), cancellationToken));
        var settings = await directory.FindTenantAsync(tenantId, cancellationToken) ?? throw new ScopeViolationException();
        return settings.MspId is { } msp
            ? new ListExportNode(await reading.ExportAsync(scope, ListOwner.Msp(msp), cancellationToken))
            : throw ApiException.NotFound("origin", "This tenant belongs to no MSP.");
    }
}

[Description("Which entries. All that is given must hold.")]
internal sealed record ListEntryFilter
{
    private const int MaxText = 320;

    [Description("One of the two lists.")]
    public ListAction? List { get; init; }

    [Description("Of one of these kinds.")]
    public IReadOnlyList<ListEntryKind>? Kinds { get; init; }

    [Description("In a list of one origin.")]
    public ListOrigin? Origin { get; init; }

    [Description("Whose value or note contains this, case not regarded.")]
    public string? Search { get; init; }

    [Description("True: only those that have ended; false: only those in force.")]
    public bool? IsExpired { get; init; }

    /// <exception cref="ApiException">A text is too long.</exception>
    public ListQuery ToQuery() => Search?.Length > MaxText
        ? throw ApiException.BadInput("filter.search", $"'filter.search' has at most {MaxText} characters.")
        : new ListQuery(List, Kinds, Origin, Search, IsExpired);
}
