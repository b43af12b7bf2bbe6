using Microsoft.EntityFrameworkCore;
using Platform.Storage.Model;
using Platform.Storage.Policies;
using Platform.Storage.Scopes;

namespace Platform.Storage.Templates;

/// <summary>How far the tenants of an MSP are from its templates.</summary>
public interface ITemplateReading
{
    /// <summary>The tenants that the template is for, by short name, each with what applying it again would change.</summary>
    /// <param name="after">Short name of the tenant to go on behind; null for the first.</param>
    /// <param name="max">How many tenants at most.</param>
    Task<IReadOnlyList<TenantDifferences>> DifferencesAsync(Scope scope, PolicyTemplateRow template, string? after, int max, CancellationToken cancellationToken);

    Task<int> CountTenantsAsync(Scope scope, PolicyTemplateRow template, CancellationToken cancellationToken);
}

/// <param name="Differences">Empty: the tenant has what the template says.</param>
public sealed record TenantDifferences(Guid TenantId, string Slug, IReadOnlyList<TemplateDifference> Differences);

internal sealed class TemplateReading(IPlatformDbFactory databases) : ITemplateReading
{
    public async Task<IReadOnlyList<TenantDifferences>> DifferencesAsync(Scope scope, PolicyTemplateRow template, string? after, int max, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.TemplatesRead);
        await using var db = databases.Open(scope);
        var covered = Covered(db, template).Behind(tenant => tenant.Slug, after);
        var tenants = await covered.OrderBy(tenant => tenant.Slug).Take(max).Select(tenant => new { tenant.Id, tenant.Slug }).ToListAsync(cancellationToken);
        var ids = tenants.Select(tenant => tenant.Id).ToList();
        var own = (await db.PolicyValues.AsNoTracking().Where(row => ids.Contains(row.SubjectId)).ToListAsync(cancellationToken)).ToLookup(row => row.SubjectId);
        var wanted = TemplateJson.ReadValues(template.ValuesJson);
        return
        [
            .. tenants.Select(tenant => new TenantDifferences(
                tenant.Id,
                tenant.Slug,
                TemplateComparison.Of(template.Id, wanted, own[tenant.Id].ToDictionary(
                    row => row.Setting, row => new StoredValue(row.Value, row.Locked, row.TemplateId, row.ChangedAt, row.ChangedBy), StringComparer.Ordinal)))),
        ];
    }

    public async Task<int> CountTenantsAsync(Scope scope, PolicyTemplateRow template, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.TemplatesRead);
        await using var db = databases.Open(scope);
        return await Covered(db, template).CountAsync(cancellationToken);
    }

    private static IQueryable<TenantRow> Covered(PlatformDb db, PolicyTemplateRow template)
    {
        var named = TemplateJson.ReadTenants(template.Tenants).ToList();
        var own = db.Tenants.AsNoTracking().Where(tenant => tenant.MspId == template.OwnerId);
        return template.Coverage == TemplateCoverage.All ? own.Where(tenant => !named.Contains(tenant.Id)) : own.Where(tenant => named.Contains(tenant.Id));
    }
}
