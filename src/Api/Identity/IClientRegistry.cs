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

    /// <summary>Ends a client: no further token, and those given are refused within ten seconds. False when there was none.</summary>
    Task<bool> RemoveAsync(string clientId, CancellationToken cancellationToken);
}
