using Platform.Engine.Verdicts;
using Platform.Storage.Events;
using Platform.Storage.Messages;
using Platform.Storage.Notices;
using Platform.Storage.Rules;
using Platform.Storage.Transactions;

namespace Platform.Storage.Quarantine;

/// <summary>A held mail that its mailbox was not told of yet.</summary>
/// <param name="Verdict">Null: it could not be inspected.</param>
/// <param name="Why">The weightiest reason for the verdict.</param>
/// <param name="Decision">Why it is held; null where that is not kept.</param>
public sealed record HeldDelivery(
    Guid Id, Guid MessageId, DateTimeOffset ReceivedAt, string? FromAddress, string? FromName, string? Subject, VerdictKind? Verdict, Reason? Why, DecisionRecord? Decision)
{
    /// <summary>Held because the owner blocked the sender, and so need not be told.</summary>
    public bool IsByOwner => Decision?.Basis == DecisionBasis.MailboxBlock;

    /// <summary>The verdict to be shown.</summary>
    public VerdictKind? Shown => HeldMailRights.CountsAs(Verdict, Decision);
}

/// <param name="Language">Of the account whose own the mailbox is; null where there is none.</param>
public sealed record DigestMailbox(Guid TenantId, Guid Id, string Address, string? Language, IReadOnlyList<HeldDelivery> Held);

/// <param name="Oldest">When the oldest of it was held.</param>
/// <param name="ToldAt">When the last digest went out; null: none did.</param>
public sealed record WaitingDigest(Guid MailboxId, DateTimeOffset Oldest, DateTimeOffset? ToldAt);

/// <summary>Which held mail waits to be told, and the telling of it: the mail of the digest and the mark of each told delivery in one transaction.</summary>
public interface IDigests
{
    /// <summary>Mailboxes of the tenant with mail that was held after the moment and not told.</summary>
    Task<IReadOnlyList<WaitingDigest>> WaitingAsync(Guid tenantId, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>The oldest of it first; null when the mailbox is gone.</summary>
    Task<DigestMailbox?> ReadAsync(Guid tenantId, Guid mailboxId, DateTimeOffset since, DateTimeOffset until, int max, CancellationToken cancellationToken);

    /// <param name="notice">Null: none of it is to be told, and it is marked all the same.</param>
    /// <param name="oneAfter">A digest that went out later is the one of this time (<see cref="DigestSchedule.OneAfter"/>).</param>
    /// <returns>False: nothing was written, because another process was first or the mailbox was told already at this time.</returns>
    Task<bool> TellAsync(DigestMailbox mailbox, NewMessage? notice, DateTimeOffset oneAfter, CancellationToken cancellationToken);
}

internal sealed class Digests(IMoveRunner moves, IReadConnections reads, IWorkSignal signal) : IDigests
{
    private const string Kind = "digest";

    private const string Waiting =
        $"d.tenant_id = @tenant AND d.state IN ('{nameof(DeliveryState.Quarantined)}', '{nameof(DeliveryState.Held)}') AND d.changed_at >= @since AND d.mailbox_id IS NOT NULL AND m.mode IN ({IntakeModes.ToPeople}) AND NOT EXISTS (SELECT 1 FROM digest_entries e WHERE e.delivery_id = d.id)";

    public async Task<IReadOnlyList<WaitingDigest>> WaitingAsync(Guid tenantId, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var sql = await reads.OpenAsync(cancellationToken);
        return await sql.QueryAsync(
            $"""
            SELECT d.mailbox_id, MIN(d.changed_at), MAX(n.since) FROM deliveries d JOIN messages m ON m.id = d.message_id JOIN mailboxes b ON b.id = d.mailbox_id
                LEFT JOIN notice_counts n ON n.tenant_id = d.tenant_id AND n.address = '{Kind}:' || b.address
            WHERE {Waiting} GROUP BY d.mailbox_id
            """,
            row => new WaitingDigest(row.GetGuid(0), row.Time(1), row.IsDBNull(2) ? null : row.Time(2)),
            cancellationToken,
            ("@tenant", tenantId),
            ("@since", since.ToUnixTimeMilliseconds()));
    }

