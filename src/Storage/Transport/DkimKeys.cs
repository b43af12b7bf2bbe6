using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Platform.Engine.Authentication.Dkim;
using Platform.Storage.Directory;
using Platform.Storage.Push;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Transport;

internal sealed partial class DkimKeys(IMoveRunner moves, IReadConnections reads, PushKeys seals, TimeProvider time, ILogger<DkimKeys> logger) : IDkimKeys
{
    /// <summary>Of one domain, done ones not counted.</summary>
    private const int MaxOfDomain = 8;
    private const int MinRotation = 7;
    private const int MaxRotation = 3_650;

    private static Refusal Unknown { get; } = new("NOT_FOUND", "No such DKIM key is in reach of this client.");

    private static Refusal NoDomain { get; } = new("DOMAIN_UNKNOWN", "The domain is none of this tenant. Claim and prove it first.");

    private static Refusal BadRotation { get; } = new("INVALID_ROTATION", $"A key is replaced after {MinRotation} to {MaxRotation} days, or with 0 only by hand.");

    private static Refusal Full { get; } = new("DKIM_KEY_LIMIT", $"The domain has {MaxOfDomain} keys already. Remove one first.");

    private static Refusal NotActive { get; } = new("DKIM_KEY_NOT_ACTIVE", "Only a key that signs is followed by another. Publish the record of this one first.");

    private static Refusal HasFollower { get; } = new("DKIM_KEY_WAITING", "There is a key already that waits for its record in DNS. Publish that, or remove the key.");

