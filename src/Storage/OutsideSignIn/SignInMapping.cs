using Microsoft.EntityFrameworkCore;
using Platform.Storage.Model;

namespace Platform.Storage.OutsideSignIn;

internal static class SignInMapping
{
    public static void Configure(ModelBuilder builder)
    {
        builder.Entity<SignInProviderRow>(provider =>
        {
            provider.ToTable("sign_in_providers");
            provider.HasIndex(p => new { p.TenantId, p.CreatedAt });
            provider.HasOne<TenantRow>().WithMany().HasForeignKey(p => p.TenantId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<DomainRow>().HasIndex(d => d.SignInProviderId);
    }
}
