using Microsoft.EntityFrameworkCore;
using Platform.Storage.Directory;
using Platform.Storage.Events;
using Platform.Storage.Model;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Plans;

/// <summary>Plans of tenants: set by the MSP or the platform, asked wherever something is added.</summary>
public interface ITenantPlans
{
    /// <param name="plan">Null: nothing is limited.</param>
    /// <returns>Id of the tenant; else <c>FORBIDDEN</c>, <c>INVALID_PLAN</c>, <c>INVALID_NAME</c>, <c>NOT_FOUND</c>.</returns>
    Task<CommandResult<Guid>> SetAsync(Scope scope, Guid tenantId, TenantPlan? plan, CancellationToken cancellationToken);

    /// <summary>For what is counted elsewhere than in this project: refuses with <c>PLAN_LIMIT</c>, and tells of 80 and 100 %.</summary>
    /// <param name="used">Before the addition.</param>
    Task<CommandResult<Guid>> AdmitAsync(Guid tenantId, PlanResource resource, int used, CancellationToken cancellationToken);

    Task<PlanUsage?> FindAsync(Scope scope, Guid tenantId, CancellationToken cancellationToken);
}

/// <param name="Plan">Null: nothing is limited.</param>
public sealed record PlanUsage(TenantPlan? Plan, int Mailboxes, int Domains);

internal sealed class TenantPlans(IMoveRunner moves, IPlatformDbFactory databases) : ITenantPlans
{
    public Task<CommandResult<Guid>> SetAsync(Scope scope, Guid tenantId, TenantPlan? plan, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.DirectoryWrite);
        if (!scope.Tenants.Contains(tenantId))
            return Task.FromResult(Refusal.NoTenant.As<Guid>());
        if (scope.MspId is null && !scope.Actor.StartsWith("system:", StringComparison.Ordinal))
            return Task.FromResult(new CommandResult<Guid>(default, "FORBIDDEN", "Only the tenant's MSP or the platform sets its plan."));
        if (plan?.Check() is { } refusal)
            return Task.FromResult(refusal.As<Guid>());
        return moves.CommandAsync(
            async (session, ct) =>
            {
                var data = plan?.Write();
                if (await session.Sql.ExecuteAsync("UPDATE tenants SET plan = @plan, version = version + 1 WHERE id = @id", ct, ("@plan", data), ("@id", tenantId)) == 0)
                    throw new RefusedException(Refusal.NoTenant);
                var told = $$"""{"actor":{{System.Text.Json.JsonSerializer.Serialize(scope.Actor, TenantJsonContext.Default.String)}},"action":"tenant.plan","target":"{{tenantId}}","plan":{{data ?? "null"}}}""";
                session.Record(new PendingEvent(tenantId, EventKinds.DirectoryChanged, session.Now, null, null, told));
                session.Record(new PendingAudit(tenantId, scope.Actor, "tenant.plan", tenantId.ToString(), told));
                return tenantId;
            },
            cancellationToken);
    }

    public Task<CommandResult<Guid>> AdmitAsync(Guid tenantId, PlanResource resource, int used, CancellationToken cancellationToken) => moves.CommandAsync(
        async (session, ct) =>
        {
            await PlanGuard.AdmitAsync(session, tenantId, resource, 1, ct, used);
            return tenantId;
        },
        cancellationToken);

    public async Task<PlanUsage?> FindAsync(Scope scope, Guid tenantId, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(scope);
        if (await db.Tenants.AsNoTracking().SingleOrDefaultAsync(row => row.Id == tenantId, cancellationToken) is not { } tenant)
            return null;
        var mailboxes = await db.Mailboxes.CountAsync(row => row.TenantId == tenantId, cancellationToken);
        var domains = await db.Domains.CountAsync(row => row.TenantId == tenantId, cancellationToken)
            + await db.DomainClaims.CountAsync(row => row.TenantId == tenantId && row.State != Onboarding.DomainClaimState.Proven, cancellationToken);
        return new PlanUsage(TenantPlan.Read(tenant.Plan), mailboxes, domains);
    }
}
