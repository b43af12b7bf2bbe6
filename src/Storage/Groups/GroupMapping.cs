using Microsoft.EntityFrameworkCore;
using Platform.Storage.Model;

namespace Platform.Storage.Groups;

internal static class GroupMapping
{
    public static void Configure(ModelBuilder builder)
    {
        builder.Entity<GroupRow>(group =>
        {
            group.ToTable("tenant_groups");
            group.HasIndex(g => new { g.TenantId, g.NameKey }).IsUnique();
            group.HasIndex(g => new { g.TenantId, g.ExternalId }).IsUnique();
            group.HasIndex(g => new { g.TenantId, g.Position });
            group.HasOne<TenantRow>().WithMany().HasForeignKey(g => g.TenantId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<GroupMemberRow>(member =>
        {
            member.ToTable("group_members");
            member.HasKey(m => new { m.GroupId, m.MemberId });
            member.HasIndex(m => m.MemberId);
            member.HasIndex(m => new { m.TenantId, m.GroupId });
            member.HasOne<GroupRow>().WithMany().HasForeignKey(m => m.GroupId).OnDelete(DeleteBehavior.Cascade);
        });
    }
}
