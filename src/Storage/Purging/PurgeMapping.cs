using Microsoft.EntityFrameworkCore;

namespace Platform.Storage.Purging;

internal static class PurgeMapping
{
    public static void Configure(ModelBuilder builder)
    {
        builder.Entity<PurgeRow>(purge =>
        {
            purge.ToTable("purges");
            purge.HasIndex(p => new { p.OwnerId, p.RequestedAt });
            purge.HasIndex(p => p.RequestedAt).HasFilter($"state = '{PurgeStates.Running}'").HasDatabaseName("IX_purges_running");
        });
        builder.Entity<PurgeWorkRow>(work =>
        {
            work.ToTable("purge_work");
            work.HasIndex(w => w.CreatedAt);
            work.HasIndex(w => w.PurgeId);
        });
    }
}
