using Platform.Storage.Messages;
using Platform.Storage.Transactions;

namespace Platform.Storage.Sending;

internal sealed class SendLedger(IMoveRunner moves, IReadConnections reads) : ISendLedger
{
    /// <summary>Parameters of one statement.</summary>
    private const int Page = 200;

    private const string Counts =
        $"""
        SELECT m.received_at / 1000, COUNT(DISTINCT m.id), SUM(CASE WHEN d.mailbox_id IS NULL THEN 0 ELSE 1 END), SUM(CASE WHEN d.mailbox_id IS NULL THEN 1 ELSE 0 END)
        FROM messages m JOIN deliveries d ON d.message_id = m.id AND d.is_copy = FALSE
        WHERE m.mode = '{nameof(IntakeMode.Submission)}' AND m.received_at > @since AND
        """;

    /// <summary>Mailboxes of a group: members themselves, or those of members.</summary>
    private const string Members = "SELECT COALESCE(a.mailbox_id, g.member_id) FROM group_members g LEFT JOIN accounts a ON a.id = g.member_id WHERE g.group_id = @id";

    public Task<SendHistory> OpenAsync(SendSubject subject, DateTimeOffset since, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return moves.RunAsync(
            async (session, ct) =>
            {
                // Accepting holds this row shared: what is being accepted under the old count is committed before, or finds the new one.
                var (epoch, from) = await session.Sql.FirstAsync(
                    """
                    INSERT INTO send_accounts (id, tenant_id, epoch, blocked_at, ends_sessions) VALUES (@subject, @tenant, 1, 0, FALSE)
                    ON CONFLICT (id) DO UPDATE SET epoch = send_accounts.epoch + 1 RETURNING epoch, counted_from
                    """,
                    row => (row.GetInt64(0), row.IsDBNull(1) ? (DateTimeOffset?)null : row.Time(1)),
                    ct,
                    ("@subject", subject.Id),
                    ("@tenant", subject.TenantId));
                return new SendHistory(epoch, await SentAsync(session.Sql, subject, from > since ? from.Value : since, ct));
            },
            cancellationToken);
    }

    public async Task<bool> HoldsAsync(Guid subjectId, long epoch, CancellationToken cancellationToken)
    {
        await using var sql = await reads.OpenAsync(cancellationToken);
        return await sql.FirstAsync("SELECT epoch FROM send_accounts WHERE id = @id", row => row.GetInt64(0), cancellationToken, ("@id", subjectId)) == epoch;
    }

    public async Task<IReadOnlyList<SentCount>> SentAsync(SendSubject subject, DateTimeOffset since, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(subject);
        await using var sql = await reads.OpenAsync(cancellationToken);
        var from = await sql.FirstAsync(
            "SELECT counted_from FROM send_accounts WHERE id = @id AND counted_from IS NOT NULL", row => (DateTimeOffset?)row.Time(0), cancellationToken, ("@id", subject.Id));
        return await SentAsync(sql, subject, from > since ? from.Value : since, cancellationToken);
    }

    public async Task<int> CountNewAsync(Guid senderId, IReadOnlyCollection<string> recipients, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(recipients);
        var asked = recipients.Select(SentRecipients.Normal).Distinct(StringComparer.Ordinal).ToList();
        var known = 0;
        await using var sql = await reads.OpenAsync(cancellationToken);
        foreach (var page in asked.Chunk(Page))
        {
            var names = page.Select((address, i) => ("@a" + i.ToString(System.Globalization.CultureInfo.InvariantCulture), (object?)address)).ToList();
            known += (int)await sql.FirstAsync(
                $"SELECT COUNT(*) FROM sent_recipients WHERE mailbox_id = @mailbox AND address IN ({string.Join(", ", names.Select(name => name.Item1))})",
                row => row.GetInt64(0),
                cancellationToken,
                [("@mailbox", senderId), .. names]);
        }

        return asked.Count - known;
    }

    private static async ValueTask<IReadOnlyList<SentCount>> SentAsync(SqlSession sql, SendSubject subject, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var (whose, of) = subject.Kind switch
        {
            SendSubjectKind.Mailbox => ("m.sender_mailbox_id = @id", "mailbox_id = @id"),
            SendSubjectKind.Group => ($"m.sender_mailbox_id IN ({Members})", $"mailbox_id IN ({Members})"),
            // What it hands over for a mailbox is that mailbox's.
            SendSubjectKind.Connector => ("m.connector_id = @id AND m.sender_mailbox_id IS NULL", "mailbox_id = @id"),
            _ => ("m.tenant_id = @id", "tenant_id = @id"),
        };
        var sent = await sql.QueryAsync(
            $"{Counts} {whose} GROUP BY m.received_at / 1000",
            row => (Second: row.GetInt64(0), Messages: row.GetInt64(1), Inside: row.GetInt64(2), Outside: row.GetInt64(3)),
            cancellationToken,
            ("@since", since.ToUnixTimeMilliseconds()),
            ("@id", subject.Id));
        var first = await sql.QueryAsync(
            $"SELECT first_at / 1000, COUNT(*) FROM sent_recipients WHERE first_at > @since AND {of} GROUP BY first_at / 1000",
            row => (Second: row.GetInt64(0), New: row.GetInt64(1)),
            cancellationToken,
            ("@since", since.ToUnixTimeMilliseconds()),
            ("@id", subject.Id));
        var newOnes = first.ToDictionary(one => one.Second, one => one.New);
        return [.. sent
            .Select(one => (one.Second, one.Messages, one.Inside, one.Outside, New: newOnes.Remove(one.Second, out var count) ? count : 0))
            .Concat(newOnes.Select(one => (Second: one.Key, Messages: 0L, Inside: 0L, Outside: 0L, New: one.Value)))
            .OrderBy(one => one.Second)
            .Select(one => new SentCount(DateTimeOffset.FromUnixTimeSeconds(one.Second), (int)one.Messages, (int)one.Inside, (int)one.Outside, (int)one.New))];
    }
}
