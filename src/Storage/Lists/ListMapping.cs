using Microsoft.EntityFrameworkCore;

namespace Platform.Storage.Lists;

internal static class ListMapping
{
    public static void Configure(ModelBuilder builder)
    {
        builder.Entity<ListEntryRow>(entry =>
        {
            entry.ToTable("list_entries");
            entry.HasIndex(e => new { e.OwnerId, e.Kind, e.Value, e.IsExact }).IsUnique();
            entry.HasIndex(e => new { e.OwnerId, e.CreatedAt });
        });
        builder.Entity<ListRevisionRow>(revision =>
        {
            revision.ToTable("list_revisions");
            revision.HasKey(r => r.OwnerId);
        });
    }
}
