using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Model;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Directory;

internal sealed class DirectoryQueries(IPlatformDbFactory databases, CallerContext caller, TenantLoaders tenantLoaders)
{
    private const int MaxSearchLength = 320;

    [Requires(Permissions.DirectoryRead)]
    [Description("Tenants in reach, by short name.")]
    public async Task<Connection<TenantNode>> Tenants(
        [Description("How many, at most 200.")] int? first,
        [Description("Go on behind this cursor.")] string? after,
        CancellationToken cancellationToken)
    {
        var size = Paging.Size(first);
        var from = Cursor.ReadKey(after);
        var scope = caller.Current.Scope;
        await using var db = databases.Open(scope);
        var page = db.Tenants.AsNoTracking().Behind(row => row.Slug, from);
        var rows = await page.OrderBy(row => row.Slug).Take(size + 1).Select(row => new { row.Id, row.Slug }).ToListAsync(cancellationToken);
        var nodes = (await tenantLoaders.FindManyAsync(rows.Select(row => row.Id), cancellationToken)).ToDictionary(node => node.Slug);
        return new Connection<TenantNode>(
            Paging.Of([.. rows.Where(row => nodes.ContainsKey(row.Slug))], size, after, row => nodes[row.Slug], row => Cursor.Of(row.Slug)),
            token => CountAsync(scope, db => db.Tenants, token));
    }

    [Requires(Permissions.DirectoryRead)]
    [Description("One tenant; the only one when none is named. Null when it is unknown or out of reach.")]
    public async Task<TenantNode?> Tenant([Id][Description("Id of the tenant.")] string? id, CancellationToken cancellationToken)
    {
        var key = id is null ? caller.Current.ForTenant(null).TenantId : GlobalId.Find(id, NodeKind.Tenant);
        return key is { } tenant ? await tenantLoaders.FindAsync(tenant, cancellationToken) : null;
    }

    [Requires(Permissions.DirectoryRead)]
    [Description("Domains, by name.")]
    public async Task<Connection<DomainNode>> Domains(
        [Description("How many, at most 200.")] int? first,
        [Description("Go on behind this cursor.")] string? after,
        [Id][Description("One tenant; by default all in reach.")] string? tenant,
        CancellationToken cancellationToken)
    {
        var size = Paging.Size(first);
        var from = Cursor.ReadKey(after);
        var scope = caller.Current.ForTenants(tenant);
        await using var db = databases.Open(scope);
        var page = db.Domains.AsNoTracking().Behind(row => row.Name, from);
        var rows = await page.OrderBy(row => row.Name).Take(size + 1).ToListAsync(cancellationToken);
        return new Connection<DomainNode>(
            Paging.Of(rows, size, after, row => new DomainNode(row), row => Cursor.Of(row.Name)),
            token => CountAsync(scope, db => db.Domains, token));
    }

    [Requires(Permissions.DirectoryRead)]
    [Description("Mailboxes, by address.")]
    public async Task<Connection<MailboxNode>> Mailboxes(
        [Description("How many, at most 200.")] int? first,
        [Description("Go on behind this cursor.")] string? after,
        [Description("Whose address or name contains this, case not regarded.")] string? search,
        [Id][Description("One tenant; by default all in reach.")] string? tenant,
        CancellationToken cancellationToken)
    {
        var size = Paging.Size(first);
        var from = Cursor.ReadKey(after);
        if (search?.Length > MaxSearchLength)
            throw ApiException.BadInput("search", $"'search' has at most {MaxSearchLength} characters.");
        var scope = caller.Current.ForTenants(tenant);
        await using var db = databases.Open(scope);
        var page = Matching(db, search).Behind(row => row.Address, from);
        var rows = await page.OrderBy(row => row.Address).Take(size + 1).ToListAsync(cancellationToken);
        return new Connection<MailboxNode>(
            Paging.Of(rows, size, after, row => new MailboxNode(row), row => Cursor.Of(row.Address)),
            token => CountAsync(scope, db => Matching(db, search), token));
    }

    private static IQueryable<MailboxRow> Matching(PlatformDb db, string? search)
    {
        var mailboxes = db.Mailboxes.AsNoTracking();
        if (string.IsNullOrWhiteSpace(search))
            return mailboxes;
        var text = search.ToLowerInvariant();
        return mailboxes.Where(row => row.Address.Contains(text) || (row.DisplayName != null && row.DisplayName.ToLower().Contains(text)));
    }

    private async Task<int> CountAsync<TRow>(Scope scope, Func<PlatformDb, IQueryable<TRow>> rows, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(scope);
        return await rows(db).CountAsync(cancellationToken);
    }
}
