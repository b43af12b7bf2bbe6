using Platform.Storage.Directory;
using Platform.Storage.Events;
using Platform.Storage.Transactions;

namespace Platform.Storage.Accounts;

internal sealed record StoredRole(Role Role, string Description);

/// <summary>The roles of one owner inside a move that holds the lock of its accounts.</summary>
internal sealed class LockedRoles
{
    private readonly MoveSession _session;

    private LockedRoles(MoveSession session, AccountOwner owner)
    {
        _session = session;
        Owner = owner;
    }

    public AccountOwner Owner { get; }

    public static async ValueTask<LockedRoles> OpenAsync(MoveSession session, AccountOwner owner, CancellationToken cancellationToken)
    {
        // One lock for accounts and roles: what an account is given is not changed while it is given.
        await LockedAccounts.OpenAsync(session, owner, cancellationToken);
        return new LockedRoles(session, owner);
    }

    public ValueTask<IReadOnlyDictionary<Guid, Role>> AllAsync(CancellationToken cancellationToken) => StoredRoles.OfOwnerAsync(_session.Sql, Owner, cancellationToken);

    /// <exception cref="RefusedException">It is gone.</exception>
    public async ValueTask<StoredRole> ReadAsync(Guid id, CancellationToken cancellationToken) => await _session.Sql.FirstAsync(
        $"SELECT {StoredRoles.Columns}, r.description FROM roles r WHERE r.id = @id AND r.owner_id = @owner",
        row => new StoredRole(StoredRoles.Read(row), row.GetString(StoredRoles.ColumnCount)),
        cancellationToken,
        ("@id", id),
        ("@owner", Owner.Id)) ?? throw new RefusedException(RoleRules.Unknown);

    public async ValueTask<long> CountAsync(CancellationToken cancellationToken) =>
        await _session.Sql.FirstAsync("SELECT COUNT(*) FROM roles WHERE owner_id = @owner", row => row.GetInt64(0), cancellationToken, ("@owner", Owner.Id));

    public async ValueTask<bool> IsInUseAsync(Guid id, CancellationToken cancellationToken) =>
        await _session.Sql.FirstAsync("SELECT 1 FROM account_roles WHERE owner_id = @owner AND role_id = @id", _ => true, cancellationToken, ("@owner", Owner.Id), ("@id", id));

    public ValueTask<int> InsertAsync(StoredRole role, string actor, CancellationToken cancellationToken) => _session.Sql.ExecuteAsync(
        """
        INSERT INTO roles (id, owner_id, owner_kind, name, name_key, description, permissions, own_mailbox_only, created_at, changed_at, changed_by)
        VALUES (@id, @owner, @kind, @name, @key, @description, @permissions, @bound, @now, @changed, @actor)
        """,
        cancellationToken,
        ("@id", role.Role.Id),
        ("@owner", Owner.Id),
        ("@kind", Owner.Kind.ToString()),
        ("@name", role.Role.Name),
        ("@key", RoleRules.Key(role.Role.Name)),
        ("@description", role.Description),
        ("@permissions", PermissionsOf(role)),
        ("@bound", role.Role.OwnMailboxOnly),
        ("@now", _session.NowMilliseconds),
        ("@changed", _session.NowMilliseconds),
        ("@actor", actor));

    public ValueTask<int> WriteAsync(StoredRole role, string actor, CancellationToken cancellationToken) => _session.Sql.ExecuteAsync(
        """
        UPDATE roles SET name = @name, name_key = @key, description = @description, permissions = @permissions, changed_at = @now, changed_by = @actor
        WHERE id = @id AND owner_id = @owner
        """,
        cancellationToken,
        ("@name", role.Role.Name),
        ("@key", RoleRules.Key(role.Role.Name)),
        ("@description", role.Description),
        ("@permissions", PermissionsOf(role)),
        ("@now", _session.NowMilliseconds),
        ("@actor", actor),
        ("@id", role.Role.Id),
        ("@owner", Owner.Id));

    public async ValueTask ReplaceAsync(Guid id, Guid replacement, CancellationToken cancellationToken)
    {
        await _session.Sql.ExecuteAsync(
            """
            INSERT INTO account_roles (account_id, role_id, owner_id)
            SELECT account_id, @other, owner_id FROM account_roles WHERE owner_id = @owner AND role_id = @id ON CONFLICT DO NOTHING
            """,
            cancellationToken,
            ("@other", replacement),
            ("@owner", Owner.Id),
            ("@id", id));
        await _session.Sql.ExecuteAsync("DELETE FROM account_roles WHERE owner_id = @owner AND role_id = @id", cancellationToken, ("@owner", Owner.Id), ("@id", id));
    }

    public ValueTask<int> DeleteAsync(Guid id, CancellationToken cancellationToken) =>
        _session.Sql.ExecuteAsync("DELETE FROM roles WHERE id = @id AND owner_id = @owner", cancellationToken, ("@id", id), ("@owner", Owner.Id));

    /// <param name="action"><c>create</c>, <c>update</c>, <c>remove</c>.</param>
    public void Record(string actor, string action, StoredRole role)
    {
        var data = AccountJson.Of(actor, action, role);
        if (Owner.Kind == AccountOwnerKind.Tenant)
            _session.Record(new PendingEvent(Owner.Id, EventKinds.RoleChanged, _session.Now, null, null, data));
        _session.Record(new PendingAudit(Owner.Id, actor, "role." + action, "role:" + role.Role.Id, data));
    }

    private static string PermissionsOf(StoredRole role) => TenantJson.Write([.. role.Role.Permissions.Order(StringComparer.Ordinal)]);
}
