using Microsoft.EntityFrameworkCore;
using Platform.Storage.Model;

namespace Platform.Storage.Connectors;

internal static class ConnectorMapping
{
    public static void Configure(ModelBuilder builder) => builder.Entity<ConnectorRow>(connector =>
    {
        connector.ToTable("connectors");
        connector.HasIndex(c => c.Login).IsUnique();
        connector.HasIndex(c => new { c.TenantId, c.CreatedAt });
        connector.HasOne<TenantRow>().WithMany().HasForeignKey(c => c.TenantId).OnDelete(DeleteBehavior.Restrict);
    });
}
