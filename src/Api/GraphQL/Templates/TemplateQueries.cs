using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Model;
using Platform.Storage.Scopes;
using Platform.Storage.Templates;

namespace Platform.Api.GraphQL.Templates;

internal sealed class TemplateQueries(IPlatformDbFactory databases, ITemplateReading reading, CallerContext caller)
{
    [Requires(Permissions.TemplatesRead)]
    [Description("The templates of the client's MSP, by name; none for a client of a tenant.")]
    public async Task<Connection<TemplateNode>> PolicyTemplates(
        [Description("How many, at most 200.")] int? first,
        [Description("Go on behind this cursor.")] string? after,
        CancellationToken cancellationToken)
    {
        var size = Paging.Size(first);
        var from = Cursor.ReadKey(after);
        await using var db = databases.Open(caller.Current.Scope);
        // An MSP has few templates, so that all are read.
        var rows = await db.PolicyTemplates.AsNoTracking().OrderBy(row => row.NameKey).ToListAsync(cancellationToken);
        List<PolicyTemplateRow> page = [.. rows.OrderBy(row => row.NameKey, StringComparer.Ordinal).Where(row => from is null || string.CompareOrdinal(row.NameKey, from) > 0).Take(size + 1)];
        return new Connection<TemplateNode>(Paging.Of(page, size, after, row => new TemplateNode(row), row => Cursor.Of(row.NameKey)), _ => Task.FromResult(rows.Count));
    }

    [Requires(Permissions.TemplatesRead)]
    [Description("One template; null when it is unknown or out of reach.")]
    public async Task<TemplateNode?> PolicyTemplate([Id][Description("Id of the template.")] string id, CancellationToken cancellationToken) =>
        GlobalId.Find(id, NodeKind.PolicyTemplate) is { } key ? await FindAsync(key, cancellationToken) : null;

    internal async Task<TemplateNode?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.Current.Scope);
        return await db.PolicyTemplates.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row ? new TemplateNode(row) : null;
    }

    internal async Task<TemplateApplicationNode?> LastApplicationAsync(Guid templateId, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.Current.Scope);
        return await db.TemplateApplications.AsNoTracking().Where(row => row.TemplateId == templateId).OrderByDescending(row => row.AppliedAt).ThenByDescending(row => row.Id)
            .FirstOrDefaultAsync(cancellationToken) is { } row ? new TemplateApplicationNode(row) : null;
    }

    internal async Task<Connection<TenantDifferencesNode>> DifferencesAsync(PolicyTemplateRow template, int? first, string? after, CancellationToken cancellationToken)
    {
        var size = Paging.Size(first);
        var scope = caller.Current.Scope;
        var rows = await reading.DifferencesAsync(scope, template, Cursor.ReadKey(after), size + 1, cancellationToken);
        return new Connection<TenantDifferencesNode>(
            Paging.Of(rows, size, after, row => new TenantDifferencesNode(row), row => Cursor.Of(row.Slug)),
            token => reading.CountTenantsAsync(scope, template, token));
    }
}
