using System.Net;

namespace Platform.Storage.Access;

/// <summary>Whence somebody comes.</summary>
/// <param name="Country">ISO 3166-1 alpha-2, upper-case; null: not known, as for addresses that are not of the public Internet.</param>
/// <param name="Asn">Number of the network (autonomous system); null: not known.</param>
public sealed record AccessSource(IPAddress Address, string? Country, long? Asn = null, string? Organisation = null);

/// <summary>A rule as the decision reads it.</summary>
/// <param name="Name">Of the tenant, group, mailbox or account that sets it, for people.</param>
/// <param name="Position">Of a group among those of its tenant; 0 otherwise.</param>
public sealed record AccessRule(
    Guid Id,
    AccessTarget Place,
    string Name,
    int Position,
    IReadOnlySet<AccessService> Services,
    IReadOnlyList<IPNetwork> Networks,
    IReadOnlySet<string> Countries,
    bool CountriesExcluded,
    bool TakesUnknownCountry,
    DateTimeOffset? ExpiresAt)
{
    public bool HoldsFor(AccessService service, DateTimeOffset now) => Services.Contains(service) && !(ExpiresAt <= now);

    /// <summary>Null: admitted.</summary>
    public AccessReason? Refuse(AccessSource source)
    {
        if (Networks.Count > 0 && !Networks.Any(network => network.Contains(source.Address)))
            return AccessReason.Network;
        if (Countries.Count == 0)
            return null;
        if (source.Country is not { } country)
            return TakesUnknownCountry ? null : AccessReason.UnknownCountry;
        return Countries.Contains(country) != CountriesExcluded ? null : AccessReason.Country;
    }
}

/// <summary>Why somebody was not let in.</summary>
public enum AccessReason
{
    /// <summary>The address is in none of the networks.</summary>
    Network,

    /// <summary>The country is not among those admitted.</summary>
    Country,

    /// <summary>No country is known of the address, and the rule does not admit such.</summary>
    UnknownCountry,

    /// <summary>The secret was wrong, or there is no such mailbox.</summary>
    Failed,

    /// <summary>Too much was tried from there; the secret was not looked at.</summary>
    Locked,

    /// <summary>Few passwords were tried on each of many accounts; the count is of accounts.</summary>
    Spraying,
}

/// <summary>The names of reasons in events and answers.</summary>
public static class AccessReasons
{
    private static readonly string[] Names = ["network", "country", "unknown-country", "failed", "locked", "spraying"];

    public static string NameOf(AccessReason reason) => Names[(int)reason];
}
