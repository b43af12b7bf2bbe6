using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Storage.Events;
using Platform.Storage.OutsideSignIn;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Groups;

internal sealed record StoredGroup(Guid Id, string Name, string? ExternalId, int Position)
{
    public string NameKey => Name.ToLowerInvariant();
}

/// <summary>The groups of one tenant inside a move that holds the lock of its policy: what is read here no other move changes before the end.</summary>
internal sealed class LockedGroups
{
    private readonly MoveSession _session;
    private readonly Guid _tenantId;

    private LockedGroups(MoveSession session, Guid tenantId) => (_session, _tenantId) = (session, tenantId);

    /// <summary>The revision of the tenant's policy grows, so that every process reads its groups anew.</summary>
    public static async ValueTask<LockedGroups> OpenAsync(MoveSession session, Guid tenantId, CancellationToken cancellationToken)
    {
        await session.Sql.ExecuteAsync("UPDATE tenants SET policy_revision = policy_revision + 1 WHERE id = @id", cancellationToken, ("@id", tenantId));
        return new LockedGroups(session, tenantId);
    }

    /// <summary>Whoever changes a group that gives roles holds them (<see cref="RoleMapRules.CheckGroupAsync"/>).</summary>
    public ValueTask CheckRolesAsync(Scope scope, IReadOnlySet<string> names, CancellationToken cancellationToken) =>
        RoleMapRules.CheckGroupAsync(_session, scope, _tenantId, names, cancellationToken);

    /// <summary>An account in a group stands for its mailbox: whichever that is now, the policies are read anew.</summary>
    public static async ValueTask AccountChangedAsync(MoveSession session, Guid accountId, bool removed, CancellationToken cancellationToken)
    {
        var changed = await session.Sql.ExecuteAsync(
            "UPDATE tenants SET policy_revision = policy_revision + 1 WHERE id IN (SELECT tenant_id FROM group_members WHERE member_id = @id)", cancellationToken, ("@id", accountId));
        if (changed == 0)
            return;
        await session.Sql.ExecuteAsync("UPDATE directory_version SET version = version + 1 WHERE id = 1", cancellationToken);
        if (removed)
            await session.Sql.ExecuteAsync("DELETE FROM group_members WHERE member_id = @id", cancellationToken, ("@id", accountId));
    }

    public static ValueTask<Guid?> TenantOfAsync(MoveSession session, Guid groupId, CancellationToken cancellationToken) => session.Sql.FirstAsync(
        "SELECT tenant_id FROM tenant_groups WHERE id = @id", row => (Guid?)row.GetGuid(0), cancellationToken, ("@id", groupId));

    public ValueTask<List<StoredGroup>> AllAsync(CancellationToken cancellationToken) => _session.Sql.QueryAsync(
        "SELECT id, name, external_id, position FROM tenant_groups WHERE tenant_id = @tenant ORDER BY position, id",
        row => new StoredGroup(row.GetGuid(0), row.GetString(1), row.Text(2), row.GetInt32(3)),
        cancellationToken,
        ("@tenant", _tenantId));

    public ValueTask<int> InsertAsync(StoredGroup group, string actor, CancellationToken cancellationToken) => _session.Sql.ExecuteAsync(
        """
        INSERT INTO tenant_groups (id, tenant_id, name, name_key, external_id, position, created_at, changed_at, changed_by)
        VALUES (@id, @tenant, @name, @key, @external, @position, @now, @now, @actor)
        """,
        cancellationToken,
        ("@id", group.Id),
        ("@tenant", _tenantId),
        ("@name", group.Name),
        ("@key", group.NameKey),
        ("@external", group.ExternalId),
        ("@position", group.Position),
        ("@now", _session.NowMilliseconds),
        ("@actor", actor));

    public ValueTask<int> WriteAsync(StoredGroup group, string actor, CancellationToken cancellationToken) => _session.Sql.ExecuteAsync(
        "UPDATE tenant_groups SET name = @name, name_key = @key, external_id = @external, position = @position, changed_at = @now, changed_by = @actor WHERE id = @id",
        cancellationToken,
        ("@name", group.Name),
        ("@key", group.NameKey),
        ("@external", group.ExternalId),
        ("@position", group.Position),
        ("@now", _session.NowMilliseconds),
        ("@actor", actor),
        ("@id", group.Id));

