using Microsoft.EntityFrameworkCore;
using Platform.Storage.Model;

namespace Platform.Storage.Submission;

internal static class SubmissionMapping
{
    public static void Configure(ModelBuilder builder) => builder.Entity<AppPasswordRow>(password =>
    {
        password.ToTable("app_passwords");
        password.HasIndex(p => p.MailboxId);
        password.HasIndex(p => new { p.TenantId, p.CreatedAt });
        password.HasOne<TenantRow>().WithMany().HasForeignKey(p => p.TenantId).OnDelete(DeleteBehavior.Restrict);
    });
}
