using Platform.Storage.Directory;
using Platform.Storage.Events;
using Platform.Storage.Purging;
using Platform.Storage.Scopes;
using Platform.Storage.Setup;
using Platform.Storage.Transactions;

namespace Platform.Storage.Retention;

internal sealed class RetentionRulesStore(IMoveRunner moves, IReadConnections reads, StorageSettings settings) : IRetentionRules
{
    public async Task<RetentionPolicy> OfTenantAsync(Scope scope, Guid tenantId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        scope.Require(tenantId);
        await using var sql = await reads.OpenAsync(cancellationToken);
        return await ReadAsync(sql, tenantId, settings.RetentionMaxDays, cancellationToken);
    }

    public async Task<RetentionPolicy> OfMspAsync(Scope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        var msp = scope.MspId ?? throw new ScopeViolationException();
        await using var sql = await reads.OpenAsync(cancellationToken);
        return RetentionPolicy.Of(await OwnAsync(sql, msp, cancellationToken), RetentionRules.None, settings.RetentionMaxDays);
    }

    public async Task<CommandResult<Guid>> SetAsync(Scope scope, Guid ownerId, RetentionChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(change);
        scope.Require(Permissions.RetentionWrite);
        scope.RequireOwner(ownerId);
        if (change.Content.Values.Concat(change.Metadata.Values).Any(days => days is < 0 or > RetentionPolicy.LongestDays) || change.MaxDays is < 0 or > RetentionPolicy.LongestDays)
            return Bad($"Days are 0 (inherited) to {RetentionPolicy.LongestDays}.");
        if (change.MaxDays is not null && scope.Tenants.Contains(ownerId))
            return Bad("Only an MSP sets a maximum.");
        return await moves.RunAsync((session, ct) => SetAsync(session, scope, ownerId, change, ct), cancellationToken);
    }

    internal static async ValueTask<RetentionPolicy> ReadAsync(SqlSession sql, Guid tenantId, int platformMaxDays, CancellationToken cancellationToken)
    {
        var msp = await sql.FirstAsync("SELECT msp_id FROM tenants WHERE id = @id", row => row.Id(0), cancellationToken, ("@id", tenantId));
        return RetentionPolicy.Of(msp is { } owner ? await OwnAsync(sql, owner, cancellationToken) : RetentionRules.None, await OwnAsync(sql, tenantId, cancellationToken), platformMaxDays);
    }

    private static async ValueTask<CommandResult<Guid>> SetAsync(MoveSession session, Scope scope, Guid ownerId, RetentionChange change, CancellationToken cancellationToken)
    {
        var before = await OwnAsync(session.Sql, ownerId, cancellationToken);
        var after = new RetentionRules(
            Changed(before.Content, change.Content), Changed(before.Metadata, change.Metadata), change.MaxDays is { } max ? (max == 0 ? null : max) : before.MaxDays).Write();
        await session.Sql.ExecuteAsync(
            """
            INSERT INTO retention (owner_id, rules, changed_at, changed_by) VALUES (@owner, @rules, @now, @actor)
            ON CONFLICT (owner_id) DO UPDATE SET rules = excluded.rules, changed_at = excluded.changed_at, changed_by = excluded.changed_by
            """,
            cancellationToken,
            ("@owner", ownerId),
            ("@rules", after),
            ("@now", session.NowMilliseconds),
            ("@actor", scope.Actor));
        // Every tenant concerned sees it in its feed and its chain, and the MSP in its own.
        IReadOnlyList<Guid> tenants = scope.Tenants.Contains(ownerId)
            ? [ownerId]
            : await session.Sql.QueryAsync("SELECT id FROM tenants WHERE msp_id = @msp", row => row.GetGuid(0), cancellationToken, ("@msp", ownerId));
        foreach (var tenant in tenants)
            session.Record(new PendingEvent(tenant, EventKinds.RetentionChanged, session.Now, null, null, $$"""{"actor":{{PurgeJson.Text(scope.Actor)}},"rules":{{after}}}"""));
        foreach (var owner in tenants.Append(ownerId).Distinct())
            session.Record(new PendingAudit(owner, scope.Actor, "retention.set", ownerId.ToString(), after));
        return new CommandResult<Guid>(ownerId, null, null);
    }

    private static Dictionary<RetentionClass, int> Changed(IReadOnlyDictionary<RetentionClass, int> before, IReadOnlyDictionary<RetentionClass, int> change) => before
        .Where(value => !change.ContainsKey(value.Key))
        .Concat(change.Where(value => value.Value > 0))
        .ToDictionary(value => value.Key, value => value.Value);

    private static async ValueTask<RetentionRules> OwnAsync(SqlSession sql, Guid ownerId, CancellationToken cancellationToken) =>
        RetentionRules.Read(await sql.FirstAsync("SELECT rules FROM retention WHERE owner_id = @owner", row => row.GetString(0), cancellationToken, ("@owner", ownerId)));

    private static CommandResult<Guid> Bad(string message) => new(default, "BAD_USER_INPUT", message);
}
