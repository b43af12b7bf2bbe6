using Microsoft.EntityFrameworkCore;

namespace Platform.Storage.TenantExports;

internal static class TenantExportMapping
{
    public static void Configure(ModelBuilder builder) => builder.Entity<TenantExportRow>(export =>
    {
        export.ToTable("tenant_exports");
        export.HasIndex(e => new { e.TenantId, e.CreatedAt });
    });
}
