using System.Globalization;
using Platform.Engine.Feeds;
using Platform.Storage.Directory;
using Platform.Storage.Events;
using Platform.Storage.Transactions;

namespace Platform.Storage.Lists;

/// <summary>The list of one owner inside a move that holds the lock of its revision: what is read here no other move changes before the end.</summary>
internal sealed class LockedList
{
    private readonly MoveSession _session;
    private readonly ListOwner _owner;
    private readonly long _revision;

    private LockedList(MoveSession session, ListOwner owner, long revision)
    {
        _session = session;
        _owner = owner;
        _revision = revision;
    }

    public static async ValueTask<LockedList> OpenAsync(MoveSession session, ListOwner owner, CancellationToken cancellationToken)
    {
        var revision = await session.Sql.FirstAsync(
            """
            INSERT INTO list_revisions (owner_id, revision) VALUES (@owner, 1)
            ON CONFLICT (owner_id) DO UPDATE SET revision = list_revisions.revision + 1 RETURNING revision
            """,
            row => row.GetInt64(0),
            cancellationToken,
            ("@owner", owner.Id));
        return new LockedList(session, owner, revision);
    }

    /// <summary>The owner's own domains; of an MSP those of all its tenants.</summary>
    public async ValueTask<IReadOnlyCollection<string>> DomainsAsync(CancellationToken cancellationToken) => await _session.Sql.QueryAsync(
        _owner.IsMsp ? "SELECT d.name FROM domains d JOIN tenants t ON t.id = d.tenant_id WHERE t.msp_id = @owner" : "SELECT name FROM domains WHERE tenant_id = @owner",
        row => row.GetString(0),
        cancellationToken,
        ("@owner", _owner.Id));

    public async ValueTask<long> CountAsync(CancellationToken cancellationToken) =>
        await _session.Sql.FirstAsync("SELECT COUNT(*) FROM list_entries WHERE owner_id = @owner", row => row.GetInt64(0), cancellationToken, ("@owner", _owner.Id));

    public async ValueTask<Dictionary<(ListEntryKind Kind, string Value, bool IsExact), ListAction>> KeysAsync(CancellationToken cancellationToken) =>
        (await _session.Sql.QueryAsync(
            "SELECT kind, value, is_exact, action FROM list_entries WHERE owner_id = @owner",
            row => (Key: (row.Name<ListEntryKind>(0), row.GetString(1), row.GetBoolean(2)), Action: row.Name<ListAction>(3)),
            cancellationToken,
            ("@owner", _owner.Id)))
        .ToDictionary(entry => entry.Key, entry => entry.Action);

    /// <summary>The entry that stands in the list under the same key.</summary>
    public async ValueTask<(Guid Id, ListAction Action)?> FindAsync(CheckedEntry entry, CancellationToken cancellationToken) => await _session.Sql.FirstAsync(
        "SELECT id, action FROM list_entries WHERE owner_id = @owner AND kind = @kind AND value = @value AND is_exact = @exact",
        row => ((Guid, ListAction)?)(row.GetGuid(0), row.Name<ListAction>(1)),
        cancellationToken,
        ("@owner", _owner.Id),
        ("@kind", entry.Kind.ToString()),
        ("@value", entry.Value),
        ("@exact", entry.IsExact));

    /// <summary>Null when it is gone or another's.</summary>
    public ValueTask<CheckedEntry?> ReadAsync(Guid id, CancellationToken cancellationToken) => _session.Sql.FirstAsync(
        "SELECT action, kind, value, is_exact, networks, note, expires_at FROM list_entries WHERE id = @id AND owner_id = @owner",
        row => new CheckedEntry(
            row.Name<ListAction>(0), row.Name<ListEntryKind>(1), row.GetString(2), row.GetBoolean(3), TenantJson.ReadList(row.GetString(4)), row.GetString(5), row.IsDBNull(6) ? null : row.Time(6)),
        cancellationToken,
        ("@id", id),
        ("@owner", _owner.Id));

    public async ValueTask<Guid> InsertAsync(CheckedEntry entry, string actor, CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7(_session.Now);
        await _session.Sql.ExecuteAsync(
            """
            INSERT INTO list_entries (id, owner_id, action, kind, value, is_exact, networks, note, expires_at, created_at, created_by, changed_at, changed_by)
            VALUES (@id, @owner, @action, @kind, @value, @exact, @networks, @note, @expires, @now, @actor, @changed, @changer)
            """,
            cancellationToken,
            ("@id", id),
            ("@owner", _owner.Id),
            ("@action", entry.Action.ToString()),
            ("@kind", entry.Kind.ToString()),
            ("@value", entry.Value),
            ("@exact", entry.IsExact),
            ("@networks", TenantJson.Write(entry.Networks)),
            ("@note", entry.Note),
            ("@expires", entry.ExpiresAt?.ToUnixTimeMilliseconds()),
            ("@now", _session.NowMilliseconds),
            ("@actor", actor),
            ("@changed", _session.NowMilliseconds),
            ("@changer", actor));
        return id;
    }

    public async ValueTask UpdateAsync(Guid id, CheckedEntry entry, string actor, CancellationToken cancellationToken) => await _session.Sql.ExecuteAsync(
        """
        UPDATE list_entries SET action = @action, is_exact = @exact, networks = @networks, note = @note, expires_at = @expires, changed_at = @now, changed_by = @actor
        WHERE id = @id AND owner_id = @owner
        """,
        cancellationToken,
        ("@action", entry.Action.ToString()),
        ("@exact", entry.IsExact),
        ("@networks", TenantJson.Write(entry.Networks)),
        ("@note", entry.Note),
        ("@expires", entry.ExpiresAt?.ToUnixTimeMilliseconds()),
        ("@now", _session.NowMilliseconds),
        ("@actor", actor),
        ("@id", id),
        ("@owner", _owner.Id));

    public async ValueTask DeleteAsync(Guid id, CancellationToken cancellationToken) =>
        await _session.Sql.ExecuteAsync("DELETE FROM list_entries WHERE id = @id AND owner_id = @owner", cancellationToken, ("@id", id), ("@owner", _owner.Id));

    /// <summary>Event and audit entry in the feed and chain of everyone whose list this is.</summary>
    /// <param name="action"><c>add</c>, <c>update</c>, <c>remove</c>, <c>import</c>.</param>
    public async ValueTask RecordAsync(string actor, string action, IReadOnlyList<CheckedEntry> entries, CancellationToken cancellationToken)
    {
        var data = ListJson.Of(actor, action, _owner.IsMsp ? ListEntry.OfMsp : ListEntry.OfTenant, _revision, entries);
        var target = entries is [var only]
            ? $"{ListJson.WireName(only.Action)} {ListJson.WireName(only.Kind)} {only.Value}"
            : string.Create(CultureInfo.InvariantCulture, $"{entries.Count} entries");
        IReadOnlyList<Guid> tenants = _owner.IsMsp
            ? await _session.Sql.QueryAsync("SELECT id FROM tenants WHERE msp_id = @owner", row => row.GetGuid(0), cancellationToken, ("@owner", _owner.Id))
            : [_owner.Id];
        foreach (var tenant in tenants)
        {
            _session.Record(new PendingEvent(tenant, EventKinds.ListChanged, _session.Now, null, null, data));
            _session.Record(new PendingAudit(tenant, actor, $"list.{action}", target, data));
        }

        if (_owner.IsMsp)
            _session.Record(new PendingAudit(_owner.Id, actor, $"list.{action}", target, data));
    }
}
