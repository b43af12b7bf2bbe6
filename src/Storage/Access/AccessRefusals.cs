using System.Collections.Concurrent;
using Platform.Storage.Events;
using Platform.Storage.Transactions;

namespace Platform.Storage.Access;

internal sealed class AccessRefusals(IMoveRunner moves, TimeProvider time) : IAccessRefusals
{
    /// <summary>Rows of a tenant in one hour that tell accounts and networks apart.</summary>
    public const int MaxOfHour = 200;

    /// <summary>Kinds of attempts that are counted in memory; beyond it they are written at once.</summary>
    private const int MaxCounted = 10_000;

    private static readonly TimeSpan WrittenEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    private readonly ConcurrentDictionary<Key, Counted> _counted = new();

    public async Task<bool> NoteAsync(RefusedLogin refused, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(refused);
        var key = new Key(refused.TenantId, refused.Account, refused.Service, AccessNetworks.KeyOf(refused.Source.Address), refused.Reason);
        var count = _counted.Count < MaxCounted || _counted.ContainsKey(key) ? _counted.GetOrAdd(key, static _ => new Counted()).Take(refused.Source, time) : 1;
        return count > 0 && await WriteAsync(key, refused.Source, count, cancellationToken);
    }

    public Task TellTravelAsync(Guid tenantId, string account, AccessService service, AccessSource source, ToldJourney journey, CancellationToken cancellationToken) => moves.RunAsync(
        (session, _) =>
        {
            var data = AccessJson.Write(ToldLogin.Of(account, service, null, source) with { Before = journey });
            session.Record(new PendingEvent(tenantId, EventKinds.AccountTravelled, session.Now, null, null, data));
            return ValueTask.FromResult(true);
        },
        cancellationToken);

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        foreach (var (key, counted) in _counted)
        {
            if (counted.Flush(time, out var source) is > 0 and var count)
                await WriteAsync(key, source!, count, cancellationToken);
            else if (counted.IsIdle(time))
                _counted.TryRemove(new(key, counted));
        }
    }

    /// <returns>True: its network sprays.</returns>
    private Task<bool> WriteAsync(Key key, AccessSource source, long count, CancellationToken cancellationToken) => moves.RunAsync(
        async (session, ct) =>
        {
            var hour = session.NowMilliseconds / (long)TimeSpan.FromHours(1).TotalMilliseconds;
            var told = await IsToldApartAsync(session, key, hour, ct) ? key : key with { Account = "", Network = AccessNetworks.Many };
            var after = await session.Sql.FirstAsync(
                """
                INSERT INTO access_refusals (id, tenant_id, hour, account, service, network, reason, address, country, asn, organisation, count, first_at, last_at)
                VALUES (@id, @tenant, @hour, @account, @service, @network, @reason, @address, @country, @asn, @organisation, @count, @now, @now)
                ON CONFLICT (tenant_id, hour, account, service, network, reason) DO UPDATE SET
                    address = excluded.address, country = excluded.country, asn = excluded.asn, organisation = excluded.organisation,
                    count = access_refusals.count + excluded.count, last_at = excluded.last_at
                RETURNING count
                """,
                row => row.GetInt64(0),
                ct,
                ("@id", Guid.CreateVersion7(session.Now)),
                ("@tenant", told.TenantId),
                ("@hour", hour),
                ("@account", told.Account),
                ("@service", told.Service.ToString()),
                ("@network", told.Network),
                ("@reason", told.Reason.ToString()),
                ("@address", source.Address.ToString()),
                ("@country", source.Country),
                ("@asn", source.Asn),
                ("@organisation", source.Organisation is { } name ? EventText.Cut(name) : null),
                ("@count", count),
                ("@now", session.NowMilliseconds));
            if (after == count)
                await session.Sql.ExecuteAsync(
                    "DELETE FROM access_refusals WHERE tenant_id = @tenant AND first_at < @old", ct, ("@tenant", told.TenantId), ("@old", (session.Now - KeptFor).ToUnixTimeMilliseconds()));
            if (PassesPowerOfTen(after - count, after))
            {
                var kind = told.Reason is AccessReason.Failed or AccessReason.Locked ? EventKinds.LoginFailed : EventKinds.AccessRefused;
                var data = AccessJson.Write(ToldLogin.Of(told.Account.Length == 0 ? null : told.Account, told.Service, told.Reason, source) with { Count = after });
                session.Record(new PendingEvent(told.TenantId, kind, session.Now, null, null, data));
            }

            return after == count && told is { Reason: AccessReason.Failed, Account.Length: > 0 } && await Spraying.FindAsync(session, told.TenantId, told.Service, told.Network, source, hour, ct);
        },
        cancellationToken);

    private static async ValueTask<bool> IsToldApartAsync(MoveSession session, Key key, long hour, CancellationToken cancellationToken) =>
        await session.Sql.FirstAsync(
            """
            SELECT COUNT(*) < @most OR EXISTS (SELECT 1 FROM access_refusals k WHERE k.tenant_id = @tenant AND k.hour = @hour AND k.account = @account AND k.service = @service AND k.network = @network AND k.reason = @reason)
            FROM access_refusals WHERE tenant_id = @tenant AND hour = @hour
            """,
            row => row.GetBoolean(0),
            cancellationToken,
            ("@most", MaxOfHour),
            ("@tenant", key.TenantId),
            ("@hour", hour),
            ("@account", key.Account),
            ("@service", key.Service.ToString()),
            ("@network", key.Network),
            ("@reason", key.Reason.ToString()));

    private static bool PassesPowerOfTen(long before, long after)
    {
        for (var power = 1L; power <= after; power *= 10)
        {
            if (before < power)
                return true;
        }

        return false;
    }

    private sealed record Key(Guid TenantId, string Account, AccessService Service, string Network, AccessReason Reason);

    /// <summary>Attempts that are alike since the last write.</summary>
    private sealed class Counted
    {
        private readonly Lock _lock = new();
        private long _count;
        private long _writtenAt;
        private bool _isWritten;
        private AccessSource? _last;

        /// <summary>Counts one.</summary>
        /// <returns>How many are to be written now; 0: none.</returns>
        public long Take(AccessSource source, TimeProvider time)
        {
            lock (_lock)
            {
                _count++;
                _last = source;
                return _isWritten && time.GetElapsedTime(_writtenAt) < WrittenEvery ? 0 : Written(time);
            }
        }

        public long Flush(TimeProvider time, out AccessSource? source)
        {
            lock (_lock)
            {
                source = _last;
                return _count > 0 ? Written(time) : 0;
            }
        }

        public bool IsIdle(TimeProvider time)
        {
            lock (_lock)
                return _count == 0 && time.GetElapsedTime(_writtenAt) >= WrittenEvery;
        }

        private long Written(TimeProvider time)
        {
            var count = _count;
            (_count, _writtenAt, _isWritten) = (0, time.GetTimestamp(), true);
            return count;
        }
    }
}
