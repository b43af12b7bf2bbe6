using Microsoft.EntityFrameworkCore;

namespace Platform.Storage.Retention;

internal static class RetentionMapping
{
    public static void Configure(ModelBuilder builder)
    {
        builder.Entity<RetentionRow>(retention =>
        {
            retention.ToTable("retention");
            retention.HasKey(r => r.OwnerId);
        });
        builder.Entity<RetentionRunRow>(run =>
        {
            run.ToTable("retention_runs");
            run.HasKey(r => r.TenantId);
        });
    }
}
