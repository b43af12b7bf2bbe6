using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;

namespace Platform.Api.Identity;

internal sealed class ClientRegistry(IServiceScopeFactory scopes, TimeProvider time) : IClientRegistry
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(10);
    private const int MaxKept = 10_000;

    private readonly ConcurrentDictionary<string, (ApiClient? Client, DateTimeOffset Until)> _kept = new(StringComparer.Ordinal);

    public async Task EnsureAsync(ApiClient client, string secret, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        await using var scope = scopes.CreateAsyncScope();
        var applications = scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
        var descriptor = new OpenIddictApplicationDescriptor
        {
            ClientId = client.ClientId,
            ClientSecret = secret,
            ClientType = OpenIddictConstants.ClientTypes.Confidential,
            DisplayName = client.DisplayName,
            Permissions =
            {
                OpenIddictConstants.Permissions.Endpoints.Token, OpenIddictConstants.Permissions.Endpoints.Introspection, OpenIddictConstants.Permissions.Endpoints.Revocation,
                OpenIddictConstants.Permissions.GrantTypes.ClientCredentials,
            },
        };
        client.WriteTo(descriptor);
        if (await applications.FindByClientIdAsync(client.ClientId, cancellationToken) is { } known)
            await applications.UpdateAsync(known, descriptor, cancellationToken);
        else
            await applications.CreateAsync(descriptor, cancellationToken);
        _kept.TryRemove(client.ClientId, out _);
    }

    public async ValueTask<ApiClient?> FindAsync(string clientId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_kept.TryGetValue(clientId, out var kept) && kept.Until > now)
            return kept.Client;
        await using var scope = scopes.CreateAsyncScope();
        var applications = scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
        var found = await applications.FindByClientIdAsync(clientId, cancellationToken) is { } application
            ? await ReadAsync(applications, application, cancellationToken)
            : null;
        if (_kept.Count >= MaxKept)
            _kept.Clear();
        _kept[clientId] = (found, now + KeptFor);
        return found;
    }

    public async Task<IReadOnlyList<(ApiClient Client, DateTimeOffset? LastUsedAt)>> ListAsync(IReadOnlySet<Guid> tenants, Guid? msp, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var applications = scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
        var uses = await scope.ServiceProvider.GetRequiredService<IdentityDb>().ClientUses.AsNoTracking()
            .ToDictionaryAsync(row => row.ClientId, row => row.LastUsedAt, cancellationToken);
        var found = new List<(ApiClient, DateTimeOffset?)>();
        await foreach (var application in applications.ListAsync(cancellationToken: cancellationToken))
        {
            var client = await ReadAsync(applications, application, cancellationToken);
            if (IsWithin(client, tenants, msp))
                found.Add((client, uses.TryGetValue(client.ClientId, out var at) ? at : null));
        }
        return [.. found.OrderBy(pair => pair.Item1.ClientId, StringComparer.Ordinal)];
    }

    public async Task<IReadOnlyList<ApiClient>> EndingAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var applications = scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
        var ending = new List<ApiClient>();
        await foreach (var application in applications.ListAsync(cancellationToken: cancellationToken))
        {
            var client = await ReadAsync(applications, application, cancellationToken);
            if (client.ExpiresAt is { } end && end <= before && end > time.GetUtcNow() && client.ToldOfEnd != end)
                ending.Add(client);
        }

        return ending;
    }

    public async Task<bool> ChangeAsync(string clientId, Func<ApiClient, ApiClient> change, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var applications = scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
        if (await applications.FindByClientIdAsync(clientId, cancellationToken) is not { } application)
            return false;
        var changed = change(await ReadAsync(applications, application, cancellationToken));
        // Populated with the hash of the secret, which an update leaves as it is.
        var descriptor = new OpenIddictApplicationDescriptor();
        await applications.PopulateAsync(descriptor, application, cancellationToken);
        descriptor.DisplayName = changed.DisplayName;
        changed.WriteTo(descriptor);
        await applications.UpdateAsync(application, descriptor, cancellationToken);
        _kept.TryRemove(clientId, out _);
        return true;
    }

    public async Task<bool> RotateAsync(string clientId, string secret, DateTimeOffset overlapUntil, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var applications = scope.ServiceProvider.GetRequiredService<RotatingSecrets>();
        if (await applications.FindByClientIdAsync(clientId, cancellationToken) is not { } application)
            return false;
        await applications.RotateAsync(application, secret, overlapUntil, cancellationToken);
        _kept.TryRemove(clientId, out _);
        return true;
    }

    public async Task<bool> RemoveAsync(string clientId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var applications = scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
        if (await applications.FindByClientIdAsync(clientId, cancellationToken) is not { } application)
            return false;
        await applications.DeleteAsync(application, cancellationToken);
        _kept.TryRemove(clientId, out _);
        return true;
    }

    private static bool IsWithin(ApiClient client, IReadOnlySet<Guid> tenants, Guid? msp) =>
        client.MspId is { } owner
            ? owner == msp
            : client.Tenants.Count > 0 && client.Tenants.All(tenants.Contains);

    private static async ValueTask<ApiClient> ReadAsync(IOpenIddictApplicationManager applications, object application, CancellationToken cancellationToken) =>
        ApiClient.Read(
            await applications.GetClientIdAsync(application, cancellationToken) ?? "",
            await applications.GetDisplayNameAsync(application, cancellationToken),
            await applications.GetPropertiesAsync(application, cancellationToken));
}