    /// <summary>With its members and what it sets in the policy.</summary>
    public async ValueTask DeleteAsync(Guid groupId, CancellationToken cancellationToken)
    {
        await _session.Sql.ExecuteAsync("DELETE FROM policy_values WHERE subject_id = @id", cancellationToken, ("@id", groupId));
        await _session.Sql.ExecuteAsync("DELETE FROM access_rules WHERE subject_id = @id", cancellationToken, ("@id", groupId));
        await _session.Sql.ExecuteAsync("DELETE FROM group_members WHERE group_id = @id", cancellationToken, ("@id", groupId));
        await _session.Sql.ExecuteAsync("DELETE FROM tenant_groups WHERE id = @id", cancellationToken, ("@id", groupId));
    }

    public async ValueTask<long> CountMembersAsync(Guid groupId, CancellationToken cancellationToken) =>
        await _session.Sql.FirstAsync("SELECT COUNT(*) FROM group_members WHERE group_id = @id", row => row.GetInt64(0), cancellationToken, ("@id", groupId));

    /// <returns>The mailbox's address or the account's; null when it is none of the tenant's.</returns>
    public ValueTask<string?> NameOfAsync(GroupMember member, CancellationToken cancellationToken) => member.Kind switch
    {
        GroupMemberKind.Mailbox => _session.Sql.FirstAsync(
            "SELECT address FROM mailboxes WHERE id = @id AND tenant_id = @tenant", row => row.GetString(0), cancellationToken, ("@id", member.Id), ("@tenant", _tenantId)),
        _ => _session.Sql.FirstAsync(
            "SELECT address FROM accounts WHERE id = @id AND owner_id = @tenant", row => row.GetString(0), cancellationToken, ("@id", member.Id), ("@tenant", _tenantId)),
    };

    /// <returns>False: it was in already.</returns>
    public async ValueTask<bool> AddAsync(Guid groupId, GroupMember member, CancellationToken cancellationToken) => await _session.Sql.ExecuteAsync(
        "INSERT INTO group_members (group_id, member_id, tenant_id, kind, added_at) VALUES (@group, @member, @tenant, @kind, @now) ON CONFLICT (group_id, member_id) DO NOTHING",
        cancellationToken,
        ("@group", groupId),
        ("@member", member.Id),
        ("@tenant", _tenantId),
        ("@kind", member.Kind.ToString()),
        ("@now", _session.NowMilliseconds)) == 1;

    /// <returns>False: it was not in.</returns>
    public async ValueTask<bool> RemoveAsync(Guid groupId, GroupMember member, CancellationToken cancellationToken) => await _session.Sql.ExecuteAsync(
        "DELETE FROM group_members WHERE group_id = @group AND member_id = @member", cancellationToken, ("@group", groupId), ("@member", member.Id)) == 1;

    /// <param name="action"><c>create</c>, <c>update</c>, <c>delete</c>, <c>reorder</c>, <c>members</c>.</param>
    public void Record(string actor, string action, Guid target, ToldGroup told)
    {
        var data = JsonSerializer.Serialize(told with { Actor = actor, Action = action }, GroupJsonContext.Default.ToldGroup);
        _session.Record(new PendingEvent(_tenantId, EventKinds.GroupChanged, _session.Now, null, null, data));
        _session.Record(new PendingAudit(_tenantId, actor, "group." + action, target.ToString(), data));
    }
}

/// <summary>A change of groups as an event and an audit entry tell it. Of members at most <see cref="MaxTold"/> are named.</summary>
internal sealed record ToldGroup
{
    public const int MaxTold = 20;

    public string Actor { get; init; } = "";
    public string Action { get; init; } = "";
    public string? Name { get; init; }
    public string? ExternalId { get; init; }
    public int? Position { get; init; }
    public IReadOnlyList<string>? Order { get; init; }
    public ToldMembers? Added { get; init; }
    public ToldMembers? Removed { get; init; }
}

internal sealed record ToldMembers(int Total, IReadOnlyList<string> First)
{
    public static ToldMembers Of(IReadOnlyList<string> names) => new(names.Count, [.. names.Take(ToldGroup.MaxTold)]);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ToldGroup))]
internal sealed partial class GroupJsonContext : JsonSerializerContext;
