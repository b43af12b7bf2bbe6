using System.Net;
using Platform.Storage.Directory;
using Platform.Storage.Transactions;

namespace Platform.Storage.Access;

/// <summary>Reads rules, and which of them concern somebody.</summary>
internal static class AccessLoad
{
    public static async ValueTask<IReadOnlyList<AccessRule>> OfTenantAsync(SqlSession sql, Guid tenantId, CancellationToken cancellationToken) => await sql.QueryAsync(
        """
        SELECT r.id, r.level, r.subject_id, COALESCE(b.address, a.address, g.name, t.name), r.services, r.networks, r.countries, r.countries_excluded, r.takes_unknown_country, r.expires_at
        FROM access_rules r JOIN tenants t ON t.id = r.tenant_id
            LEFT JOIN tenant_groups g ON g.id = r.subject_id
            LEFT JOIN mailboxes b ON b.id = r.subject_id
            LEFT JOIN accounts a ON a.id = r.subject_id
        WHERE r.tenant_id = @tenant ORDER BY r.created_at, r.id
        """,
        row => new AccessRule(
            row.GetGuid(0),
            new AccessTarget(row.Name<AccessLevel>(1), row.GetGuid(2)),
            row.GetString(3),
            0,
            TenantJson.ReadList(row.GetString(4)).Select(AccessServices.Find).OfType<AccessService>().ToHashSet(),
            [.. TenantJson.ReadList(row.GetString(5)).Select(IPNetwork.Parse)],
            TenantJson.ReadList(row.GetString(6)).ToHashSet(StringComparer.Ordinal),
            row.GetBoolean(7),
            row.GetBoolean(8),
            row.IsDBNull(9) ? null : row.Time(9)),
        cancellationToken,
        ("@tenant", tenantId));

    /// <summary>Of a tenant's rules those of the tenant, of the groups that somebody is in, of its mailbox and of its account. A person's own mailbox stands for it, and it for its mailbox.</summary>
    public static async ValueTask<IReadOnlyList<AccessRule>> ConcerningAsync(SqlSession sql, IReadOnlyList<AccessRule> rules, AccessWho who, CancellationToken cancellationToken)
    {
        var mailbox = who.MailboxId ?? (who.AccountId is { } account
            ? await sql.FirstAsync("SELECT mailbox_id FROM accounts WHERE id = @id", row => row.Id(0), cancellationToken, ("@id", account))
            : null);
        var person = who.AccountId ?? (mailbox is { } own && rules.Any(rule => rule.Place.Level == AccessLevel.Account)
            ? await sql.FirstAsync("SELECT id FROM accounts WHERE owner_id = @tenant AND mailbox_id = @mailbox", row => (Guid?)row.GetGuid(0), cancellationToken, ("@tenant", who.TenantId), ("@mailbox", own))
            : null);
        Dictionary<Guid, int> groups = [];
        if ((mailbox ?? who.AccountId) is not null && rules.Any(rule => rule.Place.Level == AccessLevel.Group))
        {
            var found = await sql.QueryAsync(
                """
                SELECT DISTINCT g.id, g.position FROM group_members p JOIN tenant_groups g ON g.id = p.group_id LEFT JOIN accounts a ON a.id = p.member_id
                WHERE p.tenant_id = @tenant AND (p.member_id = @account OR COALESCE(a.mailbox_id, p.member_id) = @mailbox)
                """,
                row => (Id: row.GetGuid(0), Position: row.GetInt32(1)),
                cancellationToken,
                ("@tenant", who.TenantId),
                ("@account", who.AccountId ?? Guid.Empty),
                ("@mailbox", mailbox ?? Guid.Empty));
            groups = found.ToDictionary(group => group.Id, group => group.Position);
        }

        return
        [
            .. rules.Where(rule => rule.Place.Level switch
            {
                AccessLevel.Tenant => true,
                AccessLevel.Group => groups.ContainsKey(rule.Place.Id),
                AccessLevel.Mailbox => rule.Place.Id == mailbox,
                _ => rule.Place.Id == person,
            }).Select(rule => rule.Place.Level == AccessLevel.Group ? rule with { Position = groups[rule.Place.Id] } : rule),
        ];
    }
}
