using Microsoft.EntityFrameworkCore;

namespace Platform.Storage.Protection;

internal static class ProtectionMapping
{
    public static void Configure(ModelBuilder builder)
    {
        // Written on the mail path: no foreign key to the tenant.
        builder.Entity<ProtectedMailRow>(mail =>
        {
            mail.ToTable("protected_mails");
            mail.HasKey(m => m.MessageId);
            mail.Property(m => m.MessageId).ValueGeneratedNever();
            mail.HasIndex(m => m.TenantId);
        });
        builder.Entity<ProtectedDeliveryRow>(delivery =>
        {
            delivery.ToTable("protected_deliveries");
            delivery.HasKey(d => d.DeliveryId);
            delivery.Property(d => d.DeliveryId).ValueGeneratedNever();
            delivery.HasIndex(d => d.MessageId);
            delivery.HasIndex(d => new { d.TenantId, d.ExpiresAt });
        });
        builder.Entity<ReaderCodeRow>(code =>
        {
            code.ToTable("reader_codes");
            code.HasIndex(c => new { c.DeliveryId, c.MadeAt });
            code.HasIndex(c => c.ExpiresAt);
            code.HasIndex(c => c.TenantId);
        });
        builder.Entity<ReaderSessionRow>(session =>
        {
            session.ToTable("reader_sessions");
            session.HasIndex(s => s.DeliveryId);
            session.HasIndex(s => s.ExpiresAt);
            session.HasIndex(s => s.TenantId);
        });
    }
}
