using Microsoft.EntityFrameworkCore;
using Platform.Storage.Messages;
using Platform.Storage.Model;
using Platform.Storage.Transactions;

namespace Platform.Storage.Notices;

/// <summary>The way of system mails into the relay's queue: durable as any mail, bounded for each recipient.</summary>
public interface INoticeQueue
{
    /// <param name="notice">To one recipient.</param>
    /// <param name="kind">Of the mail; each has a share of its own.</param>
    /// <param name="maxPerHour">Of that kind from the tenant to that recipient.</param>
    /// <returns>False: the recipient has had that many within this hour; nothing was written.</returns>
    Task<bool> QueueAsync(NewMessage notice, string kind, int maxPerHour, CancellationToken cancellationToken);
}

/// <summary>How many system mails of one kind an address gets: a flood of one kind so uses up the share of no other.</summary>
/// <param name="Kind">Without a colon.</param>
/// <param name="Since">What was sent at that moment or before counts no more.</param>
public sealed record NoticeShare(string Kind, int Most, DateTimeOffset Since)
{
    public static NoticeShare Hourly(string kind, int most, DateTimeOffset now) => new(kind, most, now - TimeSpan.FromHours(1));

    internal string KeyOf(string address) => $"{Kind}:{address.ToLowerInvariant()}";
}

/// <summary>How many system mails an address was sent in the time that began at <see cref="Since"/>.</summary>
public sealed class NoticeCountRow : ITenantOwned
{
    public required Guid TenantId { get; init; }

    /// <summary>The kind of mail, a colon, and the address in lower case.</summary>
    public required string Address { get; init; }
    public required DateTimeOffset Since { get; set; }
    public required int Count { get; set; }
}

internal sealed class NoticeQueue(IMoveRunner moves, IWorkSignal signal) : INoticeQueue
{
    public Task<bool> QueueAsync(NewMessage notice, string kind, int maxPerHour, CancellationToken cancellationToken) => moves.RunAsync(
        (session, ct) => InsertAsync(session, signal, notice, NoticeShare.Hourly(kind, maxPerHour, session.Now), ct), cancellationToken);

    /// <summary>Within a transaction that writes more than the mail.</summary>
    /// <returns>False: the recipient has had its share; nothing was written.</returns>
    public static async ValueTask<bool> InsertAsync(MoveSession session, IWorkSignal signal, NewMessage notice, NoticeShare share, CancellationToken cancellationToken)
    {
        if (notice is not { Mode: IntakeMode.Notice, Deliveries: [var delivery] })
            throw new ArgumentException("A system mail has one recipient.", nameof(notice));
        if (!await CountAsync(session, notice.TenantId, delivery.Recipient, share, cancellationToken))
            return false;
        await AcceptMove.InsertAsync(session, notice, cancellationToken);
        session.AfterCommit(signal.RelaysReady);
        return true;
    }

    private static async ValueTask<bool> CountAsync(MoveSession session, Guid tenantId, string address, NoticeShare share, CancellationToken cancellationToken)
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
            ("@address", share.KeyOf(address)),
            ("@now", session.NowMilliseconds),
            ("@ended", share.Since.ToUnixTimeMilliseconds()),
            ("@most", share.Most));
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
