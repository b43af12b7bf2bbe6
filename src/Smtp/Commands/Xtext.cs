using System.Text;
using System.Text.Unicode;

namespace Platform.Smtp.Commands;

/// <summary>
/// xtext (RFC 3461, 4): printable ASCII but <c>+</c> and <c>=</c> stands for itself, any other octet is <c>+</c> and two
/// upper-case hexadecimal digits. Text that would decode to control characters is refused: it has no honest use here.
/// </summary>
internal static class Xtext
{
    /// <param name="international">Takes raw UTF-8 too, as utf-8-addr-unitext does (RFC 6533).</param>
    public static bool TryDecode(ReadOnlySpan<byte> encoded, int maxOctets, bool international, out string text)
    {
        text = "";
        if (encoded.Length > maxOctets * 3)
            return false;
        Span<byte> plain = stackalloc byte[Math.Min(encoded.Length, maxOctets)];
        var length = 0;
        for (var i = 0; i < encoded.Length; i++)
        {
            var octet = encoded[i];
            if (octet == '+')
            {
                if (i + 2 >= encoded.Length || !TryHex(encoded[i + 1], out var high) || !TryHex(encoded[i + 2], out var low))
                    return false;
                octet = (byte)(high << 4 | low);
                i += 2;
            }
            else if (octet is <= 0x20 or 0x7F or (byte)'=' || (octet >= 0x80 && !international))
            {
                return false;
            }

            if (octet is < 0x20 or 0x7F || length == plain.Length)
                return false;
            plain[length++] = octet;
        }

        if (!Utf8.IsValid(plain[..length]))
            return false;
        text = Encoding.UTF8.GetString(plain[..length]);
        return true;
    }

    public static string Encode(string text)
    {
        var encoded = new StringBuilder(text.Length);
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            if (octet is > 0x20 and < 0x7F and not (byte)'+' and not (byte)'=')
                encoded.Append((char)octet);
            else
                encoded.Append('+').Append(octet.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }

        return encoded.ToString();
    }

    private static bool TryHex(byte digit, out int value)
    {
        value = digit switch
        {
            >= (byte)'0' and <= (byte)'9' => digit - '0',
            >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
            _ => -1,
        };
        return value >= 0;
    }
}
