using System.Globalization;
using System.Text;

namespace Platform.Engine.Authentication.Dkim;

/// <summary>dkim-quoted-printable: <c>=</c> and two upper-case hexadecimal digits stand for an octet, white space for nothing (RFC 6376, 2.11).</summary>
internal static class QuotedValue
{
    /// <summary>Null when an equals sign is not followed by two digits. <paramref name="compact"/> is without white space.</summary>
    public static string? Decode(string compact)
    {
        if (!compact.Contains('=', StringComparison.Ordinal))
            return compact;
        var octets = Encoding.UTF8.GetBytes(compact);
        var length = 0;
        for (var index = 0; index < octets.Length; index++)
        {
            if (octets[index] != '=')
            {
                octets[length++] = octets[index];
                continue;
            }

            if (index + 2 >= octets.Length || !char.IsAsciiHexDigit((char)octets[index + 1]) || !char.IsAsciiHexDigit((char)octets[index + 2]))
                return null;
            octets[length++] = (byte)((Digit(octets[index + 1]) << 4) | Digit(octets[index + 2]));
            index += 2;
        }

        return Encoding.UTF8.GetString(octets, 0, length);
    }

    /// <summary>Quotes what may not stand for itself: white space, control characters, semicolon, equals sign.</summary>
    public static string Encode(string text)
    {
        var quoted = new StringBuilder();
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            if (octet is > 0x20 and < 0x7F && octet is not ((byte)';' or (byte)'='))
                quoted.Append((char)octet);
            else
                quoted.Append(CultureInfo.InvariantCulture, $"={octet:X2}");
        }

        return quoted.ToString();
    }

    private static int Digit(byte octet) => octet <= '9' ? octet - '0' : (octet | 0x20) - 'a' + 10;
}
