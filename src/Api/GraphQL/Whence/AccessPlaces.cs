using Platform.Api.Edge;
using Platform.Storage.Access;

namespace Platform.Api.GraphQL.Whence;

/// <summary>Which place a request means: a group, a mailbox, an account, or else a tenant.</summary>
internal static class AccessPlaces
{
    /// <exception cref="ApiException">More than one is named, or none where there are several tenants, or it is unknown.</exception>
    public static AccessTarget Find(Caller caller, string? tenant, string? group, string? mailbox, string? account)
    {
        if (new[] { tenant, group, mailbox, account }.Count(given => given is not null) > 1)
            throw ApiException.BadInput("tenant", "Name one of 'tenant', 'group', 'mailbox' and 'account'.");
        if (group is not null)
            return new AccessTarget(AccessLevel.Group, GlobalId.Find(group, NodeKind.Group) ?? throw Unknown("group"));
        if (mailbox is not null)
            return new AccessTarget(AccessLevel.Mailbox, GlobalId.Find(mailbox, NodeKind.Mailbox) ?? throw Unknown("mailbox"));
        return account is not null
            ? new AccessTarget(AccessLevel.Account, GlobalId.Find(account, NodeKind.Account) ?? throw Unknown("account"))
            : new AccessTarget(AccessLevel.Tenant, caller.ForTenant(tenant).TenantId);
    }

    public static string IdOf(AccessTarget place) => GlobalId.Of(
        place.Level switch
        {
            AccessLevel.Tenant => NodeKind.Tenant,
            AccessLevel.Group => NodeKind.Group,
            AccessLevel.Mailbox => NodeKind.Mailbox,
            _ => NodeKind.Account,
        },
        place.Id);

    public static ApiException Unknown(string field) => ApiException.NotFound(field, "No such tenant, group, mailbox or account is in reach of this client.");
}
