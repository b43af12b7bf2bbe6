using System.Globalization;
using System.Text;
using Platform.Engine.Mail;
using Platform.Engine.Mail.Content;
using Platform.Engine.Mail.Text;

namespace Platform.Engine.Rewriting;

/// <summary>Puts a note behind the last text and into the last HTML that a reader sees, each in the character set that it has.</summary>
internal static class NoteText
{
    public static void Add(MailMessage mail, MailNote note, PartEdits edits)
    {
        var bodies = Bodies(mail.Root).ToList();
        if (note.Text.Length > 0 && bodies.LastOrDefault(part => part.MediaType == "text/plain") is { } text && (Charsets.Encode(note.Text, text.Charset) ?? Charsets.Encode(note.Ascii, text.Charset)) is { } words)
            edits.ReplaceContent(text, [.. text.Content.Span, .. Charsets.Encode("\r\n\r\n", text.Charset)!, .. words, .. Charsets.Encode("\r\n", text.Charset)!]);
        if (bodies.LastOrDefault(part => part.MediaType == "text/html") is { } html && Charsets.Encode(Escaped(note.Html), html.Charset) is { } markup)
            edits.ReplaceContent(html, Inserted(html, markup));
    }

    private static IEnumerable<MailPart> Bodies(MailPart part)
    {
        if (part.IsMultipart)
            return part.Children.SelectMany(Bodies);
        return part.Children.Count == 0 && BodyReader.IsBody(part) && part.FileName is null ? [part] : [];
    }

    /// <summary>Letters beyond ASCII as references, so that the character set of the page does not matter.</summary>
    private static string Escaped(string html)
    {
        var escaped = new StringBuilder(html.Length);
        foreach (var rune in html.EnumerateRunes())
        {
            if (rune.IsAscii)
                escaped.Append((char)rune.Value);
            else
                escaped.Append(CultureInfo.InvariantCulture, $"&#{rune.Value};");
        }

        return escaped.ToString();
    }

    /// <summary>Before the end tag of the body, else before that of the page, else at its end.</summary>
    private static byte[] Inserted(MailPart part, byte[] markup)
    {
        var content = part.Content.Span;
        var at = LastOf(content, Charsets.Encode("</body", part.Charset)!);
        if (at < 0)
            at = LastOf(content, Charsets.Encode("</html", part.Charset)!);
        if (at < 0)
            at = content.Length;
        return [.. content[..at], .. markup, .. content[at..]];
    }

    /// <summary>Where a tag begins the last time, in whatever case it is written; below zero: nowhere.</summary>
    private static int LastOf(ReadOnlySpan<byte> content, ReadOnlySpan<byte> tag)
    {
        for (var at = content.Length - tag.Length; at >= 0; at--)
        {
            if (Ascii.EqualsIgnoreCase(content.Slice(at, tag.Length), tag))
                return at;
        }

        return -1;
    }
}
