using System.Collections.Concurrent;
using Platform.Storage.Accounts;
using Platform.Storage.Directory;
using Platform.Storage.Events;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Support;

internal sealed class SupportAccess(IMoveRunner moves, IReadConnections reads, IAccountDirectory people, TimeProvider time) : ISupportAccess
{
    private const int MaxKept = 1_000;
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<Guid, Kept> _kept = new();
    private int _epoch;

    public async Task<CommandResult<Guid>> RequestAsync(Scope staff, Guid accountId, NewSupportRequest request, CancellationToken cancellationToken)
    {
        staff.Require(Permissions.SupportRequest);
        if (DirectoryRules.First(SupportRules.Reason(request.Reason), SupportRules.Hours(request.Hours)) is { } refusal)
            return refusal.As<Guid>();
        if (await people.FindAsync(accountId, cancellationToken) is not { State: AccountState.Active, TenantId: null, MspId: null } account)
            return SupportRules.NotStaff.As<Guid>();
        return await RunAsync(
            async (session, ct) =>
            {
                var tenant = await session.Sql.FirstAsync("SELECT id FROM tenants WHERE slug = @slug", row => (Guid?)row.GetGuid(0), ct, ("@slug", request.Tenant.Trim()))
                    ?? throw new RefusedException(Refusal.NoTenant);
                if (await session.HasOpenAsync(tenant, accountId, ct))
                    throw new RefusedException(SupportRules.AlreadyOpen);
                var made = new SupportGrantRow
                {
                    Id = Guid.CreateVersion7(session.Now),
                    TenantId = tenant,
                    AccountId = accountId,
                    AccountName = account.Name,
                    AccountAddress = account.Address,
                    Level = request.Level,
                    IncludesContent = request.IncludesContent,
                    Reason = request.Reason.Trim(),
                    Hours = request.Hours,
                    State = SupportState.Requested,
                    RequestedAt = session.Now,
                    DueAt = session.Now + SupportRules.AnswerWithin,
                };
                await session.InsertAsync(made, ct);
                session.Record(ActorOf(accountId), EventKinds.SupportRequested, made);
                return made.Id;
            },
            cancellationToken);
    }

    public Task<CommandResult<Guid>> GrantAsync(Scope scope, Guid grantId, int? hours, bool? includesContent, CancellationToken cancellationToken) =>
        hours is { } asked && SupportRules.Hours(asked) is { } refusal ? Task.FromResult(refusal.As<Guid>()) : DecideAsync(
            scope,
            grantId,
            EventKinds.SupportGranted,
            (grant, now) =>
            {
                if (grant.State != SupportState.Requested || grant.DueAt <= now)
                    throw new RefusedException(SupportRules.NotRequested);
                grant.State = SupportState.Granted;
                grant.Hours = Math.Min(hours ?? grant.Hours, grant.Hours);
                grant.IncludesContent &= includesContent ?? true;
                grant.DueAt = now.AddHours(grant.Hours);
                (grant.DecidedAt, grant.DecidedBy) = (now, scope.Actor);
            },
            cancellationToken);

    public Task<CommandResult<Guid>> RefuseAsync(Scope scope, Guid grantId, CancellationToken cancellationToken) => DecideAsync(
        scope,
        grantId,
        EventKinds.SupportRefused,
        (grant, now) =>
        {
            if (grant.State != SupportState.Requested || grant.DueAt <= now)
                throw new RefusedException(SupportRules.NotRequested);
            grant.State = SupportState.Refused;
            grant.DueAt = null;
            (grant.DecidedAt, grant.DecidedBy) = (now, scope.Actor);
        },
        cancellationToken);

    public Task<CommandResult<Guid>> EndAsync(Scope scope, Guid grantId, CancellationToken cancellationToken) =>
        DecideAsync(scope, grantId, EventKinds.SupportEnded, (grant, now) => End(grant, SupportState.Granted, scope.Actor, now), cancellationToken);

