using System.Net;
using Platform.Storage.Access;
using Platform.Storage.Directory;
using Platform.Storage.Events;
using Platform.Storage.Submission;
using Platform.Storage.Transactions;

namespace Platform.Storage.Connectors;

/// <summary>All connectors at one version of the directory: there are few, and sessions that need them come without a name.</summary>
internal sealed class ConnectorBook(IReadConnections reads, IMoveRunner moves, RecipientDirectory directory, TimeProvider time) : IConnectorBook, IDisposable
{
    private static readonly TimeSpan NotedEvery = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim _refresh = new(1, 1);
    private volatile Held? _held;

    public async ValueTask<Connector?> FindLoginAsync(string login, CancellationToken cancellationToken) =>
        (await AllAsync(cancellationToken)).FirstOrDefault(connector => connector.Keys is not null && string.Equals(connector.Login, login, StringComparison.OrdinalIgnoreCase));

    public async ValueTask<Connector?> FindAsync(Guid id, CancellationToken cancellationToken) => (await AllAsync(cancellationToken)).FirstOrDefault(connector => connector.Id == id);

    public async ValueTask<IReadOnlyList<Connector>> KnowingAsync(IPAddress address, string? certificate, CancellationToken cancellationToken) =>
        [.. (await AllAsync(cancellationToken)).Where(connector => connector.Knows(address, certificate))];

    public async ValueTask<bool> AsksForCertificatesAsync(CancellationToken cancellationToken) => (await AllAsync(cancellationToken)).Any(connector => connector.Certificates.Count > 0);

    public async Task NoteUseAsync(Connector connector, AccessSource source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connector);
        ArgumentNullException.ThrowIfNull(source);
        var address = source.Address.ToString();
        await using (var sql = await reads.OpenAsync(cancellationToken))
        {
            var (at, from) = await sql.FirstAsync(
                "SELECT last_used_at, last_used_from FROM connectors WHERE id = @id", row => (row.IsDBNull(0) ? (DateTimeOffset?)null : row.Time(0), row.Text(1)), cancellationToken, ("@id", connector.Id));
            if (from == address && time.GetUtcNow() - at < NotedEvery)
                return;
        }

        await moves.RunAsync(
            async (session, ct) =>
            {
                if (await session.Sql.ExecuteAsync(
                    "UPDATE connectors SET last_used_at = @now, last_used_from = @from WHERE id = @id", ct, ("@now", session.NowMilliseconds), ("@from", address), ("@id", connector.Id)) == 0)
                    return false;
                var data = AccessJson.Write(ToldLogin.Of(null, AccessService.Submission, null, source) with { Connector = connector.Name });
                session.Record(new PendingEvent(connector.TenantId, EventKinds.ConnectorUsed, session.Now, null, null, data));
                return true;
            },
            cancellationToken);
    }

    public void Dispose() => _refresh.Dispose();

    private async ValueTask<IReadOnlyList<Connector>> AllAsync(CancellationToken cancellationToken)
    {
        // A change of a connector is one of the directory, which knows when to read anew.
        var tenants = await directory.AllTenantsAsync(cancellationToken);
        if (_held is { } held && ReferenceEquals(held.Of, tenants))
            return held.Connectors;
        await _refresh.WaitAsync(cancellationToken);
        try
        {
            if (_held is { } refreshed && ReferenceEquals(refreshed.Of, tenants))
                return refreshed.Connectors;
            await using var sql = await reads.OpenAsync(cancellationToken);
            var connectors = await sql.QueryAsync(
                "SELECT id, tenant_id, name, networks, certificates, login, salt, iterations, stored_key, server_key, last_used_at, last_used_from, makers, created_by FROM connectors ORDER BY created_at, id",
                Read,
                cancellationToken);
            _held = new Held(tenants, connectors);
            return connectors;
        }
        finally
        {
            _refresh.Release();
        }
    }

    private static Connector Read(System.Data.Common.DbDataReader row) => new(
        row.GetGuid(0),
        row.GetGuid(1),
        row.GetString(2),
        [.. TenantJson.ReadList(row.GetString(3)).Select(IPNetwork.Parse)],
        TenantJson.ReadList(row.GetString(4)).ToHashSet(StringComparer.Ordinal),
        row.Text(5),
        row.Bytes(6) is { } salt ? new AppPasswordKeys(salt, row.GetInt32(7), row.Bytes(8)!, row.Bytes(9)!) : null,
        row.IsDBNull(10) ? null : row.Time(10),
        row.Text(11))
    {
        Makers = row.Bytes(6) is null ? [] : AppPasswordMoves.MakersOf(row.Text(12), row.GetString(13)),
    };

    private sealed record Held(IReadOnlyList<TenantSettings> Of, IReadOnlyList<Connector> Connectors);
}
