using System.Globalization;

namespace Platform.Engine.Behaviour.Windows;

/// <summary>Octets from text: base64 as lenient decoders take it, hexadecimal digits, the armour of certificates.</summary>
internal static class Decoded
{
    private const int MaxText = 8 * 1024 * 1024;

    /// <summary>Null when it is not base64.</summary>
    public static byte[]? Base64(string text)
    {
        if (text.Length > MaxText)
            return null;
        var kept = new char[text.Length + 3];
        var length = 0;
        foreach (var c in text)
        {
            if (c is '-' or '_')
                kept[length++] = c == '-' ? '+' : '/';
            else if (char.IsAsciiLetterOrDigit(c) || c is '+' or '/')
                kept[length++] = c;
            else if (c == '=')
                break;
            else if (!char.IsWhiteSpace(c) && c != '\0')
                return null;
        }

        if (length % 4 == 1)
            length--;
        while (length % 4 != 0)
            kept[length++] = '=';
        try
        {
            return Convert.FromBase64CharArray(kept, 0, length);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Null when it is not hexadecimal.</summary>
    public static byte[]? Hex(string text)
    {
        if (text.Length > MaxText)
            return null;
        var content = new List<byte>(text.Length / 2);
        var (high, has) = (0, false);
        foreach (var c in text)
        {
            if (!char.IsAsciiHexDigit(c))
            {
                if (char.IsWhiteSpace(c) || c is ',' or '-' or ':')
                    continue;
                return null;
            }

            var digit = int.Parse([c], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (has)
                content.Add((byte)((high << 4) | digit));
            (high, has) = (digit, !has);
        }

        return [.. content];
    }

    /// <summary>What <c>certutil -decode</c> makes of a file: lines between dashes, or the whole.</summary>
    public static byte[]? Certificate(string text, bool isHex)
    {
        var lines = text.Split('\n').Select(line => line.Trim()).Where(line => !line.StartsWith("-----", StringComparison.Ordinal));
        var body = string.Concat(lines);
        return isHex ? Hex(body) : Base64(body);
    }

    /// <summary>Text of octets that a script holds as text: UTF-16 where every second octet is zero, UTF-8 else.</summary>
    public static string Text(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
            return System.Text.Encoding.Unicode.GetString(content[2..]);
        var zeros = 0;
        var sample = content[..Math.Min(content.Length, 512)];
        for (var index = 1; index < sample.Length; index += 2)
            zeros += sample[index] == 0 ? 1 : 0;
        return zeros > sample.Length / 4 && sample.Length > 3 ? System.Text.Encoding.Unicode.GetString(content) : System.Text.Encoding.UTF8.GetString(content);
    }
}
