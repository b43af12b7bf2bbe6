using Microsoft.EntityFrameworkCore;

namespace Platform.Storage.Tracking;

internal static class TrackingMapping
{
    private const int MaxKey = 32;
    private const int MaxReason = 32;

    // On the mail path, and asked for by strangers: no foreign keys.
    public static void Configure(ModelBuilder builder)
    {
        builder.Entity<TrackedDeliveryRow>(tracked =>
        {
            tracked.ToTable("tracked_deliveries");
            tracked.HasKey(t => t.DeliveryId);
            tracked.Property(t => t.DeliveryId).ValueGeneratedNever();
            tracked.HasIndex(t => t.MessageId);
            tracked.HasIndex(t => t.TenantId);
        });
        builder.Entity<OpenRow>(open =>
        {
            open.ToTable("opens");
            open.Property(o => o.NetworkKey).HasMaxLength(MaxKey);
            open.Property(o => o.AgentKey).HasMaxLength(MaxKey);
            open.Property(o => o.Part).HasMaxLength(IReadStore.MaxPart);
            open.Property(o => o.Reason).HasMaxLength(MaxReason);
            open.HasIndex(o => new { o.DeliveryId, o.At });
            open.HasIndex(o => o.MessageId);
            open.HasIndex(o => o.TenantId);
            open.HasIndex(o => o.DueAt).HasFilter("due_at IS NOT NULL");
            open.HasIndex(o => new { o.NetworkKey, o.At }).HasFilter("network_key IS NOT NULL");
        });
        builder.Entity<OpenHourRow>(hour =>
        {
            hour.ToTable("open_hours");
            hour.HasKey(h => new { h.DeliveryId, h.Hour });
            hour.HasIndex(h => h.MessageId);
            hour.HasIndex(h => h.TenantId);
        });
        builder.Entity<MessageReadsRow>(reads =>
        {
            reads.ToTable("message_reads");
            reads.HasKey(r => r.MessageId);
            reads.Property(r => r.MessageId).ValueGeneratedNever();
            reads.HasIndex(r => r.TenantId);
        });
    }
}
