using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Storage.Directory;
using Platform.Storage.Events;
using Platform.Storage.OutsideSignIn;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Provisioning;

internal sealed class ProvisioningCommands(IMoveRunner moves, TimeProvider time) : IProvisioningCommands
{
    public const string KeyPrefix = "scim_";

    private const int MaxKeys = 10;
    private const int MaxKeyLength = 100;
    private const int MaxDays = 730;

    private static Refusal NoDefault { get; } = new("INVALID_ROLES", "Name at least one default role: an account has one in any case.");

    private static Refusal Full { get; } = new("PROVISIONING_KEY_LIMIT", $"There are {MaxKeys} keys already. Remove one first.");

    private static Refusal UnknownKey { get; } = new("NOT_FOUND", "No such key is in reach of this client.");

    private static Refusal Duration { get; } = new("INVALID_DURATION", $"A key is good for 1 to {MaxDays} days.");

    public async Task<CommandResult<Guid>> SetAsync(Scope scope, Guid tenantId, RoleMap roles, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.SignInWrite);
        var refusal = SignInRules.Reach(scope, tenantId) ?? RoleMapRules.Check(roles.Entries) ?? RoleMapRules.CheckDefault(roles.Default) ?? (roles.Default.Count == 0 ? NoDefault : null);
        return refusal is not null ? refusal.As<Guid>() : await moves.CommandAsync(
            async (session, ct) =>
            {
                await RoleMapRules.CheckRolesAsync(session, scope, tenantId, roles, ct);
                await session.Sql.ExecuteAsync(
                    """
                    INSERT INTO provisioning (tenant_id, role_map, default_roles, changed_at, changed_by) VALUES (@tenant, @map, @roles, @now, @actor)
                    ON CONFLICT (tenant_id) DO UPDATE SET role_map = excluded.role_map, default_roles = excluded.default_roles, changed_at = excluded.changed_at, changed_by = excluded.changed_by
                    """,
                    ct,
                    ("@tenant", tenantId),
                    ("@map", RoleMap.Write(roles.Entries)),
                    ("@roles", RoleMap.Write(roles.Default)),
                    ("@now", session.NowMilliseconds),
                    ("@actor", scope.Actor));
                Record(session, tenantId, scope.Actor, new ToldProvisioning(scope.Actor, "set") { Mapped = ToldRoles.Of(roles.Entries), DefaultRoles = ToldRoles.Of(roles.Default) });
                return tenantId;
            },
            cancellationToken);
    }

    public async Task<CommandResult<ProvisioningKey>> CreateKeyAsync(Scope scope, Guid tenantId, string name, int days, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.SignInWrite);
        var refusal = SignInRules.Reach(scope, tenantId) ?? DirectoryRules.Name(name) ?? (days is < 1 or > MaxDays ? Duration : null);
        if (refusal is not null)
            return refusal.As<ProvisioningKey>();
        var made = new ProvisioningKey(Guid.CreateVersion7(time.GetUtcNow()), KeyPrefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)));
        var done = await moves.CommandAsync(
            async (session, ct) =>
            {
                if (await session.Sql.FirstAsync("SELECT COUNT(*) FROM provisioning_keys WHERE tenant_id = @tenant", row => row.GetInt64(0), ct, ("@tenant", tenantId)) >= MaxKeys)
                    throw new RefusedException(Full);
                await session.Sql.ExecuteAsync(
                    "INSERT INTO provisioning_keys (id, tenant_id, name, hash, expires_at, created_at, created_by) VALUES (@id, @tenant, @name, @hash, @expires, @now, @actor)",
                    ct,
                    ("@id", made.Id),
                    ("@tenant", tenantId),
                    ("@name", name.Trim()),
                    ("@hash", Hash(made.Key)),
                    ("@expires", session.Now.AddDays(days).ToUnixTimeMilliseconds()),
                    ("@now", session.NowMilliseconds),
                    ("@actor", scope.Actor));
                Record(session, tenantId, scope.Actor, new ToldProvisioning(scope.Actor, "create-key") { Key = name.Trim() });
                return made.Id;
            },
            cancellationToken);
        return new CommandResult<ProvisioningKey>(done.Succeeded ? made : null, done.Code, done.Message);
    }

    public Task<CommandResult<Guid>> RemoveKeyAsync(Scope scope, Guid keyId, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.SignInWrite);
        return moves.CommandAsync(
            async (session, ct) =>
            {
                var found = await session.Sql.FirstAsync("SELECT tenant_id, name FROM provisioning_keys WHERE id = @id", row => ((Guid Tenant, string Name)?)(row.GetGuid(0), row.GetString(1)), ct, ("@id", keyId));
                if (found is not { } key || SignInRules.Reach(scope, key.Tenant) is not null)
                    throw new RefusedException(UnknownKey);
                await session.Sql.ExecuteAsync("DELETE FROM provisioning_keys WHERE id = @id", ct, ("@id", keyId));
                Record(session, key.Tenant, scope.Actor, new ToldProvisioning(scope.Actor, "remove-key") { Key = key.Name });
                return keyId;
            },
            cancellationToken);
    }

    public static string Hash(string key) => key.Length > MaxKeyLength ? "" : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    private static void Record(MoveSession session, Guid tenantId, string actor, ToldProvisioning told)
    {
        var data = JsonSerializer.Serialize(told, ProvisioningJsonContext.Default.ToldProvisioning);
        session.Record(new PendingEvent(tenantId, EventKinds.ProvisioningChanged, session.Now, null, null, data));
        session.Record(new PendingAudit(tenantId, actor, "provisioning." + told.Action, tenantId.ToString(), data));
    }
}

/// <summary>A change as event and audit entry tell it.</summary>
internal sealed record ToldProvisioning(string Actor, string Action)
{
    /// <summary>Groups, with the roles that they give.</summary>
    public IReadOnlyList<ToldMapping>? Mapped { get; init; }

    public IReadOnlyList<string>? DefaultRoles { get; init; }

    /// <summary>Name of the key.</summary>
    public string? Key { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ToldProvisioning))]
internal sealed partial class ProvisioningJsonContext : JsonSerializerContext;
