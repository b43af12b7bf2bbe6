using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Platform.Engine.Links;

// Links often hold the address to which they lead: mail filters wrap what they let through (`…safelinks…/?url=https%3A…`),
// mailing services count clicks (`/L0/https:%2F%2F…`), search engines and networks pass their users on (`google.com/url?q=`).
// The address stands in a parameter (percent-encoded, RFC 3986 2.1), in the rest of the path, in base64 or base64url
// (RFC 4648), or in a form of its own maker: Proofpoint v2 writes `-` for `%` and `_` for `/`; v3 keeps the address between
// double underscores, an asterisk for each character that it holds aside in base64 behind a semicolon; Google writes the
// host of a translated page with hyphens below translate.goog, the AMP cache likewise below cdn.ampproject.org.
// All that is read here and nothing is asked of the network. An address may be wrapped many times.

/// <param name="Uri">The address within.</param>
/// <param name="Kind">What the host around it is.</param>
internal sealed record Unwrapped(Uri Uri, RedirectorKind Kind);

/// <summary>Reads the address to which a link leads on.</summary>
internal static class LinkUnwrapping
{
    private const int MostLayers = 6;
    private const int MaxLength = 8_192;
    private const int ShortestBase64 = 16;

    private static readonly SearchValues<char> Base64Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
    private static readonly SearchValues<char> AddressEnds = SearchValues.Create("\"' \\\u0000\n|");

    private static readonly string[] UsualNames = ["url", "u", "q", "to", "target", "dest", "destination", "redirect", "redirect_url", "redirecturl", "redirect_uri", "redir", "goto", "link", "out", "next", "href", "returnurl", "return_url", "l", "r", "urllink", "website", "murl", "ued", "continue"];
    private static readonly string[] UsualPaths = ["redirect", "redir", "/out", "/go", "click", "track", "/away", "/link", "/url", "/r/", "/l/", "/ext", "jump", "forward", "leave", "exit", "banner", "/ads", "/rd", "goto", "/cl/", "/ls/", "/t/"];

    /// <summary>The addresses within a link, outermost first; empty when it leads nowhere else.</summary>
    public static IReadOnlyList<Unwrapped> Unwrap(Uri uri)
    {
        List<Unwrapped>? layers = null;
        for (var layer = 0; layer < MostLayers && Inner(uri) is { } inner; layer++)
        {
            (layers ??= []).Add(inner);
            uri = inner.Uri;
        }

        return layers ?? (IReadOnlyList<Unwrapped>)[];
    }

    private static Unwrapped? Inner(Uri uri)
    {
        if (uri.Scheme is not ("http" or "https") || uri.OriginalString.Length > MaxLength)
            return null;
        var host = uri.IdnHost.ToLowerInvariant();
        var path = uri.AbsolutePath;
        foreach (var entry in Redirectors.Embedded.For(host, path))
            foreach (var place in entry.Places)
                if (Address(At(place, uri, path[entry.PathStart.Length..])) is { } address && !Same(address, host))
                    return new Unwrapped(address, entry.Kind);
        if (Mirrored(host, uri) is { } mirrored)
            return new Unwrapped(mirrored, RedirectorKind.Redirector);
        return Usual(uri, host, path);
    }

    // What is no known redirector may still be one by its look: a path that says so, and a whole address in a parameter.
    private static Unwrapped? Usual(Uri uri, string host, string path)
    {
        if (uri.Query.Length < 10 && !path.Contains("http", StringComparison.OrdinalIgnoreCase))
            return null;
        if (!Array.Exists(UsualPaths, usual => path.Contains(usual, StringComparison.OrdinalIgnoreCase)))
            return null;
        foreach (var (name, value) in Parameters(uri))
            if (Array.IndexOf(UsualNames, name.ToLowerInvariant()) >= 0 && Whole(value) is { } address && !Same(address, host))
                return new Unwrapped(address, KindOf(host));
        return Whole(AfterMark(path)) is { } inPath && !Same(inPath, host) ? new Unwrapped(inPath, KindOf(host)) : null;
    }

    private static RedirectorKind KindOf(string host) => KnownDomains.Embedded.IsClickTracker(host) ? RedirectorKind.Counter : RedirectorKind.Redirector;

