using Microsoft.EntityFrameworkCore;

namespace Platform.Storage.Support;

internal static class SupportMapping
{
    public static void Configure(ModelBuilder builder) => builder.Entity<SupportGrantRow>(grant =>
    {
        grant.ToTable("support_grants");
        grant.HasIndex(g => new { g.TenantId, g.RequestedAt }).IsDescending(false, true);
        grant.HasIndex(g => new { g.AccountId, g.State });
        grant.HasIndex(g => g.DueAt).HasFilter("due_at IS NOT NULL");
    });
}
