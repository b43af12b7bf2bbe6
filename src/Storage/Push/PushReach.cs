using Platform.Storage.Directory;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Push;

/// <summary>Who may say whereto events go: of a tenant's whoever has the tenant in reach, of an MSP's the MSP alone.</summary>
internal static class PushReach
{
    public static Refusal? Refuse(Scope scope, PushOwner owner) =>
        owner.IsMsp
            ? scope.MspId == owner.Id ? null : new Refusal("FORBIDDEN", "Only a client of an MSP pushes the events of all its tenants.")
            : scope.Tenants.Contains(owner.Id) ? null : Refusal.NoTenant;

    public static bool Reaches(Scope scope, PushOwner owner) => Refuse(scope, owner) is null;

    /// <summary>Everyone whose events go there: each is told of a change, in its feed and its audit chain.</summary>
    public static async ValueTask<IReadOnlyList<Guid>> TenantsAsync(MoveSession session, PushOwner owner, CancellationToken cancellationToken) => owner.IsMsp
        ? await session.Sql.QueryAsync("SELECT id FROM tenants WHERE msp_id = @owner", row => row.GetGuid(0), cancellationToken, ("@owner", owner.Id))
        : [owner.Id];
}
