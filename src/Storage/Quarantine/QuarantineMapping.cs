using Microsoft.EntityFrameworkCore;

namespace Platform.Storage.Quarantine;

internal static class QuarantineMapping
{
    public static void Configure(ModelBuilder builder)
    {
        builder.Entity<DigestEntryRow>(entry =>
        {
            entry.ToTable("digest_entries");
            entry.HasKey(e => e.DeliveryId);
            entry.HasIndex(e => new { e.TenantId, e.ToldAt });
        });
        builder.Entity<MailboxSenderRow>(sender =>
        {
            sender.ToTable("mailbox_senders");
            sender.HasIndex(s => new { s.MailboxId, s.Value }).IsUnique();
            sender.HasIndex(s => new { s.TenantId, s.Value });
        });
        builder.Entity<ReleaseRequestRow>(request =>
        {
            request.ToTable("release_requests");
            request.HasIndex(r => r.DeliveryId).IsUnique();
            request.HasIndex(r => new { r.TenantId, r.State, r.RequestedAt });
        });
        builder.Entity<MailOrderRow>(order =>
        {
            order.ToTable("mail_orders");
            order.HasIndex(o => o.CreatedAt);
            order.HasIndex(o => new { o.TenantId, o.Recipient, o.Kind, o.MessageId });
        });
    }
}
