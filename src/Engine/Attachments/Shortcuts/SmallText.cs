using System.Text;
using Platform.Engine.Mail;
using Platform.Engine.Mail.Content;

namespace Platform.Engine.Attachments.Shortcuts;

/// <summary>Files that are a few lines of settings: decoded as Windows does, and split into <c>key=value</c> of sections.</summary>
internal static class SmallText
{
    private const int MaxLength = 512 * 1024;
    private const int MaxLines = 5_000;

    /// <summary>The beginning of the file as text; UTF-16 is seen without a mark too.</summary>
    public static string Of(MailAttachment file, int most = MaxLength)
    {
        var bytes = file.Content.Span[..Math.Min(file.Content.Length, most)];
        return bytes.Length > 3 && bytes[0] != 0 && bytes[1] == 0 && bytes[3] == 0 ? Encoding.Unicode.GetString(bytes[..(bytes.Length & ~1)]) : Charsets.Decode(bytes, null);
    }

    /// <summary>Lines without their ends and outer blanks; at most 5,000, each at most 8 KiB.</summary>
    public static IEnumerable<string> Lines(string text)
    {
        const int longest = 8_192;
        var at = 0;
        for (var count = 0; at < text.Length && count < MaxLines; count++)
        {
            var end = text.AsSpan(at).IndexOfAny('\r', '\n') is var found and >= 0 ? at + found : text.Length;
            var line = text.AsSpan(at, Math.Min(longest, end - at)).Trim();
            at = end + 1;
            if (!line.IsEmpty)
                yield return line.ToString();
        }
    }

    /// <summary>Settings in the order in which they stand; comments are left out, names keep their case.</summary>
    public static IEnumerable<(string Section, string Key, string Value)> Settings(string text)
    {
        var section = "";
        foreach (var line in Lines(text))
        {
            if (line[0] is ';' or '#')
                continue;
            if (line[0] == '[' && line.IndexOf(']', StringComparison.Ordinal) is var close and > 0)
            {
                section = line[1..close];
                continue;
            }

            var equals = line.IndexOf('=', StringComparison.Ordinal);
            yield return equals < 0 ? (section, "", line) : (section, line[..equals].Trim(), line[(equals + 1)..].Trim().Trim('"'));
        }
    }

    /// <summary>Texts of the elements of these names in XML that need not be well formed, entities resolved.</summary>
    public static IEnumerable<string> Elements(string xml, string name)
    {
        const int longest = 8_192;
        var open = $"<{name}";
        for (var at = xml.IndexOf(open, StringComparison.OrdinalIgnoreCase); at >= 0; at = xml.IndexOf(open, at + open.Length, StringComparison.OrdinalIgnoreCase))
        {
            var after = at + open.Length;
            if (after >= xml.Length || char.IsLetterOrDigit(xml[after]))
                continue;
            var start = xml.IndexOf('>', after, Math.Min(longest, xml.Length - after));
            if (start < 0)
                continue;
            var end = xml.IndexOf("</", start, Math.Min(longest, xml.Length - start), StringComparison.Ordinal);
            if (end < 0)
                continue;
            var text = xml[(start + 1)..end].Trim();
            if (text.StartsWith("<![CDATA[", StringComparison.Ordinal))
                text = text[9..].Replace("]]>", "", StringComparison.Ordinal);
            if (text.Length > 0)
                yield return System.Net.WebUtility.HtmlDecode(text);
        }
    }
}
