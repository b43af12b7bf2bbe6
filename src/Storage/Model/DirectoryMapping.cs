using Microsoft.EntityFrameworkCore;

namespace Platform.Storage.Model;

internal static class DirectoryMapping
{
    public static void Configure(ModelBuilder builder)
    {
        builder.Entity<MspRow>(msp =>
        {
            msp.ToTable("msps");
            msp.HasIndex(m => m.Slug).IsUnique();
            msp.Property(m => m.RulesRevision).HasDefaultValue(0L);
            msp.Property(m => m.PolicyRevision).HasDefaultValue(0L);
        });
        builder.Entity<TenantRow>(tenant =>
        {
            tenant.ToTable("tenants");
            tenant.HasIndex(t => t.Slug).IsUnique();
            tenant.HasOne<MspRow>().WithMany().HasForeignKey(t => t.MspId).OnDelete(DeleteBehavior.Restrict);
            tenant.Property(t => t.Version).IsConcurrencyToken();
            tenant.Property(t => t.RulesRevision).HasDefaultValue(0L);
            tenant.Property(t => t.PolicyRevision).HasDefaultValue(0L);
            // The sentinel is what the database gives by itself, so that false is written as well.
            tenant.Property(t => t.MspContentAccess).HasDefaultValue(true).HasSentinel(true);
        });
        builder.Entity<DomainRow>(domain =>
        {
            domain.ToTable("domains");
            domain.HasIndex(d => d.Name).IsUnique();
            domain.HasOne<TenantRow>().WithMany().HasForeignKey(d => d.TenantId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<MailboxRow>(mailbox =>
        {
            mailbox.ToTable("mailboxes");
            mailbox.HasIndex(m => m.Address).IsUnique();
            mailbox.HasIndex(m => new { m.TenantId, m.CreatedAt });
            mailbox.HasOne<TenantRow>().WithMany().HasForeignKey(m => m.TenantId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<MailboxAliasRow>(alias =>
        {
            alias.ToTable("mailbox_aliases");
            alias.HasKey(a => a.Address);
            alias.HasIndex(a => a.MailboxId);
            alias.HasOne<TenantRow>().WithMany().HasForeignKey(a => a.TenantId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<DirectoryVersionRow>(version =>
        {
            version.ToTable("directory_version");
            version.Property(v => v.Id).ValueGeneratedNever();
            version.HasData(new DirectoryVersionRow { Id = DirectoryVersionRow.TheOne, Version = 1 });
        });
    }
}
