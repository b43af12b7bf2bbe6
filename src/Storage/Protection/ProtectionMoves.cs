using Platform.Storage.Messages;
using Platform.Storage.Outgoing;
using Platform.Storage.Transactions;

namespace Platform.Storage.Protection;

/// <summary>The statements of protected mail within one move.</summary>
internal static class ProtectionMoves
{
    private const string Columns = "delivery_id, tenant_id, message_id, sender_mailbox_id, recipient, extent, larger_than, view_only, expires_at, withdrawn_at, is_dangerous, checked_at";

    /// <summary>Puts the key of a mail in its place, with its verdict; nothing where it has one since an earlier scan.</summary>
    public static async ValueTask KeepKeyAsync(MoveSession session, Guid tenantId, Guid messageId, NewProtection protection, CancellationToken cancellationToken)
    {
        await session.Sql.ExecuteAsync(
            "INSERT INTO protected_mails (message_id, tenant_id, wrapped_key, subject, created_at) VALUES (@id, @tenant, @key, @subject, @now)",
            cancellationToken,
            ("@id", messageId),
            ("@tenant", tenantId),
            ("@key", protection.WrappedKey),
            ("@subject", protection.Subject),
            ("@now", session.NowMilliseconds));
        await session.Sql.ExecuteAsync("UPDATE messages SET body_key = @key WHERE id = @id", cancellationToken, ("@key", protection.BodyKey), ("@id", messageId));
    }

    /// <summary>Of a later scan the new form holds; a withdrawal stays.</summary>
    public static ValueTask<int> StartAsync(MoveSession session, ScanLease lease, Guid deliveryId, string recipient, ProtectForm form, CancellationToken cancellationToken) => session.Sql.ExecuteAsync(
        """
        INSERT INTO protected_deliveries (delivery_id, tenant_id, message_id, sender_mailbox_id, recipient, extent, larger_than, view_only, expires_at, opens, downloads, replies, is_dangerous)
        VALUES (@delivery, @tenant, @message, @sender, @recipient, @extent, @larger, @view, @expires, 0, 0, 0, FALSE)
        ON CONFLICT (delivery_id) DO UPDATE SET extent = excluded.extent, larger_than = excluded.larger_than, view_only = excluded.view_only, expires_at = excluded.expires_at
        """,
        cancellationToken,
        ("@delivery", deliveryId),
        ("@tenant", lease.TenantId),
        ("@message", lease.MessageId),
        ("@sender", lease.SenderMailboxId),
        ("@recipient", recipient),
        ("@extent", form.Extent.ToString()),
        ("@larger", form.LargerThan),
        ("@view", form.ViewOnly),
        ("@expires", (session.Now + TimeSpan.FromDays(form.Days)).ToUnixTimeMilliseconds()));

    /// <summary>A later scan protects nothing of it any more. What was read or withdrawn stays, to be told.</summary>
    public static async ValueTask EndAsync(MoveSession session, Guid deliveryId, CancellationToken cancellationToken)
    {
        var ended = await session.Sql.ExecuteAsync(
            "DELETE FROM protected_deliveries WHERE delivery_id = @id AND opens = 0 AND downloads = 0 AND withdrawn_at IS NULL", cancellationToken, ("@id", deliveryId));
        if (ended > 0)
            await EndSessionsAsync(session, deliveryId, cancellationToken);
    }

    /// <summary>Those of a message, in one order for all.</summary>
    public static ValueTask<List<ProtectedDelivery>> OfMessageAsync(SqlSession sql, Guid messageId, string lockClause, CancellationToken cancellationToken) => sql.QueryAsync(
        $"SELECT {Columns} FROM protected_deliveries WHERE message_id = @message ORDER BY delivery_id{lockClause}", Read, cancellationToken, ("@message", messageId));

    public static ValueTask<ProtectedDelivery?> FindAsync(SqlSession sql, Guid deliveryId, CancellationToken cancellationToken) => sql.FirstAsync(
        $"SELECT {Columns} FROM protected_deliveries WHERE delivery_id = @id", Read, cancellationToken, ("@id", deliveryId));

    /// <summary>Ends every browser that reads it, and every code on its way.</summary>
    public static async ValueTask EndSessionsAsync(MoveSession session, Guid deliveryId, CancellationToken cancellationToken)
    {
        await session.Sql.ExecuteAsync("DELETE FROM reader_sessions WHERE delivery_id = @id", cancellationToken, ("@id", deliveryId));
        await session.Sql.ExecuteAsync("DELETE FROM reader_codes WHERE delivery_id = @id", cancellationToken, ("@id", deliveryId));
    }

    public static void Tell(MoveSession session, ProtectedDelivery delivery, string kind, ToldProtection told) => session.Record(
        new PendingEvent(delivery.TenantId, kind, session.Now, delivery.MessageId, delivery.DeliveryId, ProtectionJson.Write(told)));

    private static ProtectedDelivery Read(System.Data.Common.DbDataReader row) => new(
        row.GetGuid(0),
        row.GetGuid(1),
        row.GetGuid(2),
        row.Id(3),
        row.GetString(4),
        row.Name<ProtectedExtent>(5),
        row.IsDBNull(6) ? null : row.GetInt64(6),
        row.GetBoolean(7),
        row.Time(8),
        row.IsDBNull(9) ? null : row.Time(9),
        row.GetBoolean(10),
        row.IsDBNull(11) ? null : row.Time(11));
}
