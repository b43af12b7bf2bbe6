using Microsoft.EntityFrameworkCore;

namespace Platform.Storage.Accounts;

internal static class AccountMapping
{
    public static void Configure(ModelBuilder builder)
    {
        builder.Entity<AccountRow>(account =>
        {
            account.ToTable("accounts");
            account.HasIndex(a => a.Address).IsUnique();
            account.HasIndex(a => new { a.OwnerId, a.Address });
        });
        builder.Entity<RoleRow>(role =>
        {
            role.ToTable("roles");
            role.HasIndex(r => new { r.OwnerId, r.NameKey }).IsUnique();
        });
        builder.Entity<AccountRoleRow>(role =>
        {
            role.ToTable("account_roles");
            role.HasKey(r => new { r.AccountId, r.RoleId });
            role.HasIndex(r => new { r.OwnerId, r.RoleId });
            role.HasOne<AccountRow>().WithMany().HasForeignKey(r => r.AccountId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<InvitationRow>(invitation =>
        {
            invitation.ToTable("invitations");
            invitation.HasIndex(i => i.AccountId).IsUnique();
            invitation.HasIndex(i => i.TokenHash).IsUnique();
            invitation.HasOne<AccountRow>().WithMany().HasForeignKey(i => i.AccountId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<AccountRevisionRow>(revision =>
        {
            revision.ToTable("account_revisions");
            revision.HasKey(r => r.OwnerId);
        });
    }
}
