using System.Net;
using System.Net.Sockets;

namespace Platform.Engine.Attachments.Shortcuts;

/// <summary>
/// Places that Windows opens as folders of another machine: UNC paths (<c>\\host\share</c>), WebDAV (<c>\\host@SSL@443\DavWWWRoot</c>),
/// <c>file://host/share</c>. Opening one sends the reader's name and a hash of the password there, and a program there runs as a
/// local one would (ATT&amp;CK T1187, T1204).
/// </summary>
internal static class NetworkPlace
{
    private static readonly string[] InsideSuffixes = [".local", ".lan", ".internal", ".intra", ".corp", ".home", ".localdomain", ".home.arpa", ".localhost"];

    /// <summary>Host of a network path; null when the path names none.</summary>
    public static string? HostOf(string path)
    {
        var text = path.Trim().Trim('"', '\'').Replace('/', '\\');
        if (text.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
        {
            var rest = text[5..];
            text = rest.StartsWith(@"\\\\", StringComparison.Ordinal) ? rest.TrimStart('\\').Insert(0, @"\\") : rest;
        }

        if (text.StartsWith(@"\\?\UNC\", StringComparison.OrdinalIgnoreCase))
            text = @"\\" + text[8..];
        if (!text.StartsWith(@"\\", StringComparison.Ordinal) || text.Length < 3 || text[2] is '\\' or '?' or '.')
            return null;
        var end = text.IndexOfAny(['\\', '@'], 2);
        var host = end < 0 ? text[2..] : text[2..end];
        return host.Length is > 0 and < 256 ? host.ToLowerInvariant() : null;
    }

    /// <summary>Host of a network path when it lies outside of a company's own network.</summary>
    public static string? OutsideHostOf(string path) => HostOf(path) is { } host && (!IsInside(host) || IsWebDav(path)) ? host : null;

    /// <summary>A name without a dot, a name under a private suffix, or a private address (RFC 1918, RFC 4193, RFC 6762).</summary>
    public static bool IsInside(string host)
    {
        if (IPAddress.TryParse(host.Trim('[', ']'), out var address))
            return IsPrivate(address);
        return !host.Contains('.', StringComparison.Ordinal) || InsideSuffixes.Any(suffix => host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase));
    }

    public static bool IsWebDav(string path) =>
        path.Contains("DavWWWRoot", StringComparison.OrdinalIgnoreCase) || path.Contains("@SSL", StringComparison.OrdinalIgnoreCase) && HostOf(path) is not null;

    private static bool IsPrivate(IPAddress address)
    {
        if (IPAddress.IsLoopback(address) || address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal)
            return true;
        if (address.AddressFamily != AddressFamily.InterNetwork)
            return false;
        var octets = address.GetAddressBytes();
        return octets[0] == 10 || octets[0] == 172 && octets[1] is >= 16 and < 32 || octets[0] == 192 && octets[1] == 168 || octets[0] == 169 && octets[1] == 254;
    }
}