    public async Task<CommandResult<Guid>> CreateAsync(Scope scope, Guid tenantId, string domain, DkimKeyKind kind, int rotationDays, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.TransportWrite);
        if (!scope.Tenants.Contains(tenantId))
            return Refusal.NoTenant.As<Guid>();
        if (rotationDays != 0 && rotationDays is < MinRotation or > MaxRotation)
            return BadRotation.As<Guid>();
        var name = MailAddress.Domain(domain.Trim()) ?? "";
        var made = await MakeAsync(tenantId, kind, cancellationToken);
        return await moves.CommandAsync(
            async (session, ct) =>
            {
                if (!await session.Sql.FirstAsync("SELECT 1 FROM domains WHERE name = @name AND tenant_id = @tenant", _ => true, ct, ("@name", name), ("@tenant", tenantId)))
                    throw new RefusedException(NoDomain);
                await InsertAsync(session, new StoredDkimKey(made.Id, tenantId, name, "", kind, DkimKeyState.Waiting, rotationDays, made.PublicKey, null, null, session.Now), made.Sealed, scope.Actor, ct);
                return made.Id;
            },
            cancellationToken);
    }

    public async Task<CommandResult<Guid>> RotateAsync(Scope scope, Guid keyId, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.TransportWrite);
        if (await ReadAsync(keyId, cancellationToken) is not { } known || !scope.Tenants.Contains(known.TenantId))
            return Unknown.As<Guid>();
        var made = await MakeAsync(known.TenantId, known.Kind, cancellationToken);
        return await moves.CommandAsync(
            async (session, ct) =>
            {
                var key = await StoredDkimKey.LockAsync(session, keyId, ct) ?? throw new RefusedException(Unknown);
                if (key.State != DkimKeyState.Active)
                    throw new RefusedException(NotActive);
                if (await DkimKeyMoves.HasFollowerAsync(session, key, ct))
                    throw new RefusedException(HasFollower);
                await InsertAsync(session, key with { Id = made.Id, PublicKey = made.PublicKey, State = DkimKeyState.Waiting }, made.Sealed, scope.Actor, ct);
                return made.Id;
            },
            cancellationToken);
    }

    public Task<CommandResult<Guid>> CheckAsync(Scope scope, Guid keyId, CancellationToken cancellationToken) => ChangeAsync(
        scope,
        keyId,
        async (session, key, ct) =>
        {
            await session.Sql.ExecuteAsync($"UPDATE dkim_keys SET due_at = @now WHERE id = @id AND state <> '{nameof(DkimKeyState.Retired)}'", ct, ("@now", session.NowMilliseconds), ("@id", key.Id));
            DkimKeyMoves.Record(session, key, scope.Actor, "check");
        },
        cancellationToken);

    public Task<CommandResult<Guid>> RemoveAsync(Scope scope, Guid keyId, CancellationToken cancellationToken) => ChangeAsync(
        scope,
        keyId,
        async (session, key, ct) =>
        {
            if (key.State == DkimKeyState.Active)
            {
                await DkimKeyMoves.RetireAsync(session, key, scope.Actor, ct);
                return;
            }

            await session.Sql.ExecuteAsync("DELETE FROM dkim_keys WHERE id = @id", ct, ("@id", key.Id));
            DkimKeyMoves.Record(session, key, scope.Actor, "remove");
        },
        cancellationToken);

    public async Task<IReadOnlyList<SigningKey>> SigningAsync(Guid tenantId, string domain, CancellationToken cancellationToken)
    {
        List<(Guid Id, string Selector, byte[] Sealed, bool IsTold)> found;
        await using (var sql = await reads.OpenAsync(cancellationToken))
        {
            found = await sql.QueryAsync(
                $"""
                SELECT k.id, k.selector, k.private_key, k.problem FROM dkim_keys k JOIN domains d ON d.name = k.domain AND d.tenant_id = k.tenant_id
                WHERE k.tenant_id = @tenant AND k.domain = @domain AND k.state = '{nameof(DkimKeyState.Active)}' AND k.private_key IS NOT NULL ORDER BY k.kind DESC
                """,
                row => (row.GetGuid(0), row.GetString(1), row.GetFieldValue<byte[]>(2), row.Text(3) == DkimKeyMoves.Unreadable),
                cancellationToken,
                ("@tenant", tenantId),
                ("@domain", domain));
        }

        List<SigningKey> keys = [];
        foreach (var (id, selector, stored, isTold) in found)
        {
            // Mail goes out unsigned by a key that is broken, and is not held up by it.
            if (await OpenAsync(tenantId, id, stored, cancellationToken) is { } pem)
                keys.Add(new SigningKey(id, domain, selector, pem));
            else if (!isTold)
                await TellUnreadableAsync(id, cancellationToken);
        }

        return keys;
    }

    public Task<DueDkimKey?> TakeDueAsync(TimeSpan lease, CancellationToken cancellationToken) => moves.RunAsync(
        (session, ct) => session.Sql.FirstAsync(
            $"""
            UPDATE dkim_keys SET due_at = @until WHERE id = (SELECT id FROM dkim_keys WHERE due_at <= @now ORDER BY due_at LIMIT 1{session.Dialect.SkipLocked})
            RETURNING id, tenant_id, domain, selector, kind, public_key
            """,
            row => new DueDkimKey(row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.GetString(3), row.Name<DkimKeyKind>(4), row.GetString(5)),
            ct,
            ("@until", (session.Now + lease).ToUnixTimeMilliseconds()),
            ("@now", session.NowMilliseconds)),
        cancellationToken);

    public async Task SettleAsync(DueDkimKey key, DkimPublicationState state, CancellationToken cancellationToken)
    {
        // Made before it is known whether it is wanted: a key takes a while, and the move must not.
        var follower = await ReadAsync(key.Id, cancellationToken) is { } known && known.IsToBeFollowed(time.GetUtcNow()) && state == DkimPublicationState.Published
            ? await MakeAsync(key.TenantId, key.Kind, cancellationToken)
            : null;
        var isUsable = await IsUsableAsync(key, cancellationToken);
        await moves.RunAsync(
            async (session, ct) =>
            {
                if (await StoredDkimKey.LockAsync(session, key.Id, ct) is not { } stored)
                    return false;
                await DkimKeyMoves.SettleAsync(session, stored, state, isUsable, ct);
                if (follower is not null && stored.State == DkimKeyState.Active && !await DkimKeyMoves.HasFollowerAsync(session, stored, ct))
                    await DkimKeyMoves.InsertAsync(session, stored with { Id = follower.Id, PublicKey = follower.PublicKey, State = DkimKeyState.Waiting }, follower.Sealed, DkimKeyMoves.Actor, ct);
                return true;
            },
            cancellationToken);
    }

    private static string LabelOf(Guid id) => $"dkim-key:{id:N}";

    private async ValueTask<bool> IsUsableAsync(DueDkimKey key, CancellationToken cancellationToken)
    {
        byte[]? stored;
        await using (var sql = await reads.OpenAsync(cancellationToken))
            stored = await sql.FirstAsync("SELECT private_key FROM dkim_keys WHERE id = @id AND private_key IS NOT NULL", row => row.GetFieldValue<byte[]>(0), cancellationToken, ("@id", key.Id));
        return stored is not null && await OpenAsync(key.TenantId, key.Id, stored, cancellationToken) is not null;
    }

    /// <returns>Null: it cannot be opened.</returns>
    private async ValueTask<string?> OpenAsync(Guid tenantId, Guid id, byte[] stored, CancellationToken cancellationToken)
    {
        try
        {
            return Encoding.UTF8.GetString(await seals.OpenAsync(PushOwner.Tenant(tenantId), LabelOf(id), stored, cancellationToken));
        }
        catch (CryptographicException exception)
        {
            LogUnreadable(id, exception);
            return null;
        }
    }

    private Task<int> TellUnreadableAsync(Guid id, CancellationToken cancellationToken) => moves.RunAsync(
        (session, ct) => session.Sql.ExecuteAsync($"UPDATE dkim_keys SET problem = '{DkimKeyMoves.Unreadable}' WHERE id = @id", ct, ("@id", id)), cancellationToken);

    private async ValueTask<Made> MakeAsync(Guid tenantId, DkimKeyKind kind, CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7(time.GetUtcNow());
        var pair = kind == DkimKeyKind.Rsa ? DkimKeyPair.NewRsa() : DkimKeyPair.NewEd25519();
        return new Made(id, pair.PublicKey, await seals.SealAsync(PushOwner.Tenant(tenantId), LabelOf(id), Encoding.UTF8.GetBytes(pair.PrivateKeyPem), cancellationToken));
    }

    private async ValueTask<StoredDkimKey?> ReadAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var sql = await reads.OpenAsync(cancellationToken);
        return await sql.FirstAsync($"SELECT {StoredDkimKey.Columns} FROM dkim_keys WHERE id = @id", StoredDkimKey.Read, cancellationToken, ("@id", id));
    }

    private Task<CommandResult<Guid>> ChangeAsync(Scope scope, Guid keyId, Func<MoveSession, StoredDkimKey, CancellationToken, ValueTask> change, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.TransportWrite);
        return moves.CommandAsync(
            async (session, ct) =>
            {
                if (await StoredDkimKey.LockAsync(session, keyId, ct) is not { } key || !scope.Tenants.Contains(key.TenantId))
                    throw new RefusedException(Unknown);
                await change(session, key, ct);
                return keyId;
            },
            cancellationToken);
    }

    private static async ValueTask InsertAsync(MoveSession session, StoredDkimKey key, byte[] privateKey, string actor, CancellationToken cancellationToken)
    {
        var open = await session.Sql.FirstAsync(
            $"SELECT COUNT(*) FROM dkim_keys WHERE tenant_id = @tenant AND domain = @domain AND state <> '{nameof(DkimKeyState.Retired)}'",
            row => row.GetInt64(0),
            cancellationToken,
            ("@tenant", key.TenantId),
            ("@domain", key.Domain));
        if (open >= MaxOfDomain)
            throw new RefusedException(Full);
        await DkimKeyMoves.InsertAsync(session, key, privateKey, actor, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The DKIM key {KeyId} cannot be opened; mail goes unsigned by it.")]
    private partial void LogUnreadable(Guid keyId, Exception exception);

    private sealed record Made(Guid Id, string PublicKey, byte[] Sealed);
}
