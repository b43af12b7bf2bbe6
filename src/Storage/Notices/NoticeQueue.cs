using Microsoft.EntityFrameworkCore;
using Platform.Storage.Messages;
using Platform.Storage.Model;
using Platform.Storage.Transactions;

namespace Platform.Storage.Notices;

/// <summary>The way of system mails into the relay's queue: durable as any mail, bounded for each recipient.</summary>
public interface INoticeQueue
{
    /// <param name="notice">To one recipient.</param>
    /// <param name="maxPerHour">Of all system mails of the tenant to that recipient.</param>
    /// <returns>False: the recipient has had that many within this hour; nothing was written.</returns>
    Task<bool> QueueAsync(NewMessage notice, int maxPerHour, CancellationToken cancellationToken);
}

/// <summary>How many system mails an address was sent in the hour that began at <see cref="Since"/>.</summary>
public sealed class NoticeCountRow : ITenantOwned
{
    public required Guid TenantId { get; init; }

    /// <summary>Lower case.</summary>
    public required string Address { get; init; }
    public required DateTimeOffset Since { get; set; }
    public required int Count { get; set; }
}

internal sealed class NoticeQueue(IMoveRunner moves, IWorkSignal signal) : INoticeQueue
{
    public Task<bool> QueueAsync(NewMessage notice, int maxPerHour, CancellationToken cancellationToken) => moves.RunAsync(
        (session, ct) => InsertAsync(session, signal, notice, maxPerHour, ct), cancellationToken);

    /// <summary>Within a transaction that writes more than the mail.</summary>
    public static async ValueTask<bool> InsertAsync(MoveSession session, IWorkSignal signal, NewMessage notice, int maxPerHour, CancellationToken cancellationToken)
    {
        if (notice is not { Mode: IntakeMode.Notice, Deliveries: [var delivery] })
            throw new ArgumentException("A system mail has one recipient.", nameof(notice));
        if (!await CountAsync(session, notice.TenantId, delivery.Recipient, maxPerHour, cancellationToken))
            return false;
        await AcceptMove.InsertAsync(session, notice, cancellationToken);
        session.AfterCommit(signal.RelaysReady);
        return true;
    }

    private static async ValueTask<bool> CountAsync(MoveSession session, Guid tenantId, string address, int most, CancellationToken cancellationToken)
    {
        var counted = await session.Sql.ExecuteAsync(
            """
            INSERT INTO notice_counts (tenant_id, address, since, count) VALUES (@tenant, @address, @now, 1)
            ON CONFLICT (tenant_id, address) DO UPDATE SET
                count = CASE WHEN notice_counts.since <= @ended THEN 1 ELSE notice_counts.count + 1 END,
                since = CASE WHEN notice_counts.since <= @ended THEN excluded.since ELSE notice_counts.since END
            WHERE notice_counts.since <= @ended OR notice_counts.count < @most
            """,
            cancellationToken,
            ("@tenant", tenantId),
            ("@address", address.ToLowerInvariant()),
            ("@now", session.NowMilliseconds),
            ("@ended", (session.Now - TimeSpan.FromHours(1)).ToUnixTimeMilliseconds()),
            ("@most", most));
        return counted == 1;
    }
}

internal static class NoticeMapping
{
    public static void Configure(ModelBuilder builder) => builder.Entity<NoticeCountRow>(count =>
    {
        count.ToTable("notice_counts");
        count.HasKey(c => new { c.TenantId, c.Address });
    });
}
