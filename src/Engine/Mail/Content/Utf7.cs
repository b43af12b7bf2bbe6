using System.Text;

namespace Platform.Engine.Mail.Content;

/// <summary>
/// UTF-7 (RFC 2152), decoded to show the text only: a run between '+' and '-' is modified base64 of UTF-16BE.
/// The runtime's own decoder is switched off, since UTF-7 can smuggle markup past filters.
/// </summary>
internal static class Utf7
{
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != '+')
            {
                text.Append((char)bytes[i]);
                continue;
            }

            if (i + 1 < bytes.Length && bytes[i + 1] == '-')
            {
                text.Append('+');
                i++;
                continue;
            }

            i = DecodeRun(bytes, i + 1, text);
        }

        return text.ToString();
    }

    // Returns the index of the last byte that belongs to the run.
    private static int DecodeRun(ReadOnlySpan<byte> bytes, int start, StringBuilder text)
    {
        uint bits = 0;
        var count = 0;
        var i = start;
        for (; i < bytes.Length; i++)
        {
            var value = Base64Value(bytes[i]);
            if (value < 0)
                break;
            bits = (bits << 6) | (uint)value;
            count += 6;
            if (count >= 16)
            {
                count -= 16;
                text.Append((char)(ushort)(bits >> count));
            }
        }

        return i < bytes.Length && bytes[i] == '-' ? i : i - 1;
    }

    private static int Base64Value(byte b) => b switch
    {
        >= (byte)'A' and <= (byte)'Z' => b - 'A',
        >= (byte)'a' and <= (byte)'z' => b - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => b - '0' + 52,
        (byte)'+' => 62,
        (byte)'/' => 63,
        _ => -1,
    };
}
