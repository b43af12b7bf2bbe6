using System.Globalization;
using Platform.Storage.Events;
using Platform.Storage.Transactions;

namespace Platform.Storage.Plans;

/// <summary>Asks a tenant's plan before something is added, inside the move that adds it.</summary>
internal static class PlanGuard
{
    private static readonly int[] Told = [80, 100];

    /// <summary>Locks the tenant, so that of two that add at once the second counts the first.</summary>
    /// <exception cref="RefusedException">The plan holds no more.</exception>
    public static async ValueTask AdmitAsync(MoveSession session, Guid tenantId, PlanResource resource, int added, CancellationToken cancellationToken, long? counted = null)
    {
        var plan = TenantPlan.Read(await session.Sql.FirstAsync("SELECT plan FROM tenants WHERE id = @id" + session.Dialect.ForUpdate, row => row.Text(0), cancellationToken, ("@id", tenantId)));
        if (added == 0 || plan?.LimitOf(resource) is not { } limit)
            return;
        var used = counted ?? await CountAsync(session, tenantId, resource, cancellationToken);
        if (used + added > limit)
            throw new RefusedException(new("PLAN_LIMIT", $"The plan of this tenant holds at most {limit.ToString(CultureInfo.InvariantCulture)} {Word(resource)}; its MSP can raise it."));
        foreach (var percent in Told)
        {
            if (IsReached(used + added, limit, percent) && !IsReached(used, limit, percent))
                session.Record(new PendingEvent(tenantId, EventKinds.PlanUsage, session.Now, null, null, Data(resource, used + added, limit, percent)));
        }
    }

    private static async ValueTask<long> CountAsync(MoveSession session, Guid tenantId, PlanResource resource, CancellationToken cancellationToken) => resource switch
    {
        PlanResource.Mailboxes => await session.Sql.FirstAsync("SELECT COUNT(*) FROM mailboxes WHERE tenant_id = @id", row => row.GetInt64(0), cancellationToken, ("@id", tenantId)),
        PlanResource.Domains => await session.Sql.FirstAsync(
            "SELECT (SELECT COUNT(*) FROM domains WHERE tenant_id = @id) + (SELECT COUNT(*) FROM domain_claims WHERE tenant_id = @id AND state <> 'Proven')",
            row => row.GetInt64(0),
            cancellationToken,
            ("@id", tenantId)),
        _ => throw new ArgumentException("It is counted elsewhere.", nameof(resource)),
    };

    private static bool IsReached(long used, int limit, int percent) => used * 100 >= (long)limit * percent;

    private static string Word(PlanResource resource) => resource switch
    {
        PlanResource.Mailboxes => "mailboxes",
        PlanResource.Domains => "domains",
        _ => "API clients",
    };

    private static string Data(PlanResource resource, long used, int limit, int percent) => string.Create(
        CultureInfo.InvariantCulture, $$"""{"resource":"{{Word(resource)}}","used":{{used}},"limit":{{limit}},"percent":{{percent}}}""");
}
