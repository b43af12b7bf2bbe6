using Platform.Storage.Transactions;

namespace Platform.Storage.Holds;

/// <summary>What a hold may be asked about.</summary>
/// <param name="Senders">Reverse-path, From address, From name.</param>
internal sealed record HeldMail(Guid MessageId, DateTimeOffset ReceivedAt, IReadOnlyList<string> Senders, IReadOnlyList<Guid> Mailboxes, IReadOnlyList<string> Recipients)
{
    /// <returns>Null: there is no such message.</returns>
    public static async ValueTask<HeldMail?> FindAsync(SqlSession sql, Guid messageId, CancellationToken cancellationToken)
    {
        var deliveries = await sql.QueryAsync(
            "SELECT recipient, mailbox_id FROM deliveries WHERE message_id = @id ORDER BY id", row => (Recipient: row.GetString(0), Mailbox: row.Id(1)), cancellationToken, ("@id", messageId));
        return await sql.FirstAsync(
            "SELECT received_at, mail_from, from_address, from_name, COALESCE(sender_mailbox_id, author_mailbox_id) FROM messages WHERE id = @id",
            row => new HeldMail(
                messageId,
                row.Time(0),
                [row.GetString(1), row.Text(2) ?? "", row.Text(3) ?? ""],
                [.. deliveries.Select(delivery => delivery.Mailbox).Append(row.Id(4)).OfType<Guid>().Distinct()],
                [.. deliveries.Select(delivery => delivery.Recipient)]),
            cancellationToken,
            ("@id", messageId));
    }
}

/// <summary>
/// The holds of a tenant that stand now, read within a move after the tenant's row was locked, so that a hold placed at the same
/// time is either seen or comes after.
/// </summary>
internal sealed class ActiveHolds
{
    private readonly IReadOnlyList<Standing> _holds;
    private readonly SearchedHolds _searched;

    private ActiveHolds(IReadOnlyList<Standing> holds, SearchedHolds searched)
    {
        _holds = holds;
        _searched = searched;
    }

    public bool Any => _holds.Count > 0;

    /// <param name="searched">What the index said before; a hold by words that it was not asked about covers everything else that it names.</param>
    public static async ValueTask<ActiveHolds> LoadAsync(MoveSession session, Guid tenantId, SearchedHolds searched, CancellationToken cancellationToken)
    {
        await session.Sql.FirstAsync($"SELECT id FROM tenants WHERE id = @tenant{session.Dialect.ForUpdate}", row => row.GetGuid(0), cancellationToken, ("@tenant", tenantId));
        return new ActiveHolds(await ReadAsync(session.Sql, tenantId, session.NowMilliseconds, cancellationToken), searched);
    }

    public bool Cover(HeldMail mail) => _holds.Any(hold => Covers(hold, mail));

    public static ValueTask<List<Standing>> ReadAsync(SqlSession sql, Guid tenantId, long now, CancellationToken cancellationToken) => sql.QueryAsync(
        """
        SELECT id, message_id, mailbox_id, mailbox_address, sender, search, received_since, received_until FROM holds
        WHERE tenant_id = @tenant AND released_at IS NULL AND (ends_at IS NULL OR ends_at > @now)
        """,
        row => new Standing(
            row.GetGuid(0), row.Id(1), row.Id(2), row.Text(3), row.Text(4), row.Text(5), row.IsDBNull(6) ? null : row.Time(6), row.IsDBNull(7) ? null : row.Time(7)),
        cancellationToken,
        ("@tenant", tenantId),
        ("@now", now));

    private bool Covers(Standing hold, HeldMail mail) =>
        (hold.MessageId is null || hold.MessageId == mail.MessageId)
        && (hold.MailboxId is null || IsOf(hold, mail))
        && (hold.Sender is null || mail.Senders.Any(sender => sender.Contains(hold.Sender, StringComparison.OrdinalIgnoreCase)))
        && (hold.ReceivedSince is null || mail.ReceivedAt >= hold.ReceivedSince)
        && (hold.ReceivedUntil is null || mail.ReceivedAt < hold.ReceivedUntil)
        && (hold.Search is null || _searched.MayMatch(hold.Id, mail.MessageId));

    /// <summary>To the mailbox, by its id or its address, or from it.</summary>
    private static bool IsOf(Standing hold, HeldMail mail) =>
        mail.Mailboxes.Contains(hold.MailboxId!.Value)
        || (hold.MailboxAddress is { } address && mail.Recipients.Concat(mail.Senders).Contains(address, StringComparer.OrdinalIgnoreCase));

    internal sealed record Standing(
        Guid Id, Guid? MessageId, Guid? MailboxId, string? MailboxAddress, string? Sender, string? Search, DateTimeOffset? ReceivedSince, DateTimeOffset? ReceivedUntil);
}
