using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Unicode;

namespace Platform.Smtp.Addresses;

/// <summary>Domains and address literals of an envelope (RFC 5321, 4.1.2 and 4.1.3; U-labels RFC 5890).</summary>
internal static class DomainName
{
    public const int MaxLength = 255;
    private const int MaxLabel = 63;

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    /// <summary>Gives the domain in lower case and A-labels, or the literal with its brackets.</summary>
    public static bool TryRead(ReadOnlySpan<byte> written, out string domain)
    {
        domain = "";
        if (written.IsEmpty || written.Length > MaxLength)
            return false;
        if (written[0] == '[')
            return TryReadLiteral(written, out domain);
        if (!Ascii.IsValid(written))
            return TryReadInternational(written, out domain);
        if (!IsHostName(written))
            return false;

        Span<char> lower = stackalloc char[written.Length];
        Ascii.ToLower(written, lower, out _);
        domain = new string(lower);
        return true;
    }

    private static bool IsHostName(ReadOnlySpan<byte> name)
    {
        foreach (var range in name.Split((byte)'.'))
        {
            var label = name[range];
            if (label.IsEmpty || label.Length > MaxLabel || label[0] == '-' || label[^1] == '-')
                return false;
            foreach (var octet in label)
                if (!char.IsAsciiLetterOrDigit((char)octet) && octet != '-')
                    return false;
        }

        return true;
    }

    private static bool TryReadInternational(ReadOnlySpan<byte> written, out string domain)
    {
        domain = "";
        if (!Utf8.IsValid(written))
            return false;
        try
        {
            var ascii = Idn.GetAscii(Encoding.UTF8.GetString(written)).ToLowerInvariant();
            if (ascii.Length > MaxLength || !IsHostName(Encoding.ASCII.GetBytes(ascii)))
                return false;
            domain = ascii;
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool TryReadLiteral(ReadOnlySpan<byte> written, out string literal)
    {
        literal = "";
        if (written[^1] != ']' || !Ascii.IsValid(written))
            return false;
        var inner = Encoding.ASCII.GetString(written[1..^1]);
        if (inner.StartsWith("IPv6:", StringComparison.OrdinalIgnoreCase))
        {
            if (!IpText.TryParse(inner.AsSpan(5), AddressFamily.InterNetworkV6, out var six))
                return false;
            literal = $"[IPv6:{six}]";
            return true;
        }

        if (!IpText.TryParse(inner, AddressFamily.InterNetwork, out var four))
            return false;
        literal = $"[{four}]";
        return true;
    }
}

/// <summary>
/// Textual addresses, read strictly: the framework also takes <c>1</c>, <c>0x7f.1</c> or a scope id, and two readings of
/// one text are what an attacker looks for.
/// </summary>
internal static class IpText
{
    public static bool TryParse(ReadOnlySpan<char> text, AddressFamily family, out IPAddress address)
    {
        address = IPAddress.None;
        if (text.Length > 45 || text.ContainsAny("%[]/"))
            return false;
        if (!IPAddress.TryParse(text, out var parsed) || parsed.AddressFamily != family)
            return false;
        if (family == AddressFamily.InterNetwork && !text.SequenceEqual(parsed.ToString()))
            return false;
        address = parsed;
        return true;
    }
}
