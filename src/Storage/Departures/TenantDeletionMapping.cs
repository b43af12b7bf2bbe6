using Microsoft.EntityFrameworkCore;

namespace Platform.Storage.Departures;

internal static class TenantDeletionMapping
{
    public static void Configure(ModelBuilder builder) => builder.Entity<TenantDeletionRow>(deletion =>
    {
        deletion.ToTable("tenant_deletions");
        deletion.HasKey(d => d.TenantId);
    });
}
