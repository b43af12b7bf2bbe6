using Platform.Storage.Directory;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Accounts;

/// <summary>Roles as the rows name them: built-in by a fixed id, an owner's own by a row.</summary>
internal static class StoredRoles
{
    public const string Columns = "r.id, r.name, r.owner_kind, r.permissions, r.own_mailbox_only";
    public const int ColumnCount = 5;

    public static async ValueTask<IReadOnlyList<Role>> OfAccountAsync(SqlSession sql, Guid accountId, CancellationToken cancellationToken)
    {
        var ids = await sql.QueryAsync("SELECT role_id FROM account_roles WHERE account_id = @account", row => row.GetGuid(0), cancellationToken, ("@account", accountId));
        List<Role> roles = [.. ids.Select(BuiltInRoles.Find).OfType<Role>()];
        if (roles.Count < ids.Count)
        {
            roles.AddRange(await sql.QueryAsync(
                $"SELECT {Columns} FROM roles r JOIN account_roles a ON a.role_id = r.id WHERE a.account_id = @account",
                Read,
                cancellationToken,
                ("@account", accountId)));
        }

        return roles;
    }

    public static async ValueTask<IReadOnlyDictionary<Guid, Role>> OfOwnerAsync(SqlSession sql, AccountOwner owner, CancellationToken cancellationToken)
    {
        var own = await sql.QueryAsync($"SELECT {Columns} FROM roles r WHERE r.owner_id = @owner", Read, cancellationToken, ("@owner", owner.Id));
        return BuiltInRoles.All.Where(role => role.Of == owner.Kind).Concat(own).ToDictionary(role => role.Id);
    }

    /// <summary>A permission that this version does not know is none.</summary>
    public static Role Read(System.Data.Common.DbDataReader row) => new(
        row.GetGuid(0),
        row.GetString(1),
        row.Name<AccountOwnerKind>(2),
        TenantJson.ReadList(row.GetString(3)).Where(Permissions.All.Contains).ToHashSet(StringComparer.Ordinal),
        row.GetBoolean(4));
}
