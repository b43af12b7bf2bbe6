using System.Text;
using Platform.Engine.Mail.Content;

namespace Platform.Engine.Mail.Fields;

/// <summary>From the octets of a header field to text: unfolded (RFC 5322, 2.2.3), raw 8-bit octets guessed, encoded words decoded.</summary>
internal static class HeaderText
{
    public const int MaxValueLength = 16 * 1024;
    public const int MaxRawLength = 64 * 1024;

    /// <summary>Unfolded text, encoded words left as they are.</summary>
    public static string Unfold(ReadOnlySpan<byte> octets)
    {
        octets = octets[..Math.Min(octets.Length, MaxRawLength)];
        var kept = new byte[octets.Length];
        var count = 0;
        foreach (var b in octets)
            if (b is not ((byte)'\r' or (byte)'\n' or 0))
                kept[count++] = b;
        var text = kept.AsSpan(0, count).Trim(" \t"u8);
        return text.IndexOfAnyInRange((byte)0x80, (byte)0xFF) < 0 && text.IndexOf((byte)0x1B) < 0
            ? Encoding.ASCII.GetString(text)
            : Charsets.Guess(text);
    }

    public static string Decode(ReadOnlySpan<byte> octets)
    {
        var text = EncodedWords.Decode(Unfold(octets));
        return text.Length <= MaxValueLength ? text : text[..MaxValueLength];
    }

    /// <summary>The octets of a field value again, from its Latin-1 form.</summary>
    public static byte[] Octets(this MailHeader header) => Encoding.Latin1.GetBytes(header.RawValue);
}
