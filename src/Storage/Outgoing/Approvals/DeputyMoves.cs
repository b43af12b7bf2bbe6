using Platform.Storage.Accounts;
using Platform.Storage.Directory;
using Platform.Storage.Events;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Outgoing.Approvals;

/// <summary>Who decides in whose place, for a time: named by oneself, or by who administers accounts, as the audit log tells.</summary>
internal static class DeputyMoves
{
    private const int MaxDays = 366;
    private const int MaxOfAccount = 20;

    private static readonly Refusal UnknownPerson = new("NOT_FOUND", "No such account is in reach of this client.");

    private static readonly Refusal UnknownDeputy = new("NOT_FOUND", "No such deputy is in reach of this client.");

    private static readonly Refusal Full = new("DEPUTY_LIMIT", $"An account has at most {MaxOfAccount} deputies whose time has not ended. Remove one first.");

    private static readonly Refusal Twice = new("DEPUTY_EXISTS", "This account stands in already for a part of that time.");

    private static readonly Refusal Duration = new("INVALID_DURATION", $"A deputy stands in for a time that ends later than it begins and after now, of at most {MaxDays} days.");

    private static readonly Refusal Own = new("INVALID_DEPUTY", "Nobody is the deputy of oneself.");

    /// <exception cref="RefusedException">See <see cref="IApprovalChains.AddDeputyAsync"/>.</exception>
    public static async ValueTask<Guid> AddAsync(MoveSession session, Scope scope, Guid tenantId, NewDeputy deputy, CancellationToken cancellationToken)
    {
        if (!MayFor(scope, deputy.AccountId))
            throw new RefusedException(UnknownPerson);
        if (deputy.AccountId == deputy.DeputyId)
            throw new RefusedException(Own);
        if (deputy.Until <= deputy.Since || deputy.Until <= session.Now || deputy.Until - deputy.Since > TimeSpan.FromDays(MaxDays))
            throw new RefusedException(Duration);
        var account = await AddressAsync(session, tenantId, deputy.AccountId, UnknownPerson, cancellationToken);
        var standIn = await AddressAsync(session, tenantId, deputy.DeputyId, UnknownPerson, cancellationToken);
        await CheckOthersAsync(session, tenantId, deputy, cancellationToken);
        var id = Guid.CreateVersion7(session.Now);
        await session.Sql.ExecuteAsync(
            "INSERT INTO approval_deputies (id, tenant_id, account_id, deputy_id, since, until, created_at, created_by) VALUES (@id, @tenant, @account, @deputy, @since, @until, @now, @actor)",
            cancellationToken,
            ("@id", id),
            ("@tenant", tenantId),
            ("@account", deputy.AccountId),
            ("@deputy", deputy.DeputyId),
            ("@since", deputy.Since.ToUnixTimeMilliseconds()),
            ("@until", deputy.Until.ToUnixTimeMilliseconds()),
            ("@now", session.NowMilliseconds),
            ("@actor", scope.Actor));
        Tell(session, tenantId, id, new ToldDeputy(scope.Actor, "add", account, standIn, deputy.Since, deputy.Until));
        return id;
    }

    public static async ValueTask<Guid> RemoveAsync(MoveSession session, Scope scope, Guid deputyId, CancellationToken cancellationToken)
    {
        var (tenant, account, deputy, since, until) = await session.Sql.FirstAsync(
            "SELECT tenant_id, account_id, deputy_id, since, until FROM approval_deputies WHERE id = @id" + session.Dialect.ForUpdate,
            row => (row.GetGuid(0), row.GetGuid(1), row.GetGuid(2), row.Time(3), row.Time(4)),
            cancellationToken,
            ("@id", deputyId));
        if (tenant == default || !scope.Tenants.Contains(tenant) || !MayFor(scope, account))
            throw new RefusedException(UnknownDeputy);
        await session.Sql.ExecuteAsync("DELETE FROM approval_deputies WHERE id = @id", cancellationToken, ("@id", deputyId));
        Tell(session, tenant, deputyId, new ToldDeputy(scope.Actor, "remove", account.ToString(), deputy.ToString(), since, until));
        return deputyId;
    }

    /// <summary>The address of an account of the tenant.</summary>
    /// <exception cref="RefusedException">There is none.</exception>
    public static async ValueTask<string> AddressAsync(MoveSession session, Guid tenantId, Guid account, Refusal otherwise, CancellationToken cancellationToken) =>
        await session.Sql.FirstAsync(
            $"SELECT address FROM accounts WHERE id = @id AND owner_id = @tenant AND owner_kind = '{nameof(AccountOwnerKind.Tenant)}'",
            row => row.GetString(0),
            cancellationToken,
            ("@id", account),
            ("@tenant", tenantId)) ?? throw new RefusedException(otherwise);

    private static async ValueTask CheckOthersAsync(MoveSession session, Guid tenantId, NewDeputy deputy, CancellationToken cancellationToken)
    {
        // Of two at once the second counts the first.
        await session.Sql.FirstAsync("SELECT id FROM accounts WHERE id = @id" + session.Dialect.ForUpdate, row => row.GetGuid(0), cancellationToken, ("@id", deputy.AccountId));
        var there = await session.Sql.QueryAsync(
            "SELECT deputy_id, since, until FROM approval_deputies WHERE tenant_id = @tenant AND account_id = @account AND until > @now",
            row => (Deputy: row.GetGuid(0), Since: row.Time(1), Until: row.Time(2)),
            cancellationToken,
            ("@tenant", tenantId),
            ("@account", deputy.AccountId),
            ("@now", session.NowMilliseconds));
        if (there.Exists(one => one.Deputy == deputy.DeputyId && one.Since < deputy.Until && deputy.Since < one.Until))
            throw new RefusedException(Twice);
        if (there.Count >= MaxOfAccount)
            throw new RefusedException(Full);
    }

    /// <summary>For oneself, or as who administers accounts.</summary>
    private static bool MayFor(Scope scope, Guid accountId) => scope.Actor == Scope.PersonPrefix + accountId || scope.Allows(Permissions.AccountsWrite);

    private static void Tell(MoveSession session, Guid tenantId, Guid id, ToldDeputy told)
    {
        var data = ApprovalJson.Write(told);
        session.Record(new PendingEvent(tenantId, EventKinds.ApprovalDeputyChanged, session.Now, null, null, data));
        session.Record(new PendingAudit(tenantId, told.Actor, "approval-deputy." + told.Action, id.ToString(), data));
    }
}
