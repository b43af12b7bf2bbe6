using Microsoft.EntityFrameworkCore;
using Platform.Storage.Messages;

namespace Platform.Storage.Model;

/// <summary>
/// Messages, deliveries, events. The tables of the mail path carry no foreign key to the tenant: on PostgreSQL each
/// insert would lock the tenant's row. Work that is due is found by partial indexes that hold nothing but waiting rows.
/// </summary>
internal static class MessageMapping
{
    public static void Configure(ModelBuilder builder)
    {
        builder.Entity<MessageRow>(message =>
        {
            message.ToTable("messages");
            message.HasIndex(m => new { m.TenantId, m.ReceivedAt }).IsDescending(false, true);
            message.HasIndex(m => new { m.TenantId, m.ReceivedAt }, "IX_messages_with_content").HasFilter("body_key IS NOT NULL");
            message.HasIndex(m => new { m.TenantId, m.MessageIdHeader }).HasFilter("message_id_header IS NOT NULL");
            message.HasIndex(m => m.ReceivedAt, "IX_messages_reports").HasFilter($"mode = '{nameof(IntakeMode.Report)}'");
            message.HasIndex(m => new { m.SenderMailboxId, m.ReceivedAt }).HasFilter("sender_mailbox_id IS NOT NULL");
            message.HasIndex(m => new { m.ConnectorId, m.ReceivedAt }).HasFilter("connector_id IS NOT NULL");
            message.HasIndex(m => new { m.AuthorMailboxId, m.ReceivedAt }).HasFilter("author_mailbox_id IS NOT NULL");
            message.HasIndex(m => m.ScanDueAt).HasFilter($"scan_state = '{nameof(ScanState.Pending)}'");
        });
        builder.Entity<DeliveryRow>(delivery =>
        {
            delivery.ToTable("deliveries");
            delivery.HasIndex(d => d.MessageId);
            delivery.HasIndex(d => new { d.TenantId, d.State });
            delivery.HasIndex(d => new { d.SenderMailboxId, d.State }).HasFilter("sender_mailbox_id IS NOT NULL");
            delivery.HasIndex(d => d.DueAt).HasFilter("due_at IS NOT NULL");
            delivery.Property(d => d.IsCopy).HasDefaultValue(false);
            delivery.HasOne<MessageRow>().WithMany().HasForeignKey(d => d.MessageId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<MessageTextRow>(text =>
        {
            text.ToTable("message_texts");
            text.HasKey(t => t.MessageId);
            text.HasOne<MessageRow>().WithOne().HasForeignKey<MessageTextRow>(t => t.MessageId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<EventRow>(entry =>
        {
            entry.ToTable("events");
            entry.HasIndex(e => new { e.TenantId, e.Sequence }).IsUnique();
            entry.HasIndex(e => new { e.MessageId, e.Sequence });
            entry.HasIndex(e => new { e.MspId, e.MspSequence }).IsUnique().HasFilter("msp_id IS NOT NULL");
        });
        builder.Entity<FeedCounterRow>(counter =>
        {
            counter.ToTable("feed_counters");
            counter.HasKey(c => c.TenantId);
            counter.Property(c => c.TrimmedThrough).HasDefaultValue(0L);
            counter.Property(c => c.LastRecordedAt).HasDefaultValue(DateTimeOffset.UnixEpoch);
            counter.HasOne<TenantRow>().WithOne().HasForeignKey<FeedCounterRow>(c => c.TenantId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<MspFeedCounterRow>(counter =>
        {
            counter.ToTable("msp_feed_counters");
            counter.HasKey(c => c.MspId);
            counter.Property(c => c.TrimmedThrough).HasDefaultValue(0L);
            counter.Property(c => c.LastRecordedAt).HasDefaultValue(DateTimeOffset.UnixEpoch);
            counter.HasOne<MspRow>().WithOne().HasForeignKey<MspFeedCounterRow>(c => c.MspId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<ImportRow>(import =>
        {
            import.ToTable("imports");
            import.HasIndex(i => new { i.TenantId, i.CreatedAt });
        });
        builder.Entity<IdempotencyRow>(key =>
        {
            key.ToTable("idempotency_keys");
            key.HasKey(k => new { k.TenantId, k.Key });
        });
    }
}
