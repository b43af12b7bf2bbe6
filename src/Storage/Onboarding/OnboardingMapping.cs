using Microsoft.EntityFrameworkCore;
using Platform.Storage.Model;
using Platform.Storage.Onboarding.Flow;
using Platform.Storage.Onboarding.Ldap;

namespace Platform.Storage.Onboarding;

internal static class OnboardingMapping
{
    public static void Configure(ModelBuilder builder)
    {
        builder.Entity<DomainClaimRow>(claim =>
        {
            claim.ToTable("domain_claims");
            claim.HasIndex(c => new { c.TenantId, c.Name }).IsUnique();
            claim.HasIndex(c => c.DueAt);
            claim.HasOne<TenantRow>().WithMany().HasForeignKey(c => c.TenantId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<FlowCheckRow>(check =>
        {
            check.ToTable("flow_checks");
            check.HasIndex(c => new { c.TenantId, c.CreatedAt });
            check.HasIndex(c => new { c.State, c.CreatedAt });
            check.HasOne<TenantRow>().WithMany().HasForeignKey(c => c.TenantId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<LdapDirectoryRow>(directory =>
        {
            directory.ToTable("ldap_directories");
            directory.HasIndex(d => d.TenantId).IsUnique();
            directory.HasOne<TenantRow>().WithMany().HasForeignKey(d => d.TenantId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
