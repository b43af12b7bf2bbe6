using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Model;
using Platform.Storage.Retention;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Retention;

internal sealed class RetentionQueries(IRetentionRules rules, IPlatformDbFactory databases, CallerContext caller)
{
    [Requires(Permissions.PolicyRead)]
    [Description("How long a tenant's mail is kept.")]
    public async Task<RetentionNode> Retention([Id][Description("Which tenant; needed where several are in reach.")] string? tenant, CancellationToken cancellationToken)
    {
        var (scope, tenantId) = caller.Current.ForTenant(tenant);
        return await OfTenantAsync(scope, tenantId, cancellationToken);
    }

    [Requires(Permissions.PolicyRead)]
    [Description("What the client's MSP gives its tenants; null for a client of a tenant.")]
    public async Task<RetentionNode?> MspRetention(CancellationToken cancellationToken) =>
        caller.Current.Scope.MspId is null ? null : new RetentionNode(await rules.OfMspAsync(caller.Current.Scope, cancellationToken), null);

    internal async Task<RetentionNode> OfTenantAsync(Scope scope, Guid tenantId, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(scope);
        return new RetentionNode(
            await rules.OfTenantAsync(scope, tenantId, cancellationToken),
            await db.RetentionRuns.AsNoTracking().SingleOrDefaultAsync(row => row.TenantId == tenantId, cancellationToken));
    }
}
