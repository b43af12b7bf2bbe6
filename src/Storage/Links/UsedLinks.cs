using Microsoft.EntityFrameworkCore;
using Platform.Storage.Model;
using Platform.Storage.Transactions;

namespace Platform.Storage.Links;

/// <summary>A link that acted: it acts once. What it stands for is the key, so that of several tokens for one thing one works.</summary>
public sealed class UsedLinkRow : ITenantOwned
{
    public required Guid TenantId { get; init; }
    public required Guid DeliveryId { get; init; }
    public required Guid MailboxId { get; init; }
    public required LinkPurpose Purpose { get; init; }
    public required DateTimeOffset UsedAt { get; init; }
}

internal static class UsedLinks
{
    public static async ValueTask<bool> IsUsedAsync(SqlSession sql, ActionLink link, CancellationToken cancellationToken) => await sql.FirstAsync(
        "SELECT 1 FROM used_links WHERE delivery_id = @delivery AND mailbox_id = @mailbox AND purpose = @purpose",
        _ => true,
        cancellationToken,
        ("@delivery", link.DeliveryId),
        ("@mailbox", link.MailboxId),
        ("@purpose", link.Purpose.ToString()));

    /// <summary>Within the transaction of what the link does. False: it was used before.</summary>
    public static async ValueTask<bool> UseAsync(MoveSession session, ActionLink link, CancellationToken cancellationToken) => await session.Sql.ExecuteAsync(
        """
        INSERT INTO used_links (tenant_id, delivery_id, mailbox_id, purpose, used_at) VALUES (@tenant, @delivery, @mailbox, @purpose, @now)
        ON CONFLICT (delivery_id, mailbox_id, purpose) DO NOTHING
        """,
        cancellationToken,
        ("@tenant", link.TenantId),
        ("@delivery", link.DeliveryId),
        ("@mailbox", link.MailboxId),
        ("@purpose", link.Purpose.ToString()),
        ("@now", session.NowMilliseconds)) == 1;
}

internal static class LinkMapping
{
    public static void Configure(ModelBuilder builder) => builder.Entity<UsedLinkRow>(used =>
    {
        used.ToTable("used_links");
        used.HasKey(u => new { u.DeliveryId, u.MailboxId, u.Purpose });
        used.HasIndex(u => new { u.TenantId, u.UsedAt });
    });
}
