using Microsoft.EntityFrameworkCore;
using Platform.Storage.Model;

namespace Platform.Storage.Audit;

internal static class AuditMapping
{
    public static void Configure(ModelBuilder builder)
    {
        builder.Entity<AuditRow>(audit =>
        {
            audit.ToTable("audit");
            audit.HasIndex(a => new { a.OwnerId, a.Sequence }).IsUnique();
            audit.SplitToTable("audit_personal", beside =>
            {
                beside.Property(a => a.Actor);
                beside.Property(a => a.Target);
                beside.Property(a => a.Detail);
                beside.Property(a => a.ActorSalt);
                beside.Property(a => a.TargetSalt);
                beside.Property(a => a.DetailSalt);
                beside.Property(a => a.MessageId);
                beside.Property(a => a.ErasedAt);
            });
            audit.HasIndex(a => a.MessageId).HasFilter("message_id IS NOT NULL");
        });
        builder.Entity<AuditHeadRow>(head =>
        {
            head.ToTable("audit_heads");
            head.HasKey(h => h.OwnerId);
        });
    }
}
