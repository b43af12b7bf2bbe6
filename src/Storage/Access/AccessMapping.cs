using Microsoft.EntityFrameworkCore;
using Platform.Storage.Model;

namespace Platform.Storage.Access;

internal static class AccessMapping
{
    public static void Configure(ModelBuilder builder)
    {
        builder.Entity<AccessRuleRow>(rule =>
        {
            rule.ToTable("access_rules");
            rule.HasIndex(r => r.SubjectId);
            rule.HasIndex(r => new { r.TenantId, r.CreatedAt });
            rule.HasOne<TenantRow>().WithMany().HasForeignKey(r => r.TenantId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<AccessRefusalRow>(refusal =>
        {
            refusal.ToTable("access_refusals");
            refusal.HasIndex(r => new { r.TenantId, r.Hour, r.Account, r.Service, r.Network, r.Reason }).IsUnique();
            refusal.HasIndex(r => new { r.TenantId, r.FirstAt });
            refusal.HasIndex(r => new { r.Network, r.Hour });
            refusal.HasOne<TenantRow>().WithMany().HasForeignKey(r => r.TenantId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
