using Microsoft.EntityFrameworkCore;

namespace Platform.Storage.Templates;

internal static class TemplateMapping
{
    public static void Configure(ModelBuilder builder)
    {
        builder.Entity<PolicyTemplateRow>(template =>
        {
            template.ToTable("policy_templates");
            template.HasIndex(t => new { t.OwnerId, t.NameKey }).IsUnique();
        });
        builder.Entity<TemplateApplicationRow>(application =>
        {
            application.ToTable("template_applications");
            application.HasIndex(a => new { a.TemplateId, a.AppliedAt });
            application.HasIndex(a => a.OwnerId);
        });
    }
}
