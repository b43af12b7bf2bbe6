using Platform.Storage.Directory;
using Platform.Storage.Events;
using Platform.Storage.Holds;
using Platform.Storage.Purging;
using Platform.Storage.Scopes;
using Platform.Storage.Setup;
using Platform.Storage.Transactions;

namespace Platform.Storage.Departures;

internal sealed class TenantDepartures(IMoveRunner moves, StorageSettings settings, TenantErasure erasure, TimeProvider time) : ITenantDepartures
{
    private const int MaxReason = 500;

    /// <summary>What a hold keeps is asked about again after this.</summary>
    private static readonly TimeSpan AskAgain = TimeSpan.FromHours(6);

    public async Task<CommandResult<Guid>> RequestAsync(Scope scope, Guid tenantId, string confirmation, string reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(reason);
        scope.Require(Permissions.TenantDelete);
        scope.Require(tenantId);
        if (reason.Trim().Length is 0 or > MaxReason)
            return new CommandResult<Guid>(default, "BAD_USER_INPUT", $"A reason has 1 to {MaxReason} characters.");
        return await moves.RunAsync((session, ct) => RequestAsync(session, scope, tenantId, confirmation, reason.Trim(), ct), cancellationToken);
    }

    public async Task<CommandResult<Guid>> CancelAsync(Scope scope, Guid tenantId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        scope.Require(Permissions.TenantDelete);
        scope.Require(tenantId);
        return await moves.RunAsync(
            async (session, ct) =>
            {
                var purge = await session.Sql.FirstAsync(
                    "DELETE FROM tenant_deletions WHERE tenant_id = @tenant AND lease_token IS NULL RETURNING purge_id", row => (Guid?)row.GetGuid(0), ct, ("@tenant", tenantId));
                if (purge is not { } id)
                    return new CommandResult<Guid>(default, "NOT_REQUESTED", "No deletion of this tenant waits; one that has begun cannot be taken back.");
                await TellAsync(session, tenantId, scope.Actor, "cancel", "{}", ct);
                return new CommandResult<Guid>(id, null, null);
            },
            cancellationToken);
    }

    public async Task<bool> RunOnceAsync(TimeSpan lease, CancellationToken cancellationToken)
    {
        var token = Guid.NewGuid();
        var due = await moves.RunAsync((session, ct) => ClaimAsync(session, token, lease, ct), cancellationToken);
        if (due is null)
            return false;
        await erasure.RunAsync(due, () => ExtendAsync(due.TenantId, token, lease, cancellationToken), cancellationToken);
        return true;
    }

    private async ValueTask<CommandResult<Guid>> RequestAsync(MoveSession session, Scope scope, Guid tenantId, string confirmation, string reason, CancellationToken cancellationToken)
    {
        var slug = await session.Sql.FirstAsync($"SELECT slug FROM tenants WHERE id = @id{session.Dialect.ForUpdate}", row => row.GetString(0), cancellationToken, ("@id", tenantId));
        if (slug is null || slug != confirmation)
            return new CommandResult<Guid>(default, "CONFIRMATION_WRONG", "Give the tenant's short name as confirmation.");
        if ((await ActiveHolds.ReadAsync(session.Sql, tenantId, session.NowMilliseconds, cancellationToken)).Count > 0)
            return new CommandResult<Guid>(default, "LEGAL_HOLD", "Mail of this tenant is under a legal hold. Release its holds first.");
        if (await session.Sql.FirstAsync("SELECT 1 FROM tenant_deletions WHERE tenant_id = @id", _ => true, cancellationToken, ("@id", tenantId)))
            return new CommandResult<Guid>(default, "ALREADY_REQUESTED", "The deletion of this tenant waits already.");
        var purge = Guid.CreateVersion7(session.Now);
        var due = session.Now.AddDays(settings.TenantDeletionGraceDays);
        await session.Sql.ExecuteAsync(
            "INSERT INTO tenant_deletions (tenant_id, purge_id, reason, requested_by, requested_at, due_at) VALUES (@tenant, @purge, @reason, @actor, @now, @due)",
            cancellationToken,
            ("@tenant", tenantId),
            ("@purge", purge),
            ("@reason", reason),
            ("@actor", scope.Actor),
            ("@now", session.NowMilliseconds),
            ("@due", due.ToUnixTimeMilliseconds()));
        await TellAsync(session, tenantId, scope.Actor, "request", $$"""{"reason":{{PurgeJson.Text(reason)}},"dueAt":"{{due:O}}"}""", cancellationToken);
        return new CommandResult<Guid>(purge, null, null);
    }

