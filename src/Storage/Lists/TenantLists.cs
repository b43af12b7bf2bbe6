using System.Collections.Concurrent;
using Platform.Engine.Feeds;
using Platform.Storage.Directory;
using Platform.Storage.Transactions;

namespace Platform.Storage.Lists;

/// <summary>The lists that hold for the mail of a tenant: the question that every scan asks.</summary>
public interface ITenantLists
{
    /// <summary>The tenant's own entries over those of its MSP; null when there are none.</summary>
    ValueTask<ListEntries?> OfAsync(TenantSettings tenant, CancellationToken cancellationToken);
}

/// <summary>
/// Keeps each list in memory, that of an MSP once for all its tenants. A list is read anew when its revision has moved: at once
/// after a change by this process, within <see cref="MaxAge"/> after one by another.
/// </summary>
internal sealed class TenantLists(IReadConnections reads, TimeProvider time) : ITenantLists, IDisposable
{
    /// <summary>Bounds memory where very many owners come and go; what is dropped is read again.</summary>
    private const int MaxOwners = 10_000;

    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<Guid, KeptList> _lists = new();

    public async ValueTask<ListEntries?> OfAsync(TenantSettings tenant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        var own = await ListAsync(tenant.Id, ListEntry.OfTenant, cancellationToken);
        var effective = tenant.MspId is { } msp ? own.Over(await ListAsync(msp, ListEntry.OfMsp, cancellationToken)) : own;
        return effective.IsEmpty ? null : effective;
    }

    /// <summary>After a committed change: the next question reads anew.</summary>
    public void Invalidate(Guid ownerId)
    {
        if (_lists.TryGetValue(ownerId, out var list))
            list.Invalidate();
    }

    public void Dispose()
    {
        foreach (var list in _lists.Values)
            list.Dispose();
    }

    private ValueTask<ListEntries> ListAsync(Guid ownerId, string owner, CancellationToken cancellationToken)
    {
        if (_lists.Count >= MaxOwners)
            _lists.Clear();
        return _lists.GetOrAdd(ownerId, static (id, made) => new KeptList(id, made.Owner, made.Reads, made.Time), (Owner: owner, Reads: reads, Time: time)).GetAsync(cancellationToken);
    }

    /// <summary>One list as it was at some revision.</summary>
    private sealed class KeptList(Guid ownerId, string owner, IReadConnections reads, TimeProvider time) : IDisposable
    {
        private static readonly ListEntries s_none = new([]);

        private readonly SemaphoreSlim _refresh = new(1, 1);
        private volatile Held? _held;
        private int _epoch;

        public void Invalidate() => Interlocked.Increment(ref _epoch);

        public void Dispose() => _refresh.Dispose();

        public async ValueTask<ListEntries> GetAsync(CancellationToken cancellationToken)
        {
            if (Fresh() is { } fresh)
                return fresh;
            await _refresh.WaitAsync(cancellationToken);
            try
            {
                if (Fresh() is { } refreshed)
                    return refreshed;
                // All three before the entries: a change that comes meanwhile makes the result old at once.
                var epoch = Volatile.Read(ref _epoch);
                var checkedAt = time.GetTimestamp();
                await using var sql = await reads.OpenAsync(cancellationToken);
                var revision = await sql.FirstAsync("SELECT revision FROM list_revisions WHERE owner_id = @owner", row => row.GetInt64(0), cancellationToken, ("@owner", ownerId));
                var entries = _held is { } held && held.Revision == revision ? held.Entries : revision == 0 ? s_none : await ReadAsync(sql, cancellationToken);
                _held = new Held(entries, revision, epoch, checkedAt);
                return entries;
            }
            finally
            {
                _refresh.Release();
            }
        }

        private ListEntries? Fresh() =>
            _held is { } held && held.Epoch == Volatile.Read(ref _epoch) && time.GetElapsedTime(held.CheckedAt) < MaxAge ? held.Entries : null;

        private async ValueTask<ListEntries> ReadAsync(SqlSession sql, CancellationToken cancellationToken) => new(await sql.QueryAsync(
            "SELECT action, kind, value, networks, expires_at, note, id, is_exact FROM list_entries WHERE owner_id = @owner ORDER BY id",
            row => new ListEntry(
                row.Name<ListAction>(0), row.Name<ListEntryKind>(1), row.GetString(2), TenantJson.ReadList(row.GetString(3)), row.IsDBNull(4) ? null : row.Time(4), row.GetString(5), owner)
            {
                Id = row.GetGuid(6).ToString(),
                IsExact = row.GetBoolean(7),
            },
            cancellationToken,
            ("@owner", ownerId)));

        private sealed record Held(ListEntries Entries, long Revision, int Epoch, long CheckedAt);
    }
}
