using Platform.Engine.Authentication.Dkim;
using Platform.Storage.Directory;
using Platform.Storage.Scopes;

namespace Platform.Storage.Transport;

/// <summary>Keys by which tenants' mail is signed, each with its event and audit entry. Private keys are sealed under the tenant's key.</summary>
public interface IDkimKeys
{
    /// <summary>Makes a key for a domain of the tenant. It signs once its record is seen in DNS.</summary>
    /// <param name="rotationDays">0: only by hand.</param>
    /// <returns>Its id. Codes: <c>NOT_FOUND</c>, <c>DOMAIN_UNKNOWN</c>, <c>INVALID_ROTATION</c>, <c>DKIM_KEY_LIMIT</c>.</returns>
    Task<CommandResult<Guid>> CreateAsync(Scope scope, Guid tenantId, string domain, DkimKeyKind kind, int rotationDays, CancellationToken cancellationToken);

    /// <summary>Makes the one that follows a key; the old one signs until the new one's record is seen.</summary>
    /// <returns>Id of the new one. Codes: <c>NOT_FOUND</c>, <c>DKIM_KEY_NOT_ACTIVE</c>, <c>DKIM_KEY_WAITING</c>, <c>DKIM_KEY_LIMIT</c>.</returns>
    Task<CommandResult<Guid>> RotateAsync(Scope scope, Guid keyId, CancellationToken cancellationToken);

    /// <summary>Has DNS looked at now.</summary>
    /// <returns>Codes: <c>NOT_FOUND</c>.</returns>
    Task<CommandResult<Guid>> CheckAsync(Scope scope, Guid keyId, CancellationToken cancellationToken);

    /// <summary>Ends a key: one that signs retires, any other is forgotten.</summary>
    /// <returns>Codes: <c>NOT_FOUND</c>.</returns>
    Task<CommandResult<Guid>> RemoveAsync(Scope scope, Guid keyId, CancellationToken cancellationToken);

    /// <summary>Those that sign for a domain, while that is the tenant's. One that cannot be opened is left out, and says so (<c>key-unreadable</c>).</summary>
    Task<IReadOnlyList<SigningKey>> SigningAsync(Guid tenantId, string domain, CancellationToken cancellationToken);

    /// <summary>The next key to look at; another silo gets it when the lease has run out.</summary>
    Task<DueDkimKey?> TakeDueAsync(TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Moves a key on by what DNS says of it, and makes its follower when that is due.</summary>
    Task SettleAsync(DueDkimKey key, DkimPublicationState state, CancellationToken cancellationToken);
}

/// <summary>A key with which to sign.</summary>
public sealed record SigningKey(Guid Id, string Domain, string Selector, string PrivateKeyPem)
{
    /// <summary>Without the private key, so that no log shows it.</summary>
    public override string ToString() => $"{Selector}._domainkey.{Domain}";
}

public sealed record DueDkimKey(Guid Id, Guid TenantId, string Domain, string Selector, DkimKeyKind Kind, string PublicKey)
{
    /// <summary>As the record writes it.</summary>
    public string KeyType => DkimKeyKinds.TypeOf(Kind);
}

public static class DkimKeyKinds
{
    /// <summary>The value of <c>k=</c>.</summary>
    public static string TypeOf(DkimKeyKind kind) => kind == DkimKeyKind.Rsa ? "rsa" : "ed25519";
}
