using Platform.Storage.Directory;
using Platform.Storage.Scopes;

namespace Platform.Storage.OutsideSignIn;

/// <summary>
/// Changes of a tenant's sign-in providers, each with its event and audit entry in the same transaction. Whoever makes one must hold all
/// that an administrator of the tenant holds, and no role is mapped that it does not hold.
/// </summary>
public interface ISignInProviderCommands
{
    Task<CommandResult<Guid>> CreateAsync(Scope scope, Guid tenantId, NewSignInProvider provider, CancellationToken cancellationToken);

    /// <summary>Another issuer or client id takes away what was proven by a sign-in, and another issuer needs its own secret.</summary>
    Task<CommandResult<Guid>> UpdateAsync(Scope scope, Guid providerId, SignInProviderChange change, CancellationToken cancellationToken);

    /// <summary>Its domains are routed nowhere from then on: people sign in by password. Refused while passwords are closed.</summary>
    Task<CommandResult<Guid>> RemoveAsync(Scope scope, Guid providerId, CancellationToken cancellationToken);

    /// <summary>Whether the scope may say how people of the tenant prove who they are: whoever does could be any of them.</summary>
    CommandResult<Guid> MayVouch(Scope scope, Guid tenantId);
}

/// <param name="ClientSecret">Null or empty: a client without a secret.</param>
/// <param name="Domains">Domains of the tenant whose people are led there.</param>
/// <param name="Scopes">Asked for beside <c>openid profile email</c>.</param>
public sealed record NewSignInProvider(
    string Name,
    string Issuer,
    string ClientId,
    string? ClientSecret,
    IReadOnlyList<string> Domains,
    IReadOnlyList<string> Scopes,
    bool CreatesAccounts,
    string? RoleClaim,
    IReadOnlyList<RoleMapping> RoleMap,
    IReadOnlyList<Guid> DefaultRoles)
{
    /// <summary>Without the secret, so that no log shows it.</summary>
    public override string ToString() => Issuer;
}

/// <summary>Null leaves a value as it is; an empty text takes the secret or the claim away.</summary>
public sealed record SignInProviderChange(
    string? Name = null,
    string? Issuer = null,
    string? ClientId = null,
    string? ClientSecret = null,
    IReadOnlyList<string>? Domains = null,
    IReadOnlyList<string>? Scopes = null,
    bool? Enabled = null,
    bool? LocalSignIn = null,
    bool? CreatesAccounts = null,
    string? RoleClaim = null,
    IReadOnlyList<RoleMapping>? RoleMap = null,
    IReadOnlyList<Guid>? DefaultRoles = null)
{
    /// <summary>Without the secret, so that no log shows it.</summary>
    public override string ToString() => Issuer ?? "";
}
