using System.Text;
using Platform.Engine.Attachments.Pages;
using Platform.Engine.Attachments.Shortcuts;
using Platform.Engine.Mail.Content;
using Platform.Engine.Mail;

namespace Platform.Engine.Attachments.Calendar;

// A calendar object (RFC 5545) is text: content lines `NAME;PARAM=value:value`, long ones folded by a line break and a blank (3.1),
// text escaped by backslashes (3.3.11). A client shows SUMMARY, LOCATION and DESCRIPTION, or in their place X-ALT-DESC in HTML, and
// puts the event into the calendar of who gets it, often unasked: what is written there is read again, as a reminder. ATTACH names
// or holds a file (3.8.1.1), ORGANIZER who invites (3.8.4.3).

/// <summary>Invitations: their words, links, files, and who invites.</summary>
internal sealed class CalendarReader : IFileReader
{
    private const int MaxLength = 1024 * 1024;
    private const int MaxLines = 20_000;
    private const int MaxAttachments = 20;

    private static readonly string[] Shown = ["SUMMARY", "LOCATION", "DESCRIPTION", "COMMENT", "CONTACT"];

    public bool Reads(MailAttachment file) => file.Type.Id == "ics" || FileTypes.Extension(file.FileName) is "ics" or "ical" or "vcs";

    public void Read(MailAttachment file, FileContents contents)
    {
        var attachments = 0;
        if (file.Content.Length > MaxLength)
            contents.MarkTextCut();
        foreach (var line in Unfolded(SmallText.Of(file, MaxLength)))
        {
            if (Split(line) is not var (name, parameters, value) || value.Length == 0)
                continue;
            switch (name)
            {
                case "ORGANIZER":
                    contents.Fact("calendar-organizer", "ORGANIZER", value.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? value[7..] : value);
                    break;
                case "URL" or "CONFERENCE" or "X-MICROSOFT-SKYPETEAMSMEETINGURL" or "X-GOOGLE-CONFERENCE":
                    contents.Link(value);
                    break;
                case "X-ALT-DESC":
                    ReadHtml(Unescaped(value), contents);
                    break;
                case "ATTACH" when attachments++ < MaxAttachments:
                    Attach(parameters, value, file.Path, contents);
                    break;
                default:
                    if (Array.IndexOf(Shown, name) >= 0)
                        ReadText(Unescaped(value), contents);
                    break;
            }
        }
    }

    private static void ReadText(string text, FileContents contents)
    {
        contents.Text(text);
        foreach (var address in AddressText.In(text))
            contents.Link(address);
    }

    private static void ReadHtml(string html, FileContents contents)
    {
        foreach (var tag in MarkupScanner.Tags(html, isXml: false))
            if ((tag["href"] ?? tag["action"]) is { Length: > 0 } target)
                contents.Link(target);
        contents.Text(Mail.Text.FlatHtml.Read(html).Text);
    }

    private static void Attach(string parameters, string value, string path, FileContents contents)
    {
        if (parameters.Contains("BINARY", StringComparison.OrdinalIgnoreCase) || parameters.Contains("BASE64", StringComparison.OrdinalIgnoreCase))
        {
            if (Base64Text.Decode(value) is { Length: > 0 } content && contents.Budget.TakeEntry(path))
                contents.Member(NameIn(parameters), content.AsMemory(0, contents.Budget.TakeDecoded(content.Length, path)));
        }
        else if (NetworkPlace.OutsideHostOf(value) is not null || CommandLine.IsStarted(value) && value.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
        {
            contents.Fact("calendar-remote-file", "ATTACH", value);
        }
        else
        {
            contents.Link(value);
        }
    }

    private static string NameIn(string parameters)
    {
        foreach (var parameter in parameters.Split(';'))
            if (parameter.IndexOf("FILENAME=", StringComparison.OrdinalIgnoreCase) is var at and >= 0)
                return parameter[(at + 9)..].Trim('"', ' ').Replace('\\', '/');
        return "attachment";
    }

    // A line that begins with a blank goes on where the one before ended.
    private static IEnumerable<string> Unfolded(string text)
    {
        var line = new StringBuilder();
        var count = 0;
        foreach (var range in text.AsSpan().Count('\n') > MaxLines ? text.Split('\n', MaxLines) : text.Split('\n'))
        {
            var piece = range.TrimEnd('\r');
            if (piece.Length > 0 && piece[0] is ' ' or '\t')
            {
                line.Append(piece, 1, piece.Length - 1);
                continue;
            }

            if (line.Length > 0 && count++ < MaxLines)
                yield return line.ToString();
            line.Clear().Append(piece);
        }

        if (line.Length > 0)
            yield return line.ToString();
    }

    private static (string Name, string Parameters, string Value)? Split(string line)
    {
        var quoted = false;
        for (var at = 0; at < line.Length; at++)
        {
            if (line[at] == '"')
                quoted = !quoted;
            if (line[at] != ':' || quoted)
                continue;
            var head = line[..at];
            var semicolon = head.IndexOf(';', StringComparison.Ordinal);
            return ((semicolon < 0 ? head : head[..semicolon]).ToUpperInvariant(), semicolon < 0 ? "" : head[(semicolon + 1)..], line[(at + 1)..].Trim());
        }

        return null;
    }

    private static string Unescaped(string value) => value
        .Replace("\\n", "\n", StringComparison.OrdinalIgnoreCase)
        .Replace("\\,", ",", StringComparison.Ordinal)
        .Replace("\\;", ";", StringComparison.Ordinal)
        .Replace("\\\\", "\\", StringComparison.Ordinal);
}
