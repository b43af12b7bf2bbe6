using Microsoft.EntityFrameworkCore;

namespace Platform.Storage.ContentAccess;

internal static class ContentAccessMapping
{
    public static void Configure(ModelBuilder builder)
    {
        builder.Entity<ContentAccessRow>(access =>
        {
            access.ToTable("content_access");
            access.HasKey(a => a.TenantId);
        });
        builder.Entity<ContentRequestRow>(request =>
        {
            request.ToTable("content_requests");
            request.HasIndex(r => new { r.TenantId, r.RequestedAt });
            request.HasIndex(r => new { r.MessageId, r.RequestedBy });
        });
    }
}