    /// <summary>Takes a deletion that is due, unless a hold has come meanwhile; from here on it cannot be taken back.</summary>
    private static async ValueTask<DueDeletion?> ClaimAsync(MoveSession session, Guid token, TimeSpan lease, CancellationToken cancellationToken)
    {
        var tenant = await session.Sql.FirstAsync(
            "SELECT tenant_id FROM tenant_deletions WHERE due_at <= @now AND (lease_until IS NULL OR lease_until <= @now) ORDER BY due_at LIMIT 1",
            row => (Guid?)row.GetGuid(0),
            cancellationToken,
            ("@now", session.NowMilliseconds));
        if (tenant is not { } id)
            return null;
        var msp = await session.Sql.FirstAsync($"SELECT msp_id FROM tenants WHERE id = @id{session.Dialect.ForUpdate}", row => row.Id(0), cancellationToken, ("@id", id));
        if ((await ActiveHolds.ReadAsync(session.Sql, id, session.NowMilliseconds, cancellationToken)).Count > 0)
        {
            await session.Sql.ExecuteAsync(
                "UPDATE tenant_deletions SET obstacle = 'LEGAL_HOLD', due_at = @due WHERE tenant_id = @id AND lease_token IS NULL",
                cancellationToken,
                ("@due", (session.Now + AskAgain).ToUnixTimeMilliseconds()),
                ("@id", id));
            return null;
        }

        var due = await session.Sql.FirstAsync(
            """
            UPDATE tenant_deletions SET lease_token = @token, lease_until = @until, obstacle = NULL
            WHERE tenant_id = @id AND (lease_until IS NULL OR lease_until <= @now) RETURNING purge_id, reason, requested_by, requested_at
            """,
            row => new DueDeletion(id, msp, row.GetGuid(0), row.GetString(1), row.GetString(2), row.Time(3)),
            cancellationToken,
            ("@token", token),
            ("@until", (session.Now + lease).ToUnixTimeMilliseconds()),
            ("@id", id),
            ("@now", session.NowMilliseconds));
        return due;
    }

    private Task<int> ExtendAsync(Guid tenantId, Guid token, TimeSpan lease, CancellationToken cancellationToken) => moves.RunAsync(
        async (session, ct) => await session.Sql.ExecuteAsync(
            "UPDATE tenant_deletions SET lease_until = @until WHERE tenant_id = @tenant AND lease_token = @token",
            ct,
            ("@until", (time.GetUtcNow() + lease).ToUnixTimeMilliseconds()),
            ("@tenant", tenantId),
            ("@token", token)),
        cancellationToken);

    private static async ValueTask TellAsync(MoveSession session, Guid tenantId, string actor, string action, string detail, CancellationToken cancellationToken)
    {
        session.Record(new PendingEvent(tenantId, EventKinds.TenantDeletion, session.Now, null, null, $$"""{"actor":{{PurgeJson.Text(actor)}},"action":"{{action}}"}"""));
        var msp = await session.Sql.FirstAsync("SELECT msp_id FROM tenants WHERE id = @id", row => row.Id(0), cancellationToken, ("@id", tenantId));
        foreach (var owner in new[] { tenantId, msp }.OfType<Guid>())
            session.Record(new PendingAudit(owner, actor, "tenant.deletion." + action, "tenant:" + tenantId, detail));
    }
}

/// <summary>A deletion to be carried out now.</summary>
internal sealed record DueDeletion(Guid TenantId, Guid? MspId, Guid PurgeId, string Reason, string RequestedBy, DateTimeOffset RequestedAt);
