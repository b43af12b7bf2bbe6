using System.Collections.Concurrent;
using Platform.Storage.Directory;
using Platform.Storage.Transactions;

namespace Platform.Storage.Access;

/// <summary>Who comes in: a mailbox, a person with or without one, or, with neither, a program of the tenant.</summary>
public sealed record AccessWho(Guid TenantId, Guid? MailboxId = null, Guid? AccountId = null);

/// <summary>The rules in force, from memory; who is in which group is asked anew each time where groups have rules.</summary>
public interface IAccessBook
{
    /// <summary>Those that concern somebody, of every place from the tenant to the account. Empty for most: then nothing was asked of the database.</summary>
    ValueTask<IReadOnlyList<AccessRule>> OfAsync(AccessWho who, CancellationToken cancellationToken);
}

internal sealed class AccessBook(IRecipientDirectory directory, IReadConnections reads) : IAccessBook
{
    private readonly ConcurrentDictionary<Guid, Held> _held = new();

    public async ValueTask<IReadOnlyList<AccessRule>> OfAsync(AccessWho who, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(who);
        if (await directory.FindTenantAsync(who.TenantId, cancellationToken) is not { AccessRevision: > 0 } tenant)
            return [];
        var rules = await OfTenantAsync(tenant, cancellationToken);
        if (rules.Count == 0)
            return [];
        await using var sql = rules.Any(rule => rule.Place.Level != AccessLevel.Tenant) ? await reads.OpenAsync(cancellationToken) : null;
        return sql is null ? rules : await AccessLoad.ConcerningAsync(sql, rules, who, cancellationToken);
    }

    private async ValueTask<IReadOnlyList<AccessRule>> OfTenantAsync(TenantSettings tenant, CancellationToken cancellationToken)
    {
        if (_held.TryGetValue(tenant.Id, out var held) && held.Revision == tenant.AccessRevision)
            return held.Rules;
        await using var sql = await reads.OpenAsync(cancellationToken);
        var rules = await AccessLoad.OfTenantAsync(sql, tenant.Id, cancellationToken);
        // What changed during the read is newer than what was asked for, and is read again when the directory says so.
        _held[tenant.Id] = new Held(tenant.AccessRevision, rules);
        return rules;
    }

    private sealed record Held(long Revision, IReadOnlyList<AccessRule> Rules);
}
