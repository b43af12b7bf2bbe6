using Microsoft.EntityFrameworkCore;
using Platform.Storage.Model;
using Platform.Storage.Sending.Attackers;
using Platform.Storage.Sending.Correspondents;

namespace Platform.Storage.Sending;

internal static class SendingMapping
{
    public static void Configure(ModelBuilder builder)
    {
        builder.Entity<SendAccountRow>(account =>
        {
            account.ToTable("send_accounts");
            account.Property(a => a.Id).ValueGeneratedNever();
            account.HasIndex(a => a.BlockedUntil).HasFilter("blocked_until IS NOT NULL");
            account.HasIndex(a => new { a.TenantId, a.BlockedAt });
            account.HasOne<TenantRow>().WithMany().HasForeignKey(a => a.TenantId).OnDelete(DeleteBehavior.Restrict);
        });
        // On the mail path: no foreign key to the tenant.
        builder.Entity<SentRecipientRow>(recipient =>
        {
            recipient.ToTable("sent_recipients");
            recipient.HasKey(r => new { r.MailboxId, r.Address });
            recipient.HasIndex(r => new { r.MailboxId, r.FirstAt });
            recipient.HasIndex(r => r.LastAt);
            recipient.HasIndex(r => new { r.TenantId, r.Domain });
        });
        builder.Entity<OrganisationNameRow>(name =>
        {
            name.ToTable("organisation_names");
            name.HasKey(n => new { n.TenantId, n.Name, n.Domain });
            name.HasIndex(n => n.LastAt);
        });
        builder.Entity<AttackerRow>(attacker =>
        {
            attacker.ToTable("attackers");
            attacker.HasKey(a => new { a.TenantId, a.Name });
            attacker.HasIndex(a => new { a.TenantId, a.LastAt });
            attacker.HasIndex(a => a.LastAt);
        });
    }
}
