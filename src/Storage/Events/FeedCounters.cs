using Platform.Storage.Transactions;

namespace Platform.Storage.Events;

/// <summary>The counters of feeds: made with their owner, and told when a tenant gets another MSP.</summary>
internal static class FeedCounters
{
    /// <summary>For a new tenant, in the move that makes it.</summary>
    public static ValueTask<int> AddTenantAsync(MoveSession session, Guid tenantId, Guid? mspId, CancellationToken cancellationToken) => session.Sql.ExecuteAsync(
        "INSERT INTO feed_counters (tenant_id, msp_id, last_sequence) VALUES (@tenant, @msp, 0)",
        cancellationToken,
        ("@tenant", tenantId),
        ("@msp", mspId));

    /// <summary>For a new MSP, in the move that makes it.</summary>
    public static ValueTask<int> AddMspAsync(MoveSession session, Guid mspId, CancellationToken cancellationToken) =>
        session.Sql.ExecuteAsync("INSERT INTO msp_feed_counters (msp_id, last_sequence) VALUES (@msp, 0)", cancellationToken, ("@msp", mspId));

    /// <summary>
    /// From this move on the tenant's events stand in the feed of this MSP, or of none; what was told before keeps its place in the
    /// feed of the MSP before. To be called in every move that changes <c>tenants.msp_id</c>.
    /// </summary>
    public static ValueTask<int> AssignAsync(MoveSession session, Guid tenantId, Guid? mspId, CancellationToken cancellationToken) => session.Sql.ExecuteAsync(
        """
        UPDATE feed_counters SET
            last_recorded_at = COALESCE(
                (SELECT m.last_recorded_at FROM msp_feed_counters m WHERE m.msp_id = feed_counters.msp_id AND m.last_recorded_at > feed_counters.last_recorded_at),
                last_recorded_at),
            msp_id = @msp
        WHERE tenant_id = @tenant
        """,
        cancellationToken,
        ("@msp", mspId),
        ("@tenant", tenantId));
}
