using Platform.Storage.Directory;
using Platform.Storage.Plans;
using Platform.Storage.Transactions;

namespace Platform.Storage.Onboarding.Mailboxes;

internal sealed record KnownMailbox(Guid Id, string Address, string? DisplayName)
{
    public List<string> Aliases { get; } = [];
}

/// <summary>A tenant's domains, mailboxes and groups as they stand before a list is taken.</summary>
internal sealed class KnownMailboxes
{
    private readonly HashSet<(Guid Group, Guid Member)> _members;

    private KnownMailboxes(HashSet<string> domains, Dictionary<string, KnownMailbox> mailboxes, Dictionary<string, Guid> groups, HashSet<(Guid Group, Guid Member)> members, IReadOnlySet<string> services, long? room)
    {
        _members = members;
        Domains = domains;
        Mailboxes = mailboxes;
        Groups = groups;
        Services = services;
        Room = room;
        Aliases = mailboxes.Values.SelectMany(mailbox => mailbox.Aliases, (mailbox, alias) => (alias, mailbox.Address)).ToDictionary(pair => pair.alias, pair => pair.Address);
    }

    public HashSet<string> Domains { get; }

    /// <summary>By address.</summary>
    public Dictionary<string, KnownMailbox> Mailboxes { get; }

    /// <summary>The mailbox that each leads to.</summary>
    public Dictionary<string, string> Aliases { get; }

    /// <summary>By name in lower case.</summary>
    public Dictionary<string, Guid> Groups { get; }

    /// <summary>The tenant's report and journal address.</summary>
    public IReadOnlySet<string> Services { get; }

    /// <summary>Mailboxes that the plan has room for; null: any number.</summary>
    public long? Room { get; }

    public bool IsIn(string group, Guid mailbox) => Groups.TryGetValue(group.ToLowerInvariant(), out var id) && _members.Contains((id, mailbox));

    public static async ValueTask<KnownMailboxes> LoadAsync(SqlSession sql, Guid tenantId, CancellationToken cancellationToken)
    {
        var tenant = ("@tenant", (object?)tenantId);
        var domains = await sql.QueryAsync("SELECT name FROM domains WHERE tenant_id = @tenant", row => row.GetString(0), cancellationToken, tenant);
        var mailboxes = (await sql.QueryAsync(
            "SELECT id, address, display_name FROM mailboxes WHERE tenant_id = @tenant", row => new KnownMailbox(row.GetGuid(0), row.GetString(1), row.Text(2)), cancellationToken, tenant)).ToDictionary(mailbox => mailbox.Address);
        var byId = mailboxes.Values.ToDictionary(mailbox => mailbox.Id);
        foreach (var (id, alias) in await sql.QueryAsync("SELECT mailbox_id, address FROM mailbox_aliases WHERE tenant_id = @tenant ORDER BY address", row => (row.GetGuid(0), row.GetString(1)), cancellationToken, tenant))
        {
            if (byId.TryGetValue(id, out var mailbox))
                mailbox.Aliases.Add(alias);
        }

        var groups = await sql.QueryAsync("SELECT id, name_key FROM tenant_groups WHERE tenant_id = @tenant", row => (Id: row.GetGuid(0), Key: row.GetString(1)), cancellationToken, tenant);
        var members = await sql.QueryAsync("SELECT group_id, member_id FROM group_members WHERE tenant_id = @tenant", row => (row.GetGuid(0), row.GetGuid(1)), cancellationToken, tenant);
        var services = await TenantAddresses.OfServicesAsync(sql, tenantId, cancellationToken);
        var limit = TenantPlan.Read(await sql.FirstAsync("SELECT plan FROM tenants WHERE id = @tenant", row => row.Text(0), cancellationToken, tenant))?.Mailboxes;
        return new KnownMailboxes([.. domains], mailboxes, groups.ToDictionary(group => group.Key, group => group.Id), [.. members], services, limit - mailboxes.Count);
    }
}
