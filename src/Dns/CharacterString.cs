using System.Globalization;
using System.Text;

namespace Platform.Dns;

/// <summary>A character-string of a TXT record (RFC 1035, 3.3).</summary>
internal static class CharacterString
{
    /// <summary>
    /// Its octets, one char each. DnsClient gives it twice: decoded as UTF-8, which loses octets, and with <c>\"</c> and
    /// <c>\ddd</c> for quotes and for octets outside of printable ASCII, which leaves a backslash as it is. Together they
    /// tell all but a backslash before the three digits of such an octet.
    /// </summary>
    public static string Octets(string escaped, string decoded)
    {
        if (!escaped.Contains('\\'))
            return escaped;
        var hasBackslash = decoded.Contains('\\');
        var octets = new StringBuilder(escaped.Length);
        for (var i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] == '\\' && i + 1 < escaped.Length && escaped[i + 1] == '"')
                octets.Append(escaped[++i]);
            else if (escaped[i] == '\\' && TryReadOctet(escaped.AsSpan(i + 1), out var octet) && (!hasBackslash || octet is < 32 or > 126))
            {
                octets.Append((char)octet);
                i += 3;
            }
            else
                octets.Append(escaped[i]);
        }

        return octets.ToString();
    }

    private static bool TryReadOctet(ReadOnlySpan<char> text, out byte octet)
    {
        octet = 0;
        return text.Length >= 3 && byte.TryParse(text[..3], NumberStyles.None, CultureInfo.InvariantCulture, out octet);
    }
}
