using System.Net;
using Platform.Engine.Feeds;
using Platform.Engine.Links;
using Platform.Storage.Directory;

namespace Platform.Storage.Lists;

/// <summary>
/// Values of list entries in the form in which the scan looks them up: addresses and names in lower case and A-labels (RFC 5890),
/// networks as CIDR without host bits (RFC 4632), links without scheme and fragment, digests in lower-case hex.
/// </summary>
internal static class ListValue
{
    public const int MaxLength = 1_000;

    /// <summary>A shorter prefix would name a good part of the internet.</summary>
    private const int LeastPrefix = 8;
    private const int LeastPrefix6 = 16;
    private const int Sha256Length = 64;

    /// <summary>What a value looks like.</summary>
    public static ListEntryKind KindOf(string value)
    {
        if (value.Contains("://", StringComparison.Ordinal))
            return ListEntryKind.Url;
        if (Network(value) is not null)
            return ListEntryKind.Network;
        if (value.IndexOf('@', StringComparison.Ordinal) > 0)
            return ListEntryKind.Address;
        if (IsDigest(value))
            return ListEntryKind.File;
        return value.Contains('/', StringComparison.Ordinal) ? ListEntryKind.Url : ListEntryKind.Domain;
    }

    /// <returns>Null when it is no value of the kind.</returns>
    public static string? Normalise(ListEntryKind kind, string text)
    {
        if (text.Length is 0 or > MaxLength || text.Any(char.IsControl))
            return null;
        var value = kind switch
        {
            ListEntryKind.Address => MailAddress.TryParse(text, out var local, out var domain) ? $"{local}@{domain}" : null,
            ListEntryKind.Domain => MailAddress.Domain(WithoutMarks(text)),
            ListEntryKind.Host => Host(WithoutMarks(text)),
            ListEntryKind.Url => Url(text),
            ListEntryKind.File => IsDigest(text) ? text.ToLowerInvariant() : null,
            ListEntryKind.Network => Network(text),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a kind of entry"),
        };
        return value is { Length: > 0 and <= MaxLength } ? value : null;
    }

    /// <returns>The canonical CIDR range; null when it is none, or so wide that it names nobody.</returns>
    public static string? Network(string text)
    {
        if (IPAddress.TryParse(text, out var address) && (text.Contains(':', StringComparison.Ordinal) || text.Count(c => c == '.') == 3))
            return Single(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
        // Host bits may be a slip of the pen, or one host meant: the parser would drop them.
        if (!IPNetwork.TryParse(text, out var network) || !IPAddress.TryParse(text.AsSpan(0, text.IndexOf('/', StringComparison.Ordinal)), out var given) || !given.Equals(network.BaseAddress))
            return null;
        var least = network.BaseAddress.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? LeastPrefix : LeastPrefix6;
        return network.PrefixLength >= least ? network.ToString() : null;
    }

    public static bool IsSha256(string value) => value.Length == Sha256Length;

    /// <summary>The domain that a value of a sender names; null for other kinds.</summary>
    public static string? SenderDomain(ListEntryKind kind, string value) => kind switch
    {
        ListEntryKind.Address => value[(value.LastIndexOf('@') + 1)..],
        ListEntryKind.Domain => value,
        _ => null,
    };

    private static string Single(IPAddress address) =>
        new IPNetwork(new IPAddress(address.GetAddressBytes()), address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? 32 : 128).ToString();

    /// <summary>People write @example.com and *.example.com for a domain and what stands below it.</summary>
    private static string WithoutMarks(string text) =>
        text.StartsWith("*.", StringComparison.Ordinal) ? text[2..] : text.StartsWith('@') || text.StartsWith('.') ? text[1..] : text;

    private static string? Url(string text) =>
        Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}", UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0 ? UrlKey.Of(uri) : null;

    private static string? Host(string text)
    {
        if (IPAddress.TryParse(text.Trim('[', ']'), out var address))
            return address.ToString();
        var name = OrganisationalDomain.ToAscii(text);
        return name.Contains('.', StringComparison.Ordinal) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_') && !name.StartsWith('.') && !name.Contains("..", StringComparison.Ordinal) ? name : null;
    }

    private static bool IsDigest(string value) => value.Length is 32 or 40 or Sha256Length && value.All(char.IsAsciiHexDigit);
}
