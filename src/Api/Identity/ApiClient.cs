using System.Net;
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
    internal const string OverlapProperty = "overlap_until";

    private const string TenantsProperty = "tenants";
    private const string MspProperty = "msp";
    private const string PermissionsProperty = "permissions";
    private const string ExpiresProperty = "expires_at";
    private const string NetworksProperty = "networks";
    private const string OnlyRegisteredProperty = "only_registered_documents";
    private const string ToldProperty = "told_of_end";
    private const string MakersProperty = "makers";
    private const string DocumentsProperty = "documents";

    /// <summary>Networks (CIDR) from which alone its tokens are taken; empty: from anywhere.</summary>
    public IReadOnlyList<string> Networks { get; init; } = [];

    /// <summary>Takes no GraphQL document that is not registered for it.</summary>
    public bool OnlyRegisteredDocuments { get; init; }

    /// <summary>GraphQL documents registered for it, by SHA-256 in lower-case hex.</summary>
    public IReadOnlyDictionary<string, string> Documents { get; init; } = new Dictionary<string, string>();

    /// <summary>Until when the secret before the current one holds too; null: it does not.</summary>
    public DateTimeOffset? OverlapUntil { get; init; }

    /// <summary>The end that its tenants were told of; null: of none yet.</summary>
    public DateTimeOffset? ToldOfEnd { get; init; }

    /// <summary>The accounts that made it or set its secret, and so can be it.</summary>
    public IReadOnlyList<Guid> Makers { get; init; } = [];

    public bool IsExpired(DateTimeOffset now) => ExpiresAt <= now;

    public bool TakesFrom(IPAddress? address)
    {
        if (Networks.Count == 0)
            return true;
        var plain = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
        return plain is not null && Networks.Any(network => IPNetwork.TryParse(network, out var range) && range.Contains(plain));
    }

    internal void WriteTo(OpenIddictApplicationDescriptor descriptor)
    {
        descriptor.Properties[TenantsProperty] = JsonSerializer.SerializeToElement(Tenants);
        descriptor.Properties[PermissionsProperty] = JsonSerializer.SerializeToElement(Permissions.Order(StringComparer.Ordinal));
        descriptor.Properties[NetworksProperty] = JsonSerializer.SerializeToElement(Networks);
        descriptor.Properties[OnlyRegisteredProperty] = JsonSerializer.SerializeToElement(OnlyRegisteredDocuments);
        descriptor.Properties[MakersProperty] = JsonSerializer.SerializeToElement(Makers);
        descriptor.Properties[DocumentsProperty] = JsonSerializer.SerializeToElement(Documents);
        if (ToldOfEnd is { } told)
            descriptor.Properties[ToldProperty] = JsonSerializer.SerializeToElement(told);
        if (MspId is { } msp)
            descriptor.Properties[MspProperty] = JsonSerializer.SerializeToElement(msp);
        if (ExpiresAt is { } expires)
            descriptor.Properties[ExpiresProperty] = JsonSerializer.SerializeToElement(expires);
        else
            descriptor.Properties.Remove(ExpiresProperty);
    }

    internal static ApiClient Read(string clientId, string? displayName, IReadOnlyDictionary<string, JsonElement> properties) => new(
        clientId,
        displayName ?? clientId,
        properties.TryGetValue(TenantsProperty, out var tenants) ? tenants.Deserialize<Guid[]>() ?? [] : [],
        properties.TryGetValue(MspProperty, out var msp) ? msp.GetGuid() : null,
        properties.TryGetValue(PermissionsProperty, out var permissions) ? permissions.Deserialize<HashSet<string>>() ?? [] : new HashSet<string>(),
        properties.TryGetValue(ExpiresProperty, out var expires) ? expires.GetDateTimeOffset() : null)
    {
        Networks = properties.TryGetValue(NetworksProperty, out var networks) ? networks.Deserialize<string[]>() ?? [] : [],
        OnlyRegisteredDocuments = properties.TryGetValue(OnlyRegisteredProperty, out var only) && only.GetBoolean(),
        Documents = properties.TryGetValue(DocumentsProperty, out var documents) ? documents.Deserialize<Dictionary<string, string>>() ?? [] : [],
        Makers = properties.TryGetValue(MakersProperty, out var makers) ? makers.Deserialize<Guid[]>() ?? [] : [],
        ToldOfEnd = properties.TryGetValue(ToldProperty, out var told) ? told.GetDateTimeOffset() : null,
        OverlapUntil = properties.TryGetValue(OverlapProperty, out var overlap) ? overlap.GetDateTimeOffset() : null,
    };
}
