using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Platform.Engine.Feeds;
using Platform.Engine.Links;

namespace Platform.Feeds.Lists;

internal enum IndicatorKind
{
    Md5,
    Sha1,
    Sha256,
    Domain,
    Url,
    Email,
    Network,
}

/// <summary>One thing that a feed names as bad, in the form in which it is compared.</summary>
/// <param name="Value">Lower-case hex, A-labels, <see cref="UrlKey"/>, mail address or CIDR range.</param>
/// <param name="Label">What the feed says of it, at most <see cref="MaxLabel"/> characters without tabs or line ends; empty when nothing.</param>
internal readonly record struct Indicator(IndicatorKind Kind, string Value, string Label)
{
    public const int MaxLabel = 120;

    /// <summary>Takes a value as a feed writes it; false for what is none of this kind, or names half the world.</summary>
    public static bool TryMake(IndicatorKind kind, string text, string label, out Indicator indicator)
    {
        text = Refang(text.Trim());
        var value = text.Length > FeedQuestions.MaxText || text.Any(char.IsControl) ? null : kind switch
        {
            IndicatorKind.Md5 => Hex(text, 32),
            IndicatorKind.Sha1 => Hex(text, 40),
            IndicatorKind.Sha256 => Hex(text, 64),
            IndicatorKind.Domain => Domain(text),
            IndicatorKind.Url => UrlKey.Of(text),
            IndicatorKind.Email => Email(text),
            IndicatorKind.Network => Network(text),
            _ => null,
        };
        // Escapes may have made it longer.
        if (value is { Length: > FeedQuestions.MaxText })
            value = null;
        indicator = value is null ? default : new Indicator(kind, value, Clean(label));
        return value is not null;
    }

    /// <summary>Takes a word of a list whose kind nobody tells.</summary>
    public static bool TryGuess(string text, string label, out Indicator indicator)
    {
        text = Refang(text.Trim());
        if (text.Length is < 4 or > FeedQuestions.MaxText)
        {
            indicator = default;
            return false;
        }

        if (text.Length is 32 or 40 or 64 && text.All(char.IsAsciiHexDigit))
            return TryMake(text.Length == 32 ? IndicatorKind.Md5 : text.Length == 40 ? IndicatorKind.Sha1 : IndicatorKind.Sha256, text, label, out indicator);
        if (text.Contains("://", StringComparison.Ordinal))
            return TryMake(IndicatorKind.Url, text, label, out indicator);
        if (TryMake(IndicatorKind.Network, text, label, out indicator))
            return true;
        if (text.Contains('@', StringComparison.Ordinal))
            return TryMake(IndicatorKind.Email, text, label, out indicator);
        return text.Contains('/', StringComparison.Ordinal)
            ? Domain(text[..text.IndexOf('/', StringComparison.Ordinal)]) is not null && TryMake(IndicatorKind.Url, text, label, out indicator)
            : TryMake(IndicatorKind.Domain, text, label, out indicator);
    }

    /// <summary>128 bits that stand for it: of a digest its first, of a text those of its SHA-256.</summary>
    public static UInt128 KeyOf(IndicatorKind kind, string value)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        if (kind is IndicatorKind.Md5 or IndicatorKind.Sha1 or IndicatorKind.Sha256)
            Convert.FromHexString(value.AsSpan(0, 32), digest, out _, out _);
        else
            SHA256.HashData(Encoding.UTF8.GetBytes(value), digest);
        return BinaryPrimitives.ReadUInt128BigEndian(digest);
    }

    /// <summary>Lists write <c>hxxp</c> and <c>[.]</c> so that nobody clicks on them.</summary>
    private static string Refang(string text)
    {
        if (text.Contains('[', StringComparison.Ordinal))
            text = text.Replace("[.]", ".", StringComparison.Ordinal).Replace("[:]", ":", StringComparison.Ordinal).Replace("[@]", "@", StringComparison.Ordinal);
        return text.StartsWith("hxxp", StringComparison.OrdinalIgnoreCase) ? $"http{text[4..]}" : text;
    }

    private static string? Hex(string text, int length) => text.Length == length && text.All(char.IsAsciiHexDigit) ? text.ToLowerInvariant() : null;

    private static string? Domain(string text)
    {
        text = text.TrimEnd('.');
        if (text.StartsWith("*.", StringComparison.Ordinal))
            text = text[2..];
        if (text.Length is < 4 or > 253 || !text.Contains('.', StringComparison.Ordinal))
            return null;
        var host = OrganisationalDomain.ToAscii(text).ToLowerInvariant();
        var last = host[(host.LastIndexOf('.') + 1)..];
        return Uri.CheckHostName(host) == UriHostNameType.Dns && last.Length >= 2 && !last.All(char.IsAsciiDigit) && host.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_') ? host : null;
    }

    private static string? Email(string text)
    {
        var at = text.LastIndexOf('@');
        return at > 0 && text.Length <= 320 && Domain(text[(at + 1)..]) is { } domain ? $"{text[..at].ToLowerInvariant()}@{domain}" : null;
    }

    private static string? Network(string text)
    {
        if (!IsAddressLike(text))
            return null;
        if (!text.Contains('/', StringComparison.Ordinal))
            return IPAddress.TryParse(text, out var address) ? $"{Plain(address)}/{(Plain(address).AddressFamily == AddressFamily.InterNetwork ? 32 : 128)}" : null;
        if (!IPNetwork.TryParse(text, out var network))
            return null;
        // Wider than any list means to say: a slip that would stop all mail.
        var isNarrow = network.PrefixLength >= (network.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? 8 : 16);
        return isNarrow ? network.ToString() : null;
    }

    // The parser of .NET also takes 1.2 and 0x7f000001.
    private static bool IsAddressLike(string text) =>
        text.Contains(':', StringComparison.Ordinal) ? !text.Contains('%', StringComparison.Ordinal) : text.Count(c => c == '.') == 3 && text.All(c => char.IsAsciiDigit(c) || c is '.' or '/');

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    [SuppressMessage("Globalization", "CA1307", Justification = "A character, not a text.")]
    private static string Clean(string label)
    {
        label = label.Length > MaxLabel ? label[..MaxLabel] : label;
        return label.Any(char.IsControl) ? string.Concat(label.Select(c => char.IsControl(c) ? ' ' : c)) : label;
    }
}
