using Microsoft.EntityFrameworkCore;
using Platform.Storage.Model;

namespace Platform.Storage.Transport;

internal static class TransportMapping
{
    public static void Configure(ModelBuilder builder)
    {
        builder.Entity<TransportPolicyRow>(policy =>
        {
            policy.ToTable("transport_policies");
            policy.HasIndex(p => new { p.TenantId, p.Domain }).IsUnique();
            policy.HasOne<TenantRow>().WithMany().HasForeignKey(p => p.TenantId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<TransportDestinationRow>(destination =>
        {
            destination.ToTable("transport_destinations");
            destination.HasIndex(d => new { d.TenantId, d.Domain }).IsUnique();
            destination.HasIndex(d => new { d.TenantId, d.CreatedAt });
            destination.HasOne<TenantRow>().WithMany().HasForeignKey(d => d.TenantId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<TransportSessionRow>(session =>
        {
            session.ToTable("transport_sessions");
            session.HasKey(s => new { s.TenantId, s.Day, s.Domain, s.Policy, s.Source, s.MxHost, s.Address, s.Result });
            session.HasIndex(s => new { s.TenantId, s.Domain });
            session.HasIndex(s => s.Day);
            session.HasOne<TenantRow>().WithMany().HasForeignKey(s => s.TenantId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<MtaStsPolicyRow>(policy =>
        {
            policy.ToTable("mta_sts_policies");
            policy.HasKey(p => p.Domain);
        });
        builder.Entity<TlsReportRow>(report =>
        {
            report.ToTable("tls_reports");
            report.HasIndex(r => new { r.TenantId, r.Domain, r.Day }).IsUnique();
            report.HasIndex(r => r.DueAt).HasFilter("due_at IS NOT NULL");
            report.HasOne<TenantRow>().WithMany().HasForeignKey(r => r.TenantId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<DkimKeyRow>(key =>
        {
            key.ToTable("dkim_keys");
            key.HasIndex(k => new { k.TenantId, k.CreatedAt });
            key.HasIndex(k => new { k.TenantId, k.Domain, k.Selector }).IsUnique();
            key.HasIndex(k => k.DueAt).HasFilter("due_at IS NOT NULL");
            key.HasOne<TenantRow>().WithMany().HasForeignKey(k => k.TenantId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