    private static string? At(string place, Uri uri, string rest) => place switch
    {
        "*path" => AfterMark(rest) ?? Decoded(rest),
        "*query" => Decoded(uri.Query.TrimStart('?')),
        "@proofpoint2" => Parameter(uri, "u") is { } written ? Decoded(written.Replace('-', '%').Replace('_', '/')) : null,
        "@proofpoint3" => ProofpointThree(uri.OriginalString),
        "@base64path" => rest.Split('/').Select(FromBase64).FirstOrDefault(text => text is not null) ?? FromBase64(rest.Replace("/", "", StringComparison.Ordinal)),
        "@bing" => Parameter(uri, "u") is { Length: > 2 } coded ? FromBase64(coded[2..]) : null,
        "@yahoo" => Between(uri.AbsolutePath, "/RU=", "/"),
        _ => Parameter(uri, place),
    };

    private static string? AfterMark(string path)
    {
        var decoded = Decoded(path);
        var at = decoded.IndexOf("http", StringComparison.OrdinalIgnoreCase);
        return at < 0 ? null : Repaired(decoded[at..]);
    }

    // "https:/host": a slash is lost where paths are tidied.
    private static string Repaired(string text)
    {
        var colon = text.IndexOf(":/", StringComparison.Ordinal);
        return colon is 4 or 5 && colon + 2 < text.Length && text[colon + 2] != '/' ? text.Insert(colon + 1, "/") : text;
    }

    /// <summary>An address, with or without its scheme; null when it is none.</summary>
    private static Uri? Address(string? text)
    {
        if (Whole(text) is { } whole)
            return whole;
        if (string.IsNullOrEmpty(text) || text.Length > MaxLength || text.Contains('@', StringComparison.Ordinal) || FromBase64(text) is not null)
            return null;
        var decoded = Decoded(text).TrimStart('/');
        var end = decoded.AsSpan().IndexOfAny("/?#");
        var host = end < 0 ? decoded : decoded[..end];
        return host.Contains('.', StringComparison.Ordinal) && OrganisationalDomain.Embedded.HasKnownSuffix(host) && OrganisationalDomain.Embedded.Of(host).Length > 0
            ? LinkTarget.Resolve($"http://{decoded}", null)
            : null;
    }

    /// <summary>A whole http(s) address, maybe encoded once more or in base64.</summary>
    private static Uri? Whole(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.Length > MaxLength)
            return null;
        var decoded = text;
        for (var round = 0; round < 3; round++)
        {
            if (decoded.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || decoded.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
                return LinkTarget.Resolve(decoded, null) is { Host.Length: > 3 } uri ? uri : null;
            if (decoded.StartsWith("//", StringComparison.Ordinal) && decoded.Length > 6)
                return LinkTarget.Resolve($"http:{decoded}", null) is { } bare && bare.Host.Contains('.', StringComparison.Ordinal) ? bare : null;
            var next = Decoded(decoded);
            if (next == decoded)
                break;
            decoded = next;
        }

        return FromBase64(text) is { } hidden ? LinkTarget.Resolve(hidden, null) : null;
    }

    private static string Decoded(string text)
    {
        // Some wrap with entities: h&#37;74tp.
        var plain = text.Contains("&#", StringComparison.Ordinal) ? System.Net.WebUtility.HtmlDecode(text) : text;
        return plain.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(plain) : plain;
    }

    /// <summary>The address in a base64 or base64url text, bare or as a member of JSON; null when there is none.</summary>
    private static string? FromBase64(string text)
    {
        var coded = Decoded(text).Replace('-', '+').Replace('_', '/').TrimEnd('=');
        if (coded.Length < ShortestBase64 || coded.Length % 4 == 1 || coded.AsSpan().ContainsAnyExcept(Base64Alphabet))
            return null;
        var bytes = new byte[coded.Length];
        if (!Convert.TryFromBase64String(coded.PadRight((coded.Length + 3) / 4 * 4, '='), bytes, out var count))
            return null;
        var decoded = Encoding.Latin1.GetString(bytes, 0, count);
        var at = decoded.IndexOf("http", StringComparison.OrdinalIgnoreCase);
        if (at < 0 || at > 0 && decoded[at - 1] is not ('"' or '\'' or '=' or ' ' or '|'))
            return null;
        var end = decoded.AsSpan(at).IndexOfAny(AddressEnds);
        var address = end < 0 ? decoded[at..] : decoded[at..(at + end)];
        return address.Contains("://", StringComparison.Ordinal) && address.All(character => character is > ' ' and < '\u007f') ? address : null;
    }

