using Microsoft.EntityFrameworkCore;
using Platform.Storage.Model;
using Platform.Storage.Outgoing.Approvals;
using Platform.Storage.Outgoing.Rules;

namespace Platform.Storage.Outgoing;

internal static class OutgoingMapping
{
    public static void Configure(ModelBuilder builder)
    {
        builder.Entity<SendRuleRow>(rule =>
        {
            rule.ToTable("send_rules", table => table.HasCheckConstraint("ck_send_rules_owner", "(tenant_id IS NULL) <> (msp_id IS NULL)"));
            rule.HasIndex(r => new { r.TenantId, r.Position });
            rule.HasIndex(r => new { r.MspId, r.Position });
            rule.HasOne<TenantRow>().WithMany().HasForeignKey(r => r.TenantId).OnDelete(DeleteBehavior.Restrict);
            rule.HasOne<MspRow>().WithMany().HasForeignKey(r => r.MspId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<ApprovalChainRow>(chain =>
        {
            chain.ToTable("approval_chains");
            chain.HasIndex(c => new { c.TenantId, c.NameKey }).IsUnique();
        });
        builder.Entity<ApprovalRow>(approval =>
        {
            approval.ToTable("approvals");
            approval.HasIndex(a => new { a.DeliveryId, a.State });
            approval.HasIndex(a => new { a.TenantId, a.State, a.StartedAt });
            approval.HasIndex(a => a.MessageId);
            approval.HasIndex(a => a.RemindAt).HasFilter("remind_at IS NOT NULL");
        });
        builder.Entity<ApprovalVoteRow>(vote =>
        {
            vote.ToTable("approval_votes");
            vote.HasKey(v => new { v.ApprovalId, v.Step, v.ForId });
            vote.HasIndex(v => v.MessageId);
        });
        builder.Entity<ApprovalDeputyRow>(deputy =>
        {
            deputy.ToTable("approval_deputies");
            deputy.HasIndex(d => new { d.TenantId, d.AccountId });
            deputy.HasIndex(d => d.DeputyId);
        });
    }
}
