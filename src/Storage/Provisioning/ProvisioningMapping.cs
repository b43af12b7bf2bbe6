using Microsoft.EntityFrameworkCore;
using Platform.Storage.Accounts;
using Platform.Storage.Model;

namespace Platform.Storage.Provisioning;

internal static class ProvisioningMapping
{
    public static void Configure(ModelBuilder builder)
    {
        builder.Entity<ProvisioningRow>(settings =>
        {
            settings.ToTable("provisioning");
            settings.HasKey(s => s.TenantId);
            settings.HasOne<TenantRow>().WithMany().HasForeignKey(s => s.TenantId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<ProvisioningKeyRow>(key =>
        {
            key.ToTable("provisioning_keys");
            key.HasIndex(k => k.Hash).IsUnique();
            key.HasIndex(k => new { k.TenantId, k.CreatedAt });
            key.HasOne<TenantRow>().WithMany().HasForeignKey(k => k.TenantId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<ProvisionedAccountRow>(account =>
        {
            account.ToTable("provisioned_accounts");
            account.HasKey(a => a.AccountId);
            account.HasIndex(a => new { a.TenantId, a.ExternalId });
            account.HasOne<AccountRow>().WithMany().HasForeignKey(a => a.AccountId).OnDelete(DeleteBehavior.Cascade);
        });
    }
}
