using Microsoft.EntityFrameworkCore;

namespace Platform.Storage.Reports;

internal static class ReportMapping
{
    public static void Configure(ModelBuilder builder)
    {
        builder.Entity<ReportRow>(report =>
        {
            report.ToTable("reports");
            report.HasIndex(r => new { r.TenantId, r.State, r.ReportedAt });
            report.HasIndex(r => r.MessageId);
            report.HasIndex(r => new { r.MailboxId, r.ReportedAt });
        });
        builder.Entity<ReportMailRow>(mail =>
        {
            mail.ToTable("report_mails");
            mail.HasKey(m => m.MessageId);
        });
        builder.Entity<LearningLabelRow>(label =>
        {
            label.ToTable("learning_labels");
            label.HasKey(l => l.MessageId);
            label.HasIndex(l => new { l.TenantId, l.LabelledAt });
        });
    }
}
