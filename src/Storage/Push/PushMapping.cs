using Microsoft.EntityFrameworkCore;
using Platform.Storage.Push.Syslog;
using Platform.Storage.Push.Webhooks;

namespace Platform.Storage.Push;

internal static class PushMapping
{
    public static void Configure(ModelBuilder builder)
    {
        builder.Entity<WebhookEndpointRow>(endpoint =>
        {
            endpoint.ToTable("webhook_endpoints");
            endpoint.HasIndex(e => new { e.OwnerId, e.CreatedAt });
        });
        builder.Entity<SyslogTargetRow>(target =>
        {
            target.ToTable("syslog_targets");
            target.HasIndex(t => new { t.OwnerId, t.CreatedAt });
        });
        builder.Entity<WebhookDeliveryRow>(delivery =>
        {
            delivery.ToTable("webhook_deliveries");
            delivery.HasIndex(d => new { d.EndpointId, d.CreatedAt });
            delivery.HasIndex(d => new { d.EndpointId, d.DueAt }).HasFilter("due_at IS NOT NULL");
            delivery.HasIndex(d => d.ChangedAt).HasFilter("due_at IS NULL");
            delivery.HasOne<WebhookEndpointRow>().WithMany().HasForeignKey(d => d.EndpointId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<WebhookAttemptRow>(attempt =>
        {
            attempt.ToTable("webhook_attempts");
            attempt.HasIndex(a => new { a.DeliveryId, a.Number });
            attempt.HasOne<WebhookDeliveryRow>().WithMany().HasForeignKey(a => a.DeliveryId).OnDelete(DeleteBehavior.Cascade);
        });
    }
}
