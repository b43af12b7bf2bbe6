using Platform.Engine.Verdicts;
using Platform.Storage.Model;
using Platform.Storage.Purging;
using Platform.Storage.Transactions;

namespace Platform.Storage.Retention;

/// <summary>A message whose time is over.</summary>
/// <param name="ReceivedAt">Unix milliseconds.</param>
internal sealed record ExpiredMail(Guid Id, long ReceivedAt)
{
    public DateOnly Day => DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(ReceivedAt).UtcDateTime);

    /// <summary>The oldest first, behind <paramref name="after"/>; never what waits for a scan, the relay or a person, nor what a recipient may still read.</summary>
    public static ValueTask<List<ExpiredMail>> FindAsync(
        SqlSession sql, Guid tenantId, IReadOnlyList<VerdictKind?> verdicts, bool whole, long before, (long ReceivedAt, Guid Id)? after, int max, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var kinds = string.Join(", ", verdicts.Where(kind => kind is not null).Select(kind => $"'{kind}'"));
        return sql.QueryAsync(
            $"""
            SELECT id, received_at FROM messages
            WHERE tenant_id = @tenant AND received_at < @before AND scan_state <> '{nameof(ScanState.Pending)}'
                AND (received_at > @after OR (received_at = @after AND id > @place))
                AND (verdict IN ({kinds}){(verdicts.Contains(null) ? " OR verdict IS NULL" : "")}){(whole ? "" : " AND body_key IS NOT NULL")}
                AND NOT EXISTS (SELECT 1 FROM deliveries WHERE message_id = messages.id AND state IN ({MessageErasure.WorkingStates}))
                AND NOT EXISTS (SELECT 1 FROM protected_deliveries p JOIN protected_mails k ON k.message_id = p.message_id
                    WHERE p.message_id = messages.id AND p.expires_at > @now AND k.wrapped_key IS NOT NULL)
            ORDER BY received_at, id LIMIT @max
            """,
            row => new ExpiredMail(row.GetGuid(0), row.GetInt64(1)),
            cancellationToken,
            ("@tenant", tenantId),
            ("@before", before),
            ("@after", after?.ReceivedAt ?? -1),
            ("@place", after?.Id ?? Guid.Empty),
            ("@now", now.ToUnixTimeMilliseconds()),
            ("@max", (long)max));
    }
}
