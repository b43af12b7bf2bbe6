using System.Text;
using Platform.Engine.Mail;
using Platform.Engine.Mail.Content;

namespace Platform.Engine.Attachments;

/// <summary>Files that are text as they stand: decoded by the declared character set where the octets allow it, else by guess.</summary>
internal static class PlainFiles
{
    private const int MaxOctets = 8 * 1024 * 1024;
    private const int MaxText = 2_000_000;
    private const int Sample = 512;

    /// <summary>Empty where the file is no text.</summary>
    /// <param name="isCut">There is more of it than is read.</param>
    public static string TextOf(MailAttachment file, string? charset, out bool isCut)
    {
        isCut = file.Content.Length > MaxOctets;
        var octets = file.Content.Span[..Math.Min(file.Content.Length, MaxOctets)];
        if (octets.IsEmpty || !TextTypes.IsText(octets) && !IsWide(octets))
        {
            isCut = false;
            return "";
        }

        var text = IsWide(octets) ? Wide(octets) : Charsets.Decode(octets, charset);
        isCut |= text.Length > MaxText;
        return text.Length <= MaxText ? text : text[..MaxText];
    }

    // UTF-16 without its mark: of Latin letters, digits and line ends every second octet is zero.
    private static bool IsWide(ReadOnlySpan<byte> octets) => ZeroesOf(octets) is var (even, odd) && Math.Max(even, odd) * 8 > Math.Min(octets.Length, Sample) && Math.Min(even, odd) == 0;

    private static string Wide(ReadOnlySpan<byte> octets) =>
        (ZeroesOf(octets) is { Even: 0 } ? Encoding.Unicode : Encoding.BigEndianUnicode).GetString(octets[..(octets.Length & ~1)]);

    private static (int Even, int Odd) ZeroesOf(ReadOnlySpan<byte> octets)
    {
        var (even, odd) = (0, 0);
        for (var at = 0; at < Math.Min(octets.Length, Sample); at++)
        {
            if (octets[at] != 0)
                continue;
            if (at % 2 == 0)
                even++;
            else
                odd++;
        }

        return (even, odd);
    }
}