    public async Task<DigestMailbox?> ReadAsync(Guid tenantId, Guid mailboxId, DateTimeOffset since, DateTimeOffset until, int max, CancellationToken cancellationToken)
    {
        await using var sql = await reads.OpenAsync(cancellationToken);
        var (address, language) = await sql.FirstAsync(
            "SELECT m.address, (SELECT a.language FROM accounts a WHERE a.mailbox_id = m.id AND a.state = 'Active' LIMIT 1) FROM mailboxes m WHERE m.id = @id AND m.tenant_id = @tenant",
            row => (row.GetString(0), row.Text(1)),
            cancellationToken,
            ("@id", mailboxId),
            ("@tenant", tenantId));
        if (address is null)
            return null;
        var held = await sql.QueryAsync(
            $"""
            SELECT d.id, d.message_id, m.received_at, m.from_address, m.from_name, m.subject, m.verdict, m.verdict_json, d.decision_json FROM deliveries d JOIN messages m ON m.id = d.message_id
            WHERE {Waiting} AND d.mailbox_id = @mailbox AND d.changed_at < @until ORDER BY d.changed_at, d.id LIMIT @max
            """,
            row => new HeldDelivery(
                row.GetGuid(0),
                row.GetGuid(1),
                row.Time(2),
                row.Text(3),
                row.Text(4),
                row.Text(5),
                row.IsDBNull(6) ? null : row.Name<VerdictKind>(6),
                StoredJson.FindVerdict(row.Text(7))?.Reasons.MaxBy(reason => reason.Weight),
                RuleJson.FindDecision(row.Text(8))),
            cancellationToken,
            ("@tenant", tenantId),
            ("@since", since.ToUnixTimeMilliseconds()),
            ("@mailbox", mailboxId),
            ("@until", until.ToUnixTimeMilliseconds()),
            ("@max", (long)max));
        return new DigestMailbox(tenantId, mailboxId, address, language, held);
    }

    public async Task<bool> TellAsync(DigestMailbox mailbox, NewMessage? notice, DateTimeOffset oneAfter, CancellationToken cancellationToken)
    {
        try
        {
            return await moves.RunAsync(
                async (session, ct) =>
                {
                    foreach (var held in mailbox.Held)
                    {
                        if (!await MarkAsync(session, mailbox, held.Id, ct))
                            throw new AlreadyToldException();
                    }

                    if (notice is null)
                        return true;
                    if (!await NoticeQueue.InsertAsync(session, signal, notice, new NoticeShare(Kind, 1, oneAfter), ct))
                        throw new AlreadyToldException();
                    var told = QuarantineJson.Write(new ToldDigest("system:digest", mailbox.Address, mailbox.Held.Count));
                    session.Record(new PendingEvent(mailbox.TenantId, EventKinds.DigestSent, session.Now, null, null, told));
                    return true;
                },
                cancellationToken);
        }
        catch (AlreadyToldException)
        {
            return false;
        }
    }

    private static async ValueTask<bool> MarkAsync(MoveSession session, DigestMailbox mailbox, Guid deliveryId, CancellationToken cancellationToken) => await session.Sql.ExecuteAsync(
        "INSERT INTO digest_entries (delivery_id, tenant_id, mailbox_id, told_at) VALUES (@delivery, @tenant, @mailbox, @now) ON CONFLICT (delivery_id) DO NOTHING",
        cancellationToken,
        ("@delivery", deliveryId),
        ("@tenant", mailbox.TenantId),
        ("@mailbox", mailbox.Id),
        ("@now", session.NowMilliseconds)) == 1;

    /// <summary>Takes the transaction back.</summary>
    private sealed class AlreadyToldException : Exception;
}
