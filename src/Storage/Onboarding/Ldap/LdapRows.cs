using Platform.Storage.Transactions;

namespace Platform.Storage.Onboarding.Ldap;

/// <summary>The SQL of directories, inside a move.</summary>
internal static class LdapRows
{
    /// <summary>The settings, and when the next run by itself is; the last one stays.</summary>
    public static ValueTask<int> WriteAsync(MoveSession session, Guid id, Guid tenantId, NewLdapDirectory directory, byte[] secret, string actor, CancellationToken cancellationToken) => session.Sql.ExecuteAsync(
        """
        INSERT INTO ldap_directories (id, tenant_id, host, port, security, trusted_roots, bind_name, bind_secret, base, filter, address_attribute, name_attribute, alias_attribute, group_attribute,
            every_minutes, max_removal_percent, changed_at, changed_by, due_at, due_is_test)
        VALUES (@id, @tenant, @host, @port, @security, @roots, @bind, @secret, @base, @filter, @address, @name, @alias, @group, @every, @max, @now, @actor, @due, @test)
        ON CONFLICT (id) DO UPDATE SET host = excluded.host, port = excluded.port, security = excluded.security, trusted_roots = excluded.trusted_roots, bind_name = excluded.bind_name,
            bind_secret = excluded.bind_secret, base = excluded.base, filter = excluded.filter, address_attribute = excluded.address_attribute, name_attribute = excluded.name_attribute,
            alias_attribute = excluded.alias_attribute, group_attribute = excluded.group_attribute, every_minutes = excluded.every_minutes, max_removal_percent = excluded.max_removal_percent,
            changed_at = excluded.changed_at, changed_by = excluded.changed_by, due_at = excluded.due_at, due_is_test = excluded.due_is_test
        """,
        cancellationToken,
        ("@id", id),
        ("@tenant", tenantId),
        ("@host", directory.Host),
        ("@port", directory.Port),
        ("@security", directory.Security.ToString()),
        ("@roots", string.IsNullOrEmpty(directory.TrustedRoots) ? null : directory.TrustedRoots),
        ("@bind", directory.BindName),
        ("@secret", secret),
        ("@base", directory.Base),
        ("@filter", directory.Filter),
        ("@address", directory.AddressAttribute),
        ("@name", directory.NameAttribute),
        ("@alias", directory.AliasAttribute),
        ("@group", directory.GroupAttribute),
        ("@every", directory.EveryMinutes),
        ("@max", directory.MaxRemovalPercent),
        ("@now", session.NowMilliseconds),
        ("@actor", actor),
        ("@due", directory.EveryMinutes == 0 ? null : (session.Now + TimeSpan.FromMinutes(directory.EveryMinutes)).ToUnixTimeMilliseconds()),
        ("@test", false));

    public static ValueTask<Taken?> TakeAsync(MoveSession session, TimeSpan lease, CancellationToken cancellationToken) => session.Sql.FirstAsync(
        $"""
        UPDATE ldap_directories SET lease_token = @token, lease_until = @until
        WHERE id = (SELECT id FROM ldap_directories WHERE due_at <= @now AND (lease_until IS NULL OR lease_until <= @now) ORDER BY due_at LIMIT 1{session.Dialect.SkipLocked})
        RETURNING id, tenant_id, lease_token, due_is_test, host, port, security, trusted_roots, bind_name, bind_secret, base, filter, address_attribute, name_attribute, alias_attribute, group_attribute,
            every_minutes, max_removal_percent, due_at
        """,
        row => new Taken(
            new LdapJob(row.GetGuid(0), row.GetGuid(1), row.GetGuid(2), row.GetBoolean(3), new NewLdapDirectory(
                row.GetString(4), row.GetInt32(5), row.Name<LdapSecurity>(6), row.Text(7), row.GetString(8), null, row.GetString(10), row.GetString(11),
                row.GetString(12), row.GetString(13), row.GetString(14), row.GetString(15), row.GetInt32(16), row.GetInt32(17)), row.Time(18)),
            row.GetFieldValue<byte[]>(9)),
        cancellationToken,
        ("@token", Guid.NewGuid()),
        ("@until", (session.Now + lease).ToUnixTimeMilliseconds()),
        ("@now", session.NowMilliseconds));

    internal sealed record Taken(LdapJob Job, byte[] Secret);
}
