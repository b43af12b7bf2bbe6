using Platform.Storage.Policies;

namespace Platform.Api.Edge;

/// <summary>Which place a request means: a group, a mailbox, the caller's MSP, or else a tenant.</summary>
internal static class PolicyPlaces
{
    /// <exception cref="ApiException">More than one is named, or none where there are several; it is unknown; or the caller is of no MSP.</exception>
    public static PolicyTarget Find(Caller caller, string? tenant, string? group, string? mailbox, bool msp)
    {
        if ((tenant is null ? 0 : 1) + (group is null ? 0 : 1) + (mailbox is null ? 0 : 1) + (msp ? 1 : 0) > 1)
            throw ApiException.BadInput("tenant", "Name one of 'tenant', 'group', 'mailbox' and 'msp'.");
        if (group is not null)
            return GlobalId.Find(group, NodeKind.Group) is { } id ? PolicyTarget.Group(id) : throw Unknown("group");
        if (mailbox is not null)
            return GlobalId.Find(mailbox, NodeKind.Mailbox) is { } id ? PolicyTarget.Mailbox(id) : throw Unknown("mailbox");
        if (!msp)
            return PolicyTarget.Tenant(caller.ForTenant(tenant).TenantId);
        return caller.Scope.MspId is { } own
            ? PolicyTarget.Msp(own)
            : throw new ApiException(ErrorCodes.Forbidden, "Only a client of an MSP sees and changes what the MSP sets.", 403, "msp");
    }

    public static ApiException Unknown(string field) => ApiException.NotFound(field, "No such tenant, group or mailbox is in reach of this client.");

    /// <summary>Null for the platform.</summary>
    public static string? IdOf(PolicyLevel level, Guid? id) => id is not { } key ? null : GlobalId.Of(
        level switch
        {
            PolicyLevel.Msp => NodeKind.Msp,
            PolicyLevel.Tenant => NodeKind.Tenant,
            PolicyLevel.Group => NodeKind.Group,
            _ => NodeKind.Mailbox,
        },
        key);
}
