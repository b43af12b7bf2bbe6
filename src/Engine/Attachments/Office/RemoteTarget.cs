using System.Net;
using Platform.Engine.Links;

namespace Platform.Engine.Attachments.Office;

/// <summary>What a document gets when it asks for something outside of itself.</summary>
internal enum RemoteKind
{
    /// <summary>Nothing outside, or a place in the reader's own network.</summary>
    Near,

    /// <summary>A web address.</summary>
    Web,

    /// <summary>A share (UNC, WebDAV) on the internet: asking gives away the reader's login hash.</summary>
    Share,

    /// <summary>A moniker that starts a handler of its own in place of fetching: <c>mhtml:</c>, <c>ms-msdt:</c>, <c>script:</c>.</summary>
    Moniker,
}

/// <summary>Tells kinds of targets apart, and puts what documents ask for by themselves into facts and links.</summary>
internal static class RemoteTarget
{
    private static readonly string[] Monikers =
    [
        "ms-msdt:", "script:", "scriptlet:", "soap:", "ms-officecmd:", "search-ms:", "search:", "ms-search:", "ms-appinstaller:", "vbscript:", "mk:@msitstore:http", "its:http", "ms-its:http",
    ];

    private static readonly string[] InsideSuffixes = [".local", ".lan", ".corp", ".internal", ".intra", ".intranet", ".home", ".localdomain", ".test"];

    public static RemoteKind KindOf(string target)
    {
        var text = target.Trim().Trim('"');
        // What was pasted from a saved page or mail keeps mhtml:file:// and the like.
        if (Monikers.Any(moniker => text.StartsWith(moniker, StringComparison.OrdinalIgnoreCase)) || text.Contains("!x-usc:", StringComparison.OrdinalIgnoreCase) || text.StartsWith("mhtml:http", StringComparison.OrdinalIgnoreCase))
            return RemoteKind.Moniker;
        if (text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("ftp://", StringComparison.OrdinalIgnoreCase))
            return LinkTarget.TryParse(text, out var uri) && !IsOnInternet(uri.IdnHost) ? RemoteKind.Near : RemoteKind.Web;
        return ShareHost(text) is { } host && IsOnInternet(host) ? RemoteKind.Share : RemoteKind.Near;
    }

    /// <summary>For what is fetched as soon as the document is opened.</summary>
    /// <param name="fact">Id of the fact when the target is a web address or share.</param>
    public static void Tell(FileContents contents, string fact, string where, string target)
    {
        var kind = KindOf(target);
        if (kind == RemoteKind.Near)
            return;
        // An object that is a page, with a mark of an item in it, is started and not shown.
        if (kind == RemoteKind.Moniker || target.TrimEnd().EndsWith('!'))
            contents.Fact("office-moniker", where, target);
        else
            contents.Fact(kind == RemoteKind.Share ? "office-remote-share" : fact, where, target);
        contents.Link(AddressIn(target));
    }

    private static string AddressIn(string target)
    {
        var at = target.IndexOf("http", StringComparison.OrdinalIgnoreCase);
        var address = at > 0 ? target[at..] : target;
        var end = address.IndexOf('!');
        return end > 0 ? address[..end] : address;
    }

    private static string? ShareHost(string target)
    {
        var path = target.Replace('/', '\\');
        if (path.StartsWith(@"file:\\\\", StringComparison.OrdinalIgnoreCase))
            path = path[7..];
        else if (path.StartsWith(@"file:\\", StringComparison.OrdinalIgnoreCase) && path.Length > 7 && path[7] != '\\')
            path = path[5..];
        if (!path.StartsWith(@"\\", StringComparison.Ordinal))
            return null;
        var host = path.TrimStart('\\');
        var end = host.IndexOf('\\');
        return end < 0 ? host : host[..end];
    }

    private static bool IsOnInternet(string host)
    {
        if (host.Contains('@', StringComparison.Ordinal))
            return true;
        if (IPAddress.TryParse(host, out var address))
            return !IsPrivate(address);
        return host.Contains('.', StringComparison.Ordinal) && !InsideSuffixes.Any(suffix => host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)) && host is not ("." or "..") && !host.StartsWith('?');
    }

    private static bool IsPrivate(IPAddress address)
    {
        if (IPAddress.IsLoopback(address) || address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal)
            return true;
        var octets = address.GetAddressBytes();
        return octets.Length == 4 && (octets[0] == 10 || octets[0] == 172 && octets[1] is >= 16 and < 32 || octets[0] == 192 && octets[1] == 168 || octets[0] == 169 && octets[1] == 254);
    }
}
