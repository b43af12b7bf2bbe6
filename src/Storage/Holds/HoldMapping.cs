using Microsoft.EntityFrameworkCore;

namespace Platform.Storage.Holds;

internal static class HoldMapping
{
    public static void Configure(ModelBuilder builder) => builder.Entity<HoldRow>(hold =>
    {
        hold.ToTable("holds");
        hold.HasIndex(h => new { h.TenantId, h.PlacedAt });
    });
}
