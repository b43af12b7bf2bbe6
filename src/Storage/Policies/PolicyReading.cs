using Microsoft.EntityFrameworkCore;
using Platform.Storage.Directory;
using Platform.Storage.Model;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Policies;

/// <summary>What holds at a place, whence, and what that place sets itself.</summary>
public interface IPolicyReading
{
    /// <returns>Null when the place is unknown or out of reach.</returns>
    Task<PolicyView?> FindAsync(Scope scope, PolicyTarget target, CancellationToken cancellationToken);

    /// <summary>What would hold for the tenant's mailboxes with other values at a place, beside what holds now. Nothing is changed.</summary>
    /// <param name="values">By key of the setting; null unsets one.</param>
    /// <returns>Null when the place is unknown, out of reach, or not one over this tenant's mail.</returns>
    Task<PolicyTrial?> TryAsync(Scope scope, Guid tenantId, PolicyTarget target, IReadOnlyDictionary<string, string?> values, CancellationToken cancellationToken);
}

public sealed record PolicyTrial(PolicyOrigin Place, TenantPolicies Before, TenantPolicies After);

/// <param name="TenantId">Null for an MSP.</param>
/// <param name="Own">What is, or was, set at the place itself, by key of the setting.</param>
public sealed record PolicyView(PolicyTarget Target, string Name, Guid? TenantId, EffectivePolicy Effective, IReadOnlyDictionary<string, PolicyValueRow> Own);

internal sealed class PolicyReading(IPlatformDbFactory databases, IReadConnections reads, IRecipientDirectory directory, IPolicyBook book) : IPolicyReading
{
    public async Task<PolicyView?> FindAsync(Scope scope, PolicyTarget target, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.PolicyRead);
        await using var db = databases.Open(scope);
        var (name, tenantId) = await PlaceAsync(db, target, cancellationToken);
        if (name is null)
            return null;
        var own = await db.PolicyValues.AsNoTracking().Where(row => row.SubjectId == target.Id).ToDictionaryAsync(row => row.Setting, StringComparer.Ordinal, cancellationToken);
        if (tenantId is not { } tenant)
            return new PolicyView(target, name, null, OfMsp(target, name, own.Values), own);
        if (await directory.FindTenantAsync(tenant, cancellationToken) is not { } settings)
            return null;
        var policies = await book.OfAsync(settings, cancellationToken);
        var effective = target.Level switch
        {
            PolicyLevel.Group => policies.OfGroup(target.Id),
            PolicyLevel.Mailbox => policies.OfMailbox(target.Id),
            _ => policies.Tenant,
        };
        return new PolicyView(target, name, tenant, effective, own);
    }

    public async Task<PolicyTrial?> TryAsync(Scope scope, Guid tenantId, PolicyTarget target, IReadOnlyDictionary<string, string?> values, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.PolicyRead);
        scope.Require(tenantId);
        await using var db = databases.Open(scope);
        var (name, of) = await PlaceAsync(db, target, cancellationToken);
        if (name is null || (of is null ? (await directory.FindTenantAsync(tenantId, cancellationToken))?.MspId != target.Id : of != tenantId))
            return null;
        await using var sql = await reads.OpenAsync(cancellationToken);
        var before = await PolicyLoad.OfTenantAsync(sql, tenantId, target.Level == PolicyLevel.Group ? target.Id : null, cancellationToken);
        var place = new PolicyOrigin(target.Level, target.Id, name);
        return new PolicyTrial(place, before, before.With(place, values));
    }

    private static EffectivePolicy OfMsp(PolicyTarget target, string name, IEnumerable<PolicyValueRow> own)
    {
        var values = own.Where(row => row.Value is not null).ToDictionary(row => row.Setting, row => new LayerValue(row.Value!, row.Locked), StringComparer.Ordinal);
        return PolicyResolution.Resolve([new PolicyLayer(new PolicyOrigin(PolicyLevel.Msp, target.Id, name), values)]);
    }

    private static async Task<(string? Name, Guid? TenantId)> PlaceAsync(PlatformDb db, PolicyTarget target, CancellationToken cancellationToken)
    {
        switch (target.Level)
        {
            case PolicyLevel.Msp:
                return (await db.Msps.Where(row => row.Id == target.Id).Select(row => row.Name).SingleOrDefaultAsync(cancellationToken), null);
            case PolicyLevel.Tenant:
                return (await db.Tenants.Where(row => row.Id == target.Id).Select(row => row.Name).SingleOrDefaultAsync(cancellationToken), target.Id);
            case PolicyLevel.Group:
                var group = await db.Groups.Where(row => row.Id == target.Id).Select(row => new { row.Name, row.TenantId }).SingleOrDefaultAsync(cancellationToken);
                return (group?.Name, group?.TenantId);
            case PolicyLevel.Mailbox:
                var mailbox = await db.Mailboxes.Where(row => row.Id == target.Id).Select(row => new { row.Address, row.TenantId }).SingleOrDefaultAsync(cancellationToken);
                return (mailbox?.Address, mailbox?.TenantId);
            default:
                return (null, null);
        }
    }
}
