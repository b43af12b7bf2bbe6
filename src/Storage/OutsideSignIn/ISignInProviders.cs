namespace Platform.Storage.OutsideSignIn;

/// <summary>Providers as sign-in needs them, without a scope: it is sign-in that makes one.</summary>
public interface ISignInProviders
{
    /// <summary>The enabled provider that the domain of an address is routed to.</summary>
    /// <param name="address">As a person types it.</param>
    Task<SignInProvider?> FindByAddressAsync(string address, CancellationToken cancellationToken);

    /// <summary>An enabled provider.</summary>
    Task<SignInProvider?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Enabled or not, for whoever looks after it.</summary>
    Task<SignInProvider?> FindAnyAsync(Guid id, CancellationToken cancellationToken);

    /// <returns>Null: a client without a secret.</returns>
    Task<string?> OpenSecretAsync(SignInProvider provider, CancellationToken cancellationToken);

    /// <summary>Somebody has signed in by it: what is set works.</summary>
    Task NoteSignInAsync(SignInProvider provider, CancellationToken cancellationToken);
}

/// <param name="LocalSignIn">Accounts of the tenant in the routed domains may use passwords and passkeys of the platform too.</param>
/// <param name="Roles">By values of <paramref name="RoleClaim"/>.</param>
public sealed record SignInProvider(
    Guid Id, Guid TenantId, string Name, string Issuer, string ClientId, IReadOnlyList<string> Scopes, bool LocalSignIn, bool CreatesAccounts, string? RoleClaim, RoleMap Roles)
{
    internal byte[]? SealedSecret { get; init; }
}
