using Platform.Storage.Directory;
using Platform.Storage.Messages;
using Platform.Storage.Transactions;

namespace Platform.Storage.OutsideSignIn;

/// <summary>A provider's row inside a move.</summary>
internal sealed record StoredSignInProvider(
    Guid Id,
    Guid TenantId,
    string Name,
    string Issuer,
    string ClientId,
    byte[]? ClientSecret,
    IReadOnlyList<string> Scopes,
    bool Enabled,
    bool LocalSignIn,
    bool CreatesAccounts,
    string? RoleClaim,
    RoleMap Roles,
    DateTimeOffset? LastSignInAt)
{
    public const string Columns =
        "p.id, p.tenant_id, p.name, p.issuer, p.client_id, p.client_secret, p.scopes, p.enabled, p.local_sign_in, p.creates_accounts, p.role_claim, p.role_map, p.default_roles, p.last_sign_in_at";

    public static StoredSignInProvider Read(System.Data.Common.DbDataReader row) => new(
        row.GetGuid(0),
        row.GetGuid(1),
        row.GetString(2),
        row.GetString(3),
        row.GetString(4),
        row.Bytes(5),
        TenantJson.ReadList(row.GetString(6)),
        row.GetBoolean(7),
        row.GetBoolean(8),
        row.GetBoolean(9),
        row.Text(10),
        RoleMap.Read(row.GetString(11), row.GetString(12)),
        row.IsDBNull(13) ? null : row.Time(13));

    /// <summary>Locked until the commit.</summary>
    public static async ValueTask<StoredSignInProvider?> LockAsync(MoveSession session, Guid id, CancellationToken cancellationToken) => await session.Sql.FirstAsync(
        $"SELECT {Columns} FROM sign_in_providers p WHERE p.id = @id{session.Dialect.ForUpdate}", Read, cancellationToken, ("@id", id));

    public ValueTask<int> InsertAsync(MoveSession session, string actor, CancellationToken cancellationToken) => session.Sql.ExecuteAsync(
        """
        INSERT INTO sign_in_providers (id, tenant_id, name, issuer, client_id, client_secret, scopes, enabled, local_sign_in, creates_accounts, role_claim, role_map, default_roles,
            last_sign_in_at, created_at, created_by, changed_at, changed_by)
        VALUES (@id, @tenant, @name, @issuer, @client, @secret, @scopes, @enabled, @local, @creates, @claim, @map, @roles, NULL, @now, @actor, @changed, @changer)
        """,
        cancellationToken,
        [.. Values, ("@tenant", TenantId), ("@now", session.NowMilliseconds), ("@actor", actor), ("@changed", session.NowMilliseconds), ("@changer", actor)]);

    public ValueTask<int> UpdateAsync(MoveSession session, string actor, CancellationToken cancellationToken) => session.Sql.ExecuteAsync(
        """
        UPDATE sign_in_providers SET name = @name, issuer = @issuer, client_id = @client, client_secret = @secret, scopes = @scopes, enabled = @enabled, local_sign_in = @local,
            creates_accounts = @creates, role_claim = @claim, role_map = @map, default_roles = @roles, last_sign_in_at = @last, changed_at = @now, changed_by = @actor
        WHERE id = @id
        """,
        cancellationToken,
        [.. Values, ("@last", LastSignInAt?.ToUnixTimeMilliseconds()), ("@now", session.NowMilliseconds), ("@actor", actor)]);

    /// <summary>The domains that are routed to it, by name.</summary>
    public ValueTask<List<string>> DomainsAsync(MoveSession session, CancellationToken cancellationToken) =>
        session.Sql.QueryAsync("SELECT name FROM domains WHERE sign_in_provider_id = @id ORDER BY name", row => row.GetString(0), cancellationToken, ("@id", Id));

    /// <exception cref="RefusedException">One is none of the tenant's, or routed to another of its providers.</exception>
    public async ValueTask RouteAsync(MoveSession session, IReadOnlyList<string> domains, CancellationToken cancellationToken)
    {
        await session.Sql.ExecuteAsync("UPDATE domains SET sign_in_provider_id = NULL WHERE sign_in_provider_id = @id", cancellationToken, ("@id", Id));
        foreach (var domain in domains.Select(given => MailAddress.Domain(given.Trim()) ?? given).Distinct(StringComparer.Ordinal))
        {
            var taken = await session.Sql.FirstAsync(
                "SELECT sign_in_provider_id FROM domains WHERE name = @name AND tenant_id = @tenant",
                row => (Found: true, By: row.Id(0)),
                cancellationToken,
                ("@name", domain),
                ("@tenant", TenantId));
            if (!taken.Found)
                throw new RefusedException(SignInRules.UnknownDomain(SafeText.Clean(domain, 100)));
            if (taken.By is not null)
                throw new RefusedException(SignInRules.DomainTaken(domain));
            await session.Sql.ExecuteAsync(
                "UPDATE domains SET sign_in_provider_id = @id WHERE name = @name AND tenant_id = @tenant", cancellationToken, ("@id", Id), ("@name", domain), ("@tenant", TenantId));
        }
    }

    private (string Name, object? Value)[] Values =>
    [
        ("@id", Id),
        ("@name", Name),
        ("@issuer", Issuer),
        ("@client", ClientId),
        ("@secret", ClientSecret),
        ("@scopes", TenantJson.Write(Scopes)),
        ("@enabled", Enabled),
        ("@local", LocalSignIn),
        ("@creates", CreatesAccounts),
        ("@claim", RoleClaim),
        ("@map", RoleMap.Write(Roles.Entries)),
        ("@roles", RoleMap.Write(Roles.Default)),
    ];
}
