using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Platform.Storage.Directory;

namespace Platform.Storage.Access;

/// <summary>What a rule may say, brought into its one form.</summary>
internal static class AccessRuleChecks
{
    public const int MaxOfPlace = 20;
    public const int MaxOfTenant = 1_000;
    public const int MaxNetworks = 200;
    public const int MaxCountries = 250;
    public const int MaxComment = 300;
    private const int MaxNetworkLength = 64;
    private const int Bits4 = 32;
    private const int Bits6 = 128;

    /// <summary>Something of the rule cannot be taken; the sentence says what.</summary>
    public const string InvalidRule = "INVALID_ACCESS_RULE";

    public static Refusal Unknown { get; } = new("NOT_FOUND", "No such rule, or nothing that it could be set for, is in reach of this client.");

    public static Refusal Full { get; } = new("ACCESS_RULE_LIMIT", $"A place has at most {MaxOfPlace} rules and a tenant {MaxOfTenant}; put networks and countries that belong together into one.");

    public static Refusal OwnAddress { get; } = new(
        "OWN_ADDRESS_REFUSED", "After this change your own present address would be refused, and you would be locked out. Add a rule that admits it first, or say confirmOwnAddressRefused.");

    public static (CheckedAccessRule? Rule, Refusal? Refusal) Check(NewAccessRule given, DateTimeOffset now)
    {
        if (given.Services.Count == 0)
            return (null, Invalid("Name at least one service that the rule holds for."));
        if (given.Networks.Count == 0 && given.Countries.Count == 0)
            return (null, Invalid("Name networks or countries to admit; '0.0.0.0/0' and '::/0' are everywhere."));
        if (given.Networks.Count > MaxNetworks || given.Countries.Count > MaxCountries)
            return (null, Invalid($"A rule names at most {MaxNetworks} networks and {MaxCountries} countries."));
        if (given.Comment.Length > MaxComment || given.Comment.Any(char.IsControl))
            return (null, Invalid($"A comment has at most {MaxComment} characters and no control characters."));
        if (given.ExpiresAt <= now)
            return (null, Invalid("The end of a rule lies in the future."));
        var networks = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var text in given.Networks)
        {
            if (Network(text) is not { } network)
                return (null, Invalid($"'{Messages.SafeText.Clean(text, 60)}' is no network: give an address, or a range such as '192.0.2.0/24' or '2001:db8::/32'."));
            networks.Add(network.ToString());
        }

        var countries = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var text in given.Countries)
        {
            if (Country(text) is not { } country)
                return (null, Invalid($"'{Messages.SafeText.Clean(text, 60)}' is no country: give two letters by ISO 3166-1, such as 'JP'."));
            countries.Add(country);
        }

        return (new CheckedAccessRule(
            given.Services.ToHashSet(), [.. networks], [.. countries], given.CountriesExcluded && countries.Count > 0, given.TakesUnknownCountry && countries.Count > 0, given.Comment.Trim(), given.ExpiresAt), null);
    }

    /// <summary>An address, or a range whose host bits are cut off; IPv4 within IPv6 is IPv4. Null: neither.</summary>
    public static IPNetwork? Network(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.Length is 0 or > MaxNetworkLength || trimmed.Contains('%', StringComparison.Ordinal))
            return null;
        var slash = trimmed.IndexOf('/', StringComparison.Ordinal);
        var before = slash < 0 ? trimmed : trimmed[..slash];
        // Short forms such as '10.1' are read by some and by others not.
        if (!IPAddress.TryParse(before, out var address) || (address.AddressFamily == AddressFamily.InterNetwork && before.Count(c => c == '.') != 3))
            return null;
        var bits = address.AddressFamily == AddressFamily.InterNetwork ? Bits4 : Bits6;
        var prefix = bits;
        if (slash >= 0 && (!int.TryParse(trimmed.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out prefix) || prefix > bits))
            return null;
        if (address.IsIPv4MappedToIPv6)
        {
            if (prefix < Bits6 - Bits4)
                return null;
            (address, prefix) = (address.MapToIPv4(), prefix - (Bits6 - Bits4));
        }

        return new IPNetwork(Masked(address, prefix), prefix);
    }

    private static IPAddress Masked(IPAddress address, int prefix)
    {
        var bytes = address.GetAddressBytes();
        for (var i = 0; i < bytes.Length; i++)
        {
            var kept = Math.Clamp(prefix - (i * 8), 0, 8);
            bytes[i] &= (byte)(0xFF << (8 - kept));
        }

        return new IPAddress(bytes);
    }

    private static string? Country(string text) =>
        text.Trim() is { Length: 2 } code && code.All(char.IsAsciiLetter) ? code.ToUpperInvariant() : null;

    private static Refusal Invalid(string message) => new(InvalidRule, message);
}

/// <summary>A rule that keeps all of this, in its one form.</summary>
internal sealed record CheckedAccessRule(
    IReadOnlySet<AccessService> Services, IReadOnlyList<string> Networks, IReadOnlyList<string> Countries, bool CountriesExcluded, bool TakesUnknownCountry, string Comment, DateTimeOffset? ExpiresAt);
