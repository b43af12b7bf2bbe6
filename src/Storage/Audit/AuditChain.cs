using System.Security.Cryptography;
using System.Text.Json;
using Platform.Storage.Model;
using Platform.Storage.Transactions;

namespace Platform.Storage.Audit;

/// <summary>
/// The audit log of a tenant as a hash chain: each row's hash covers the hash before it and all its own fields, so that a row
/// changed, removed or put in later breaks every hash after it. The tenant's event counter is the lock that orders it.
/// </summary>
internal static class AuditChain
{
    private static readonly string Origin = new('0', 64);

    /// <summary>Appends inside a move that holds the lock of the tenant's counter.</summary>
    public static async ValueTask AppendAsync(MoveSession session, PendingAudit entry, CancellationToken cancellationToken)
    {
        var (last, previous) = await session.Sql.FirstAsync(
            "SELECT sequence, hash FROM audit WHERE tenant_id = @tenant ORDER BY sequence DESC LIMIT 1",
            row => (row.GetInt64(0), row.GetString(1)),
            cancellationToken,
            ("@tenant", entry.TenantId));
        var at = session.NowMilliseconds;
        await session.Sql.ExecuteAsync(
            """
            INSERT INTO audit (id, tenant_id, sequence, at, actor, action, target, detail, hash)
            VALUES (@id, @tenant, @sequence, @at, @actor, @action, @target, @detail, @hash)
            """,
            cancellationToken,
            ("@id", Guid.CreateVersion7(session.Now)),
            ("@tenant", entry.TenantId),
            ("@sequence", last + 1),
            ("@at", at),
            ("@actor", entry.Actor),
            ("@action", entry.Action),
            ("@target", entry.Target),
            ("@detail", entry.Detail),
            ("@hash", Hash(previous ?? Origin, last + 1, at, entry.Actor, entry.Action, entry.Target, entry.Detail)));
    }

    /// <summary>The first row whose number or hash does not follow from the one before; null when the chain holds.</summary>
    public static long? FirstBreak(IEnumerable<AuditRow> rows)
    {
        var previous = Origin;
        var expected = 1L;
        foreach (var row in rows)
        {
            if (row.Sequence != expected || row.Hash != Hash(previous, row.Sequence, row.At.ToUnixTimeMilliseconds(), row.Actor, row.Action, row.Target, row.Detail))
                return expected;
            previous = row.Hash;
            expected++;
        }

        return null;
    }

    /// <summary>Fields as a JSON array, so that no two different rows give the same bytes.</summary>
    private static string Hash(string previous, long sequence, long at, string actor, string action, string target, string detail)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartArray();
            writer.WriteStringValue(previous);
            writer.WriteNumberValue(sequence);
            writer.WriteNumberValue(at);
            writer.WriteStringValue(actor);
            writer.WriteStringValue(action);
            writer.WriteStringValue(target);
            writer.WriteStringValue(detail);
            writer.WriteEndArray();
        }

        return Convert.ToHexStringLower(SHA256.HashData(stream.GetBuffer().AsSpan(0, (int)stream.Length)));
    }
}