    private static string? ProofpointThree(string written)
    {
        var open = written.IndexOf("__", StringComparison.Ordinal);
        var close = open < 0 ? -1 : written.IndexOf("__;", open + 2, StringComparison.Ordinal);
        if (close < 0)
            return null;
        var masked = written[(open + 2)..close];
        var coded = written[(close + 3)..];
        var end = coded.IndexOf('!', StringComparison.Ordinal);
        var kept = Encoding.UTF8.GetString(Base64Url.IsValid(end < 0 ? coded : coded[..end]) ? Base64Url.DecodeFromChars(end < 0 ? coded : coded[..end]) : []);
        var address = new StringBuilder(masked.Length);
        var next = 0;
        for (var index = 0; index < masked.Length; index++)
        {
            if (masked[index] != '*')
            {
                address.Append(masked[index]);
            }
            else if (index + 2 < masked.Length && masked[index + 1] == '*' && RunLength(masked[index + 2]) is var run and > 0)
            {
                var count = Math.Min(run, kept.Length - next);
                address.Append(kept, next, count);
                next += count;
                index += 2;
            }
            else if (next < kept.Length)
            {
                address.Append(kept[next++]);
            }
        }

        return Repaired(address.ToString());
    }

    // Two asterisks and a letter stand for a run: A for two, B for three and so on through the alphabet of base64url.
    private static int RunLength(char letter) =>
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".IndexOf(letter, StringComparison.Ordinal) is var at and >= 0 ? at + 2 : 0;

    // example-com.translate.goog, example-com.cdn.ampproject.org: a hyphen is a dot, two are a hyphen.
    private static Uri? Mirrored(string host, Uri uri)
    {
        foreach (var mirror in (ReadOnlySpan<string>)[".translate.goog", ".cdn.ampproject.org"])
        {
            if (!host.EndsWith(mirror, StringComparison.Ordinal))
                continue;
            // The cache keeps the whole address in its path as well: /c/s/host/path, s where it is https.
            if (mirror[1] == 'c' && uri.AbsolutePath.Split('/', 4) is [_, { Length: 1 } _, "s", var secure])
                return LinkTarget.Resolve($"https://{secure}", null);
            var original = host[..^mirror.Length].Replace("--", "\u0001", StringComparison.Ordinal).Replace('-', '.').Replace('\u0001', '-');
            if (OrganisationalDomain.Embedded.Of(original).Length > 0)
                return LinkTarget.Resolve(string.Create(CultureInfo.InvariantCulture, $"{uri.Scheme}://{original}{uri.PathAndQuery}"), null);
        }

        return null;
    }

    private static bool Same(Uri address, string host)
    {
        var other = OrganisationalDomain.Embedded.Of(address.IdnHost);
        return other.Length > 0 && other == OrganisationalDomain.Embedded.Of(host);
    }

    private static string? Parameter(Uri uri, string name)
    {
        foreach (var (found, value) in Parameters(uri))
            if (found.Equals(name, StringComparison.OrdinalIgnoreCase))
                return value;
        return null;
    }

    private static IEnumerable<(string Name, string Value)> Parameters(Uri uri)
    {
        const int MostParameters = 64;
        var query = System.Net.WebUtility.HtmlDecode(uri.Query).TrimStart('?');
        foreach (var pair in query.Split('&', MostParameters))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
                yield return (pair[..equals], Decoded(pair[(equals + 1)..]));
        }
    }

    private static string? Between(string text, string open, string close)
    {
        var from = text.IndexOf(open, StringComparison.Ordinal);
        if (from < 0)
            return null;
        from += open.Length;
        var to = text.IndexOf(close, from, StringComparison.Ordinal);
        return Decoded(to < 0 ? text[from..] : text[from..to]);
    }
}
