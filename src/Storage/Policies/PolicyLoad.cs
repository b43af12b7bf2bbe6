using Platform.Storage.Transactions;

namespace Platform.Storage.Policies;

/// <summary>Reads what is set into layers.</summary>
internal static class PolicyLoad
{
    /// <param name="groupToo">A group to know the members of, also when it sets nothing.</param>
    public static async ValueTask<TenantPolicies> OfTenantAsync(SqlSession sql, Guid tenantId, Guid? groupToo, CancellationToken cancellationToken)
    {
        var set = await sql.QueryAsync(
            """
            SELECT v.subject_id, v.level, v.setting, v.value, v.locked, COALESCE(b.address, g.name, m.name, t.name), COALESCE(g.position, 0)
            FROM tenants t JOIN policy_values v ON v.value IS NOT NULL AND (v.owner_id = t.id OR v.owner_id = t.msp_id)
                LEFT JOIN msps m ON m.id = v.subject_id
                LEFT JOIN tenant_groups g ON g.id = v.subject_id
                LEFT JOIN mailboxes b ON b.id = v.subject_id
            WHERE t.id = @tenant
            """,
            row => new SetValue(
                new PolicyOrigin(row.Name<PolicyLevel>(1), row.GetGuid(0), row.GetString(5)), row.GetInt32(6), row.GetString(2), new LayerValue(row.GetString(3), row.GetBoolean(4))),
            cancellationToken,
            ("@tenant", tenantId));
        var layers = Layers(set);
        var groups = layers.Where(layer => layer.Origin.Level == PolicyLevel.Group).ToList();
        if (groupToo is { } asked && groups.TrueForAll(layer => layer.Origin.Id != asked))
            groups = await WithAsync(sql, tenantId, asked, groups, set, cancellationToken);
        return new TenantPolicies(
            [.. layers.Where(layer => layer.Origin.Level < PolicyLevel.Group)],
            groups,
            groups.Count == 0 ? new Dictionary<Guid, IReadOnlyList<int>>() : await PlacesAsync(sql, tenantId, groupToo, groups, cancellationToken),
            layers.Where(layer => layer.Origin.Level == PolicyLevel.Mailbox).ToDictionary(layer => layer.Origin.Id!.Value));
    }

    /// <summary>What MSP, tenant and the groups of a mailbox set, from the outside in: the last of the groups first.</summary>
    /// <param name="mailboxId">In no group when it is none of the tenant's.</param>
    public static async ValueTask<IReadOnlyList<PolicyLayer>> AboveAsync(SqlSession sql, Guid tenantId, Guid mailboxId, CancellationToken cancellationToken)
    {
        var set = await sql.QueryAsync(
            """
            SELECT v.subject_id, v.level, v.setting, v.value, v.locked, COALESCE(g.name, m.name, t.name), COALESCE(g.position, 0)
            FROM tenants t JOIN policy_values v ON v.value IS NOT NULL AND (v.owner_id = t.id OR v.owner_id = t.msp_id)
                LEFT JOIN msps m ON m.id = v.subject_id
                LEFT JOIN tenant_groups g ON g.id = v.subject_id
            WHERE t.id = @tenant AND (v.level IN ('Msp', 'Tenant') OR v.subject_id IN (
                SELECT p.group_id FROM group_members p LEFT JOIN accounts a ON a.id = p.member_id WHERE COALESCE(a.mailbox_id, p.member_id) = @mailbox))
            """,
            row => new SetValue(
                new PolicyOrigin(row.Name<PolicyLevel>(1), row.GetGuid(0), row.GetString(5)), -row.GetInt32(6), row.GetString(2), new LayerValue(row.GetString(3), row.GetBoolean(4))),
            cancellationToken,
            ("@tenant", tenantId),
            ("@mailbox", mailboxId));
        return Layers(set);
    }

    /// <summary>One layer for each place, from the outside in; groups by their position.</summary>
    public static List<PolicyLayer> Layers(IEnumerable<SetValue> set) =>
    [
        .. set.GroupBy(value => value.Origin)
            .OrderBy(place => place.Key.Level).ThenBy(place => place.First().Position).ThenBy(place => place.Key.Id)
            .Select(place => new PolicyLayer(place.Key, place.ToDictionary(value => value.Setting, value => value.Value, StringComparer.Ordinal))),
    ];

    /// <summary>The groups with one more, that sets nothing, in its place among them.</summary>
    private static async ValueTask<List<PolicyLayer>> WithAsync(
        SqlSession sql, Guid tenantId, Guid groupId, List<PolicyLayer> groups, List<SetValue> set, CancellationToken cancellationToken)
    {
        var (name, position) = await sql.FirstAsync(
            "SELECT name, position FROM tenant_groups WHERE id = @id AND tenant_id = @tenant",
            row => (row.GetString(0), row.GetInt32(1)),
            cancellationToken,
            ("@id", groupId),
            ("@tenant", tenantId));
        if (name is null)
            return groups;
        var before = groups.Count(layer => set.First(value => value.Origin == layer.Origin).Position < position);
        groups.Insert(before, new PolicyLayer(new PolicyOrigin(PolicyLevel.Group, groupId, name), new Dictionary<string, LayerValue>()));
        return groups;
    }

    private static async ValueTask<Dictionary<Guid, IReadOnlyList<int>>> PlacesAsync(
        SqlSession sql, Guid tenantId, Guid? groupToo, List<PolicyLayer> groups, CancellationToken cancellationToken)
    {
        var indexOf = groups.Select((layer, index) => (layer, index)).ToDictionary(pair => pair.layer.Origin.Id!.Value, pair => pair.index);
        var members = await sql.QueryAsync(
            """
            SELECT m.group_id, COALESCE(a.mailbox_id, m.member_id) FROM group_members m LEFT JOIN accounts a ON a.id = m.member_id
            WHERE m.tenant_id = @tenant AND (m.group_id = @too OR EXISTS (SELECT 1 FROM policy_values v WHERE v.subject_id = m.group_id AND v.value IS NOT NULL))
            """,
            row => (Group: row.GetGuid(0), Mailbox: row.GetGuid(1)),
            cancellationToken,
            ("@tenant", tenantId),
            ("@too", groupToo ?? Guid.Empty));
        return members.Where(member => indexOf.ContainsKey(member.Group))
            .GroupBy(member => member.Mailbox)
            .ToDictionary(mailbox => mailbox.Key, mailbox => (IReadOnlyList<int>)[.. mailbox.Select(member => indexOf[member.Group]).Distinct().Order()]);
    }
}

/// <summary>One row of what is set.</summary>
/// <param name="Position">Of the group among those of its tenant.</param>
internal sealed record SetValue(PolicyOrigin Origin, int Position, string Setting, LayerValue Value);
