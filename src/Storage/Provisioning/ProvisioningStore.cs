using Platform.Storage.Accounts;
using Platform.Storage.OutsideSignIn;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Provisioning;

internal sealed class ProvisioningStore(IMoveRunner moves, IReadConnections reads, TimeProvider time) : IProvisioning
{
    private static readonly TimeSpan NotedEvery = TimeSpan.FromHours(1);

    public async Task<(Guid Id, Guid TenantId)?> FindKeyAsync(string key, CancellationToken cancellationToken)
    {
        if (!key.StartsWith(ProvisioningCommands.KeyPrefix, StringComparison.Ordinal))
            return null;
        var now = time.GetUtcNow();
        await using var sql = await reads.OpenAsync(cancellationToken);
        var found = await sql.FirstAsync(
            "SELECT id, tenant_id, last_used_at FROM provisioning_keys WHERE hash = @hash AND expires_at > @now",
            row => ((Guid Id, Guid TenantId, DateTimeOffset? Used)?)(row.GetGuid(0), row.GetGuid(1), row.IsDBNull(2) ? null : row.Time(2)),
            cancellationToken,
            ("@hash", ProvisioningCommands.Hash(key)),
            ("@now", now.ToUnixTimeMilliseconds()));
        if (found is not { } known)
            return null;
        if (known.Used is not { } used || now - used >= NotedEvery)
            await moves.RunAsync(
                async (session, ct) => await session.Sql.ExecuteAsync("UPDATE provisioning_keys SET last_used_at = @now WHERE id = @id", ct, ("@now", now.ToUnixTimeMilliseconds()), ("@id", known.Id)),
                cancellationToken);
        return (known.Id, known.TenantId);
    }

    public async Task<ProvisioningRoles> RolesAsync(Guid tenantId, CancellationToken cancellationToken)
    {
        await using var sql = await reads.OpenAsync(cancellationToken);
        var map = await sql.FirstAsync(
            "SELECT role_map, default_roles FROM provisioning WHERE tenant_id = @tenant", row => RoleMap.Read(row.GetString(0), row.GetString(1)), cancellationToken, ("@tenant", tenantId))
            ?? new RoleMap([], [BuiltInRoles.Employee.Id]);
        var known = await StoredRoles.OfOwnerAsync(sql, AccountOwner.Tenant(tenantId), cancellationToken);
        return new ProvisioningRoles(map, map.Given.Where(known.ContainsKey).ToDictionary(id => id, id => known[id]));
    }

    public Task KeepAsync(Scope scope, Guid tenantId, ProvisionedAccount account, CancellationToken cancellationToken)
    {
        scope.Require(tenantId);
        scope.Require(Permissions.AccountsProvision);
        return moves.RunAsync(
            async (session, ct) => await session.Sql.ExecuteAsync(
                """
                INSERT INTO provisioned_accounts (account_id, tenant_id, external_id, given_name, family_name)
                SELECT id, owner_id, CAST(@external AS TEXT), CAST(@given AS TEXT), CAST(@family AS TEXT) FROM accounts WHERE id = @id AND owner_id = @tenant
                ON CONFLICT (account_id) DO UPDATE SET external_id = excluded.external_id, given_name = excluded.given_name, family_name = excluded.family_name
                """,
                ct,
                ("@id", account.AccountId),
                ("@tenant", tenantId),
                ("@external", account.ExternalId),
                ("@given", account.GivenName),
                ("@family", account.FamilyName)),
            cancellationToken);
    }
}
