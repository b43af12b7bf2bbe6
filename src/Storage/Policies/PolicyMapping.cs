using Microsoft.EntityFrameworkCore;

namespace Platform.Storage.Policies;

internal static class PolicyMapping
{
    public static void Configure(ModelBuilder builder) => builder.Entity<PolicyValueRow>(value =>
    {
        value.ToTable("policy_values");
        value.HasKey(v => new { v.SubjectId, v.Setting });
        value.HasIndex(v => new { v.OwnerId, v.Level });
        value.HasIndex(v => v.TemplateId);
    });
}
