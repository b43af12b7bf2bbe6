using System.Collections.Concurrent;
using Platform.Storage.Directory;
using Platform.Storage.Transactions;

namespace Platform.Storage.Policies;

/// <summary>The policies that are in force, from memory.</summary>
public interface IPolicyBook
{
    /// <param name="tenant">As the directory knows it now: its <see cref="TenantSettings.Policies"/> say when to read anew.</param>
    ValueTask<TenantPolicies> OfAsync(TenantSettings tenant, CancellationToken cancellationToken);
}

/// <summary>How often the policy of a tenant (its groups and mailboxes among it) and that of its MSP were changed.</summary>
public sealed record PolicyRevisions(long Tenant, long Msp)
{
    public static PolicyRevisions None { get; } = new(0, 0);
}

/// <summary>Keeps the policies of each tenant resolved until the directory says that they were changed.</summary>
internal sealed class PolicyBook(IReadConnections reads) : IPolicyBook
{
    private readonly ConcurrentDictionary<Guid, Held> _held = new();

    public async ValueTask<TenantPolicies> OfAsync(TenantSettings tenant, CancellationToken cancellationToken)
    {
        if (tenant.Policies == PolicyRevisions.None)
            return TenantPolicies.Unset;
        if (_held.TryGetValue(tenant.Id, out var held) && held.Asked == tenant.Policies)
            return held.Policies;
        await using var sql = await reads.OpenAsync(cancellationToken);
        var policies = await PolicyLoad.OfTenantAsync(sql, tenant.Id, groupToo: null, cancellationToken);
        // What changed during the read is newer than what was asked for, and is read again when the directory says so.
        _held[tenant.Id] = new Held(tenant.Policies, policies);
        return policies;
    }

    private sealed record Held(PolicyRevisions Asked, TenantPolicies Policies);
}
