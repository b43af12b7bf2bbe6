using System.Text;
using Platform.Storage.Directory;
using Platform.Storage.Events;
using Platform.Storage.Push;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.OutsideSignIn;

/// <summary>Each command: is the tenant in reach, then under the provider's lock check, write, route its domains, record.</summary>
internal sealed class SignInProviderCommands(IMoveRunner moves, PushKeys keys, IPushAddressRule addresses, TimeProvider time) : ISignInProviderCommands
{
    public async Task<CommandResult<Guid>> CreateAsync(Scope scope, Guid tenantId, NewSignInProvider provider, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.SignInWrite);
        var refusal = SignInRules.Reach(scope, tenantId)
            ?? DirectoryRules.Name(provider.Name) ?? SignInRules.Issuer(provider.Issuer, addresses) ?? SignInRules.ClientId(provider.ClientId) ?? SignInRules.Secret(provider.ClientSecret)
            ?? SignInRules.Domains(provider.Domains) ?? SignInRules.Scopes(provider.Scopes) ?? SignInRules.Claim(provider.RoleClaim)
            ?? RoleMapRules.Check(provider.RoleMap) ?? RoleMapRules.CheckDefault(provider.DefaultRoles);
        if (refusal is not null)
            return refusal.As<Guid>();
        var id = Guid.CreateVersion7(time.GetUtcNow());
        var secret = await SealAsync(tenantId, id, provider.ClientSecret, cancellationToken);
        return await moves.CommandAsync(
            async (session, ct) =>
            {
                if (await session.Sql.FirstAsync("SELECT COUNT(*) FROM sign_in_providers WHERE tenant_id = @tenant", row => row.GetInt64(0), ct, ("@tenant", tenantId)) >= SignInRules.MaxProviders)
                    throw new RefusedException(SignInRules.Full);
                var made = new StoredSignInProvider(
                    id, tenantId, provider.Name.Trim(), provider.Issuer, provider.ClientId, secret, provider.Scopes, Enabled: true, LocalSignIn: true, provider.CreatesAccounts,
                    NullIfEmpty(provider.RoleClaim), new RoleMap(provider.RoleMap, provider.DefaultRoles), null);
                await RoleMapRules.CheckRolesAsync(session, scope, tenantId, made.Roles, ct);
                await made.InsertAsync(session, scope.Actor, ct);
                await made.RouteAsync(session, provider.Domains, ct);
                await RecordAsync(session, made, scope.Actor, "create", ct);
                return id;
            },
            cancellationToken);
    }

    public Task<CommandResult<Guid>> UpdateAsync(Scope scope, Guid providerId, SignInProviderChange change, CancellationToken cancellationToken) => ChangeAsync(
        scope,
        providerId,
        async (session, before, ct) =>
        {
            var elsewhere = change.Issuer is { } issuer && issuer != before.Issuer;
            if (elsewhere && before.ClientSecret is not null && change.ClientSecret is null)
                throw new RefusedException(SignInRules.SecretRequired);
            var after = before with
            {
                Name = change.Name?.Trim() ?? before.Name,
                Issuer = change.Issuer ?? before.Issuer,
                ClientId = change.ClientId ?? before.ClientId,
                ClientSecret = change.ClientSecret is null ? before.ClientSecret : await SealAsync(before.TenantId, providerId, change.ClientSecret, ct),
                Scopes = change.Scopes ?? before.Scopes,
                Enabled = change.Enabled ?? before.Enabled,
                LocalSignIn = change.LocalSignIn ?? before.LocalSignIn,
                CreatesAccounts = change.CreatesAccounts ?? before.CreatesAccounts,
                RoleClaim = change.RoleClaim is null ? before.RoleClaim : NullIfEmpty(change.RoleClaim),
                Roles = new RoleMap(change.RoleMap ?? before.Roles.Entries, change.DefaultRoles ?? before.Roles.Default),
                LastSignInAt = elsewhere || (change.ClientId is { } client && client != before.ClientId) ? null : before.LastSignInAt,
            };
            // What stays as it was is not judged again: a role or a network may have gone since, and passwords must open all the same.
            var refusal = DirectoryRules.Name(after.Name) ?? (change.Issuer is null ? null : SignInRules.Issuer(after.Issuer, addresses))
                ?? SignInRules.ClientId(after.ClientId) ?? SignInRules.Secret(change.ClientSecret)
                ?? SignInRules.Domains(change.Domains ?? []) ?? SignInRules.Scopes(after.Scopes) ?? SignInRules.Claim(after.RoleClaim)
                ?? RoleMapRules.Check(change.RoleMap ?? []) ?? RoleMapRules.CheckDefault(change.DefaultRoles ?? [])
                ?? (after is { LocalSignIn: false, LastSignInAt: null } ? SignInRules.NotProven : null)
                ?? (after is { LocalSignIn: false, Enabled: false } ? SignInRules.NoWayIn : null);
            if (refusal is not null)
                throw new RefusedException(refusal);
            await RoleMapRules.CheckRolesAsync(session, scope, after.TenantId, new RoleMap(change.RoleMap ?? [], change.DefaultRoles ?? []), ct);
            await after.UpdateAsync(session, scope.Actor, ct);
            if (change.Domains is { } domains)
            {
                var routed = await after.DomainsAsync(session, ct);
                await after.RouteAsync(session, domains, ct);
                if (!after.LocalSignIn && routed.Except(await after.DomainsAsync(session, ct)).Any())
                    throw new RefusedException(SignInRules.NoWayIn);
            }

            await RecordAsync(session, after, scope.Actor, "update", ct);
            return providerId;
        },
        cancellationToken);

    public Task<CommandResult<Guid>> RemoveAsync(Scope scope, Guid providerId, CancellationToken cancellationToken) => ChangeAsync(
        scope,
        providerId,
        async (session, before, ct) =>
        {
            if (!before.LocalSignIn)
                throw new RefusedException(SignInRules.NoWayIn);
            await RecordAsync(session, before, scope.Actor, "remove", ct);
            await before.RouteAsync(session, [], ct);
            await session.Sql.ExecuteAsync("DELETE FROM sign_in_providers WHERE id = @id", ct, ("@id", providerId));
            return providerId;
        },
        cancellationToken);

    public CommandResult<Guid> MayVouch(Scope scope, Guid tenantId) => SignInRules.Reach(scope, tenantId)?.As<Guid>() ?? new CommandResult<Guid>(tenantId, null, null);

    public static string SecretLabel(Guid providerId) => $"sign-in-secret:{providerId:N}";

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static async ValueTask RecordAsync(MoveSession session, StoredSignInProvider provider, string actor, string action, CancellationToken cancellationToken)
    {
        var data = SignInProviderJson.Write(actor, action, provider, await provider.DomainsAsync(session, cancellationToken));
        session.Record(new PendingEvent(provider.TenantId, EventKinds.SignInProviderChanged, session.Now, null, null, data));
        session.Record(new PendingAudit(provider.TenantId, actor, "sign-in-provider." + action, provider.Id.ToString(), data));
    }

    private async ValueTask<byte[]?> SealAsync(Guid tenantId, Guid providerId, string? secret, CancellationToken cancellationToken) =>
        string.IsNullOrEmpty(secret) ? null : await keys.SealAsync(PushOwner.Tenant(tenantId), SecretLabel(providerId), Encoding.UTF8.GetBytes(secret), cancellationToken);

    private Task<CommandResult<Guid>> ChangeAsync(Scope scope, Guid providerId, Func<MoveSession, StoredSignInProvider, CancellationToken, ValueTask<Guid>> change, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.SignInWrite);
        return moves.CommandAsync(
            async (session, ct) =>
            {
                if (await StoredSignInProvider.LockAsync(session, providerId, ct) is not { } provider || !scope.Tenants.Contains(provider.TenantId))
                    throw new RefusedException(SignInRules.Unknown);
                return SignInRules.Reach(scope, provider.TenantId) is { } refusal ? throw new RefusedException(refusal) : await change(session, provider, ct);
            },
            cancellationToken);
    }
}
