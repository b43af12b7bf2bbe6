using Microsoft.EntityFrameworkCore;
using Platform.Storage.Model;

namespace Platform.Storage.Rules;

internal static class RuleMapping
{
    public static void Configure(ModelBuilder builder)
    {
        builder.Entity<RuleRow>(rule =>
        {
            rule.ToTable("rules", table => table.HasCheckConstraint("ck_rules_owner", "(tenant_id IS NULL) <> (msp_id IS NULL)"));
            rule.HasIndex(r => new { r.TenantId, r.Position });
            rule.HasIndex(r => new { r.MspId, r.Position });
            rule.HasOne<TenantRow>().WithMany().HasForeignKey(r => r.TenantId).OnDelete(DeleteBehavior.Restrict);
            rule.HasOne<MspRow>().WithMany().HasForeignKey(r => r.MspId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<RuleReplayRow>(replay =>
        {
            replay.ToTable("rule_replays");
            replay.HasIndex(r => new { r.TenantId, r.CreatedAt });
        });
    }
}