    public Task<CommandResult<Guid>> LeaveAsync(Scope staff, Guid accountId, Guid grantId, CancellationToken cancellationToken)
    {
        staff.Require(Permissions.SupportRequest);
        return RunAsync(
            async (session, ct) =>
            {
                if (await session.FindAsync(grantId, ct) is not { } grant || grant.AccountId != accountId)
                    throw new RefusedException(SupportRules.Unknown);
                End(grant, grant.State == SupportState.Requested ? SupportState.Requested : SupportState.Granted, ActorOf(accountId), session.Now);
                await session.WriteAsync(grant, ct);
                session.Record(ActorOf(accountId), EventKinds.SupportEnded, grant);
                return grantId;
            },
            cancellationToken);
    }

    public async Task<IReadOnlyList<SupportGrantRow>> OfAccountAsync(Guid accountId, int max, CancellationToken cancellationToken)
    {
        await using var sql = await reads.OpenAsync(cancellationToken);
        return await SupportSession.OfAccountAsync(sql, accountId, max, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<SupportEntry>> InForceAsync(Guid accountId, CancellationToken cancellationToken)
    {
        // Before the read: a change that comes during it makes the answer old at once.
        var epoch = Volatile.Read(ref _epoch);
        if (!_kept.TryGetValue(accountId, out var kept) || kept.Epoch != epoch || time.GetElapsedTime(kept.At) >= KeptFor)
        {
            var at = time.GetTimestamp();
            await using var sql = await reads.OpenAsync(cancellationToken);
            var entries = await sql.QueryAsync(
                $"SELECT tenant_id, level, includes_content, due_at FROM support_grants WHERE account_id = @account AND state = '{nameof(SupportState.Granted)}'",
                row => new SupportEntry(row.GetGuid(0), row.Name<SupportLevel>(1), row.GetBoolean(2), row.Time(3)),
                cancellationToken,
                ("@account", accountId));
            if (_kept.Count >= MaxKept)
                _kept.Clear();
            _kept[accountId] = kept = new Kept(entries, epoch, at);
        }

        var now = time.GetUtcNow();
        return kept.Entries.All(entry => entry.Until > now) ? kept.Entries : [.. kept.Entries.Where(entry => entry.Until > now)];
    }

    public async Task<int> ExpireAsync(CancellationToken cancellationToken) => await moves.RunAsync(
        async (moving, ct) =>
        {
            var session = new SupportSession(moving);
            var due = await session.DueAsync(ct);
            foreach (var grant in due)
            {
                grant.State = SupportState.Expired;
                grant.EndedAt = grant.DueAt;
                grant.DueAt = null;
                await session.WriteAsync(grant, ct);
                session.Record("system:support", EventKinds.SupportExpired, grant);
            }

            return due.Count;
        },
        cancellationToken);

    /// <summary>As the audit log of the tenant names the staff.</summary>
    public static string ActorOf(Guid accountId) => "support:" + accountId;

    private static void End(SupportGrantRow grant, SupportState from, string actor, DateTimeOffset now)
    {
        if (grant.State != from || grant.DueAt <= now)
            throw new RefusedException(SupportRules.NotInForce);
        grant.State = SupportState.Ended;
        grant.DueAt = null;
        (grant.EndedAt, grant.EndedBy) = (now, actor);
    }

    private Task<CommandResult<Guid>> DecideAsync(Scope scope, Guid grantId, string kind, Action<SupportGrantRow, DateTimeOffset> change, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.AccessGrant);
        return RunAsync(
            async (session, ct) =>
            {
                if (await session.FindAsync(grantId, ct) is not { } grant || !scope.Tenants.Contains(grant.TenantId))
                    throw new RefusedException(SupportRules.Unknown);
                if (scope.MspId is not null)
                    throw new RefusedException(SupportRules.OfTheTenant);
                change(grant, session.Now);
                await session.WriteAsync(grant, ct);
                session.Record(scope.Actor, kind, grant);
                return grantId;
            },
            cancellationToken);
    }

    private Task<CommandResult<Guid>> RunAsync(Func<SupportSession, CancellationToken, ValueTask<Guid>> command, CancellationToken cancellationToken) => moves.CommandAsync(
        async (session, ct) =>
        {
            var done = await command(new SupportSession(session), ct);
            session.AfterCommit(() => Interlocked.Increment(ref _epoch));
            return done;
        },
        cancellationToken);

    private sealed record Kept(IReadOnlyList<SupportEntry> Entries, int Epoch, long At);
}
