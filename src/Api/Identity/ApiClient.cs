using System.Text.Json;
using OpenIddict.Abstractions;

namespace Platform.Api.Identity;

/// <summary>A program that signs in by client credentials, and what it may reach.</summary>
/// <param name="Tenants">The tenants of a tenant's client; empty for a client of an MSP.</param>
/// <param name="MspId">Set: the client reaches every tenant of this MSP, also those added later.</param>
/// <param name="ExpiresAt">From then on no token is issued and none is taken; null: no end.</param>
public sealed record ApiClient(
    string ClientId,
    string DisplayName,
    IReadOnlyList<Guid> Tenants,
    Guid? MspId,
    IReadOnlySet<string> Permissions,
    DateTimeOffset? ExpiresAt)
{
    public bool IsExpired(DateTimeOffset now) => ExpiresAt <= now;

    private const string TenantsProperty = "tenants";
    private const string MspProperty = "msp";
    private const string PermissionsProperty = "permissions";
    private const string ExpiresProperty = "expires_at";

    internal void WriteTo(OpenIddictApplicationDescriptor descriptor)
    {
        descriptor.Properties[TenantsProperty] = JsonSerializer.SerializeToElement(Tenants);
        descriptor.Properties[PermissionsProperty] = JsonSerializer.SerializeToElement(Permissions.Order(StringComparer.Ordinal));
        if (MspId is { } msp)
            descriptor.Properties[MspProperty] = JsonSerializer.SerializeToElement(msp);
        if (ExpiresAt is { } expires)
            descriptor.Properties[ExpiresProperty] = JsonSerializer.SerializeToElement(expires);
    }

    internal static ApiClient Read(string clientId, string? displayName, IReadOnlyDictionary<string, JsonElement> properties) => new(
        clientId,
        displayName ?? clientId,
        properties.TryGetValue(TenantsProperty, out var tenants) ? tenants.Deserialize<Guid[]>() ?? [] : [],
        properties.TryGetValue(MspProperty, out var msp) ? msp.GetGuid() : null,
        properties.TryGetValue(PermissionsProperty, out var permissions) ? permissions.Deserialize<HashSet<string>>() ?? [] : new HashSet<string>(),
        properties.TryGetValue(ExpiresProperty, out var expires) ? expires.GetDateTimeOffset() : null);
}
