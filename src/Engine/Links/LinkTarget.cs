using System.Diagnostics.CodeAnalysis;
using Platform.Engine.Mail;

namespace Platform.Engine.Links;

/// <summary>
/// From a link as written to the URI that a browser would open (WHATWG URL): tabs and line breaks removed, backslashes
/// read as slashes, a missing scheme taken from the base.
/// </summary>
internal static class LinkTarget
{
    private const int MaxTargetLength = 64 * 1024;
    private const int MaxTextLength = 1_000;

    public static MailLink Make(LinkKind kind, string written, Uri? baseUri, string text, string path)
    {
        var target = written.Trim();
        if (target.Length > MaxTargetLength)
            target = target[..MaxTargetLength];
        return Unwrapped(kind, target, Resolve(target, baseUri), text.Length <= MaxTextLength ? text : text[..MaxTextLength], path);
    }

    public static MailLink Unwrapped(LinkKind kind, string written, Uri? uri, string text, string path)
    {
        var link = new MailLink(kind, written, uri, text, path);
        if (uri is null || kind is LinkKind.Image || LinkUnwrapping.Unwrap(uri) is not { Count: > 0 } layers)
            return link;
        return link with { Destination = layers[^1].Uri, Via = [uri.IdnHost.ToLowerInvariant(), .. layers.SkipLast(1).Select(layer => layer.Uri.IdnHost.ToLowerInvariant())] };
    }

    public static Uri? Resolve(string written, Uri? baseUri)
    {
        var text = written.AsSpan().ContainsAny("\t\r\n\0") ? string.Concat(written.Where(c => c is not ('\t' or '\r' or '\n' or '\0'))).Trim() : written.Trim();
        if (text.Length == 0 || text[0] == '#')
            return null;
        var scheme = Scheme(text);
        if (scheme is "http" or "https" or "ftp")
            text = scheme + "://" + text[(scheme.Length + 1)..].Replace('\\', '/').TrimStart('/');
        else if (text.StartsWith("//", StringComparison.Ordinal) || text.StartsWith("\\\\", StringComparison.Ordinal))
            text = (baseUri?.Scheme ?? "http") + "://" + text.Replace('\\', '/').TrimStart('/');
        else if (scheme.Length > 0 && scheme is not ("mailto" or "data" or "javascript" or "blob"))
            return null;
        else if (scheme.Length == 0)
            return baseUri is not null && Uri.TryCreate(baseUri, text, out var joined) ? Usable(joined) : null;
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) ? Usable(uri) : null;
    }

    /// <summary>An absolute address whose host can be asked for.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Uri? uri)
    {
        uri = Uri.TryCreate(text, UriKind.Absolute, out var parsed) ? Usable(parsed) : null;
        return uri is not null;
    }

    // Host names that cannot be converted (IDNA) throw only when asked for.
    private static Uri? Usable(Uri uri)
    {
        try
        {
            _ = uri.IdnHost;
            return uri.IsAbsoluteUri ? uri : null;
        }
        catch (UriFormatException)
        {
            return null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string Scheme(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon is <= 0 or > 20 || !char.IsAsciiLetter(text[0]))
            return "";
        foreach (var c in text.AsSpan(0, colon))
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '-' or '.'))
                return "";

        // A host with a port and no scheme is not a scheme.
        if (text[..colon].Contains('.', StringComparison.Ordinal))
            return "";
        return text[..colon].ToLowerInvariant();
    }
}
