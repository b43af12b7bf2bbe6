namespace Platform.Api.Identity;

/// <summary>API clients: made, found, listed, ended. Secrets are hashed at rest and shown to nobody.</summary>
public interface IClientRegistry
{
    /// <summary>Makes the client, or brings the one there is to this state; for seeds and set-up.</summary>
    Task EnsureAsync(ApiClient client, string secret, CancellationToken cancellationToken);

    Task EnsureAsync(string clientId, string secret, string displayName, IReadOnlyList<Guid> tenants, Guid? msp, IReadOnlySet<string> permissions, CancellationToken cancellationToken) =>
        EnsureAsync(new ApiClient(clientId, displayName, tenants, msp, permissions, null), secret, cancellationToken);

    /// <summary>Null when there is none. Answered from memory for up to ten seconds.</summary>
    ValueTask<ApiClient?> FindAsync(string clientId, CancellationToken cancellationToken);

    /// <summary>Clients whose every tenant is among <paramref name="tenants"/>, with their last use.</summary>
    Task<IReadOnlyList<(ApiClient Client, DateTimeOffset? LastUsedAt)>> ListAsync(IReadOnlySet<Guid> tenants, Guid? msp, CancellationToken cancellationToken);

    /// <summary>Clients that end before the moment given, and whose tenants were not told of that end.</summary>
    Task<IReadOnlyList<ApiClient>> EndingAsync(DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>Changes all but its id and secret. False when there is none.</summary>
    Task<bool> ChangeAsync(string clientId, Func<ApiClient, ApiClient> change, CancellationToken cancellationToken);

    /// <summary>Gives it a new secret; that of before holds on until the moment given. False when there is none.</summary>
    Task<bool> RotateAsync(string clientId, string secret, DateTimeOffset overlapUntil, CancellationToken cancellationToken);

    /// <summary>Ends a client: no further token, and those given are refused within ten seconds. False when there was none.</summary>
    Task<bool> RemoveAsync(string clientId, CancellationToken cancellationToken);
}
