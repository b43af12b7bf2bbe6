using System.Text;
using Platform.Engine.Language;
using Platform.Engine.Mail;

namespace Platform.Engine.Learning;

/// <summary>
/// Subject and text as their author wrote them, folded: without what is quoted, without patches and the footer of a mailing list,
/// without tags that lists and filters put before a subject. These tell where a mail passed, not what it wants.
/// </summary>
internal static class AuthoredText
{
    private const int MaxSubject = 300;
    private const int MaxBody = 6_000;
    private const int ShortestRule = 20;

    private static readonly string[] ReplyMarks = ["re:", "fw:", "fwd:", "aw:", "wg:", "sv:", "res:", "enc:", "rv:", "tr:", "antw:"];

    public static string Subject(MailMessage message, PlainText text)
    {
        var subject = text.Subject.AsSpan(0, Math.Min(text.Subject.Length, MaxSubject)).Trim();
        while (true)
        {
            var before = subject.Length;
            if (subject.StartsWith("[") && subject.IndexOf(']') is > 0 and < 40 and var end)
                subject = subject[(end + 1)..].TrimStart();
            if (subject.StartsWith("***") && subject[3..].IndexOf("***") is >= 0 and < 20 and var stars)
                subject = subject[(stars + 6)..].TrimStart();
            foreach (var mark in ReplyMarks)
                if (subject.StartsWith(mark, StringComparison.Ordinal))
                    subject = subject[mark.Length..].TrimStart();
            if (subject.Length == before)
                return subject.ToString();
        }
    }

    public static string Body(MailMessage message, PlainText text)
    {
        var visible = message.VisibleText;
        if (!Interrupted(visible))
            return text.Body.Length <= MaxBody ? text.Body : text.Body[..MaxBody];
        var own = new StringBuilder(Math.Min(visible.Length, MaxBody));
        foreach (var range in visible.AsSpan().Split('\n'))
        {
            var line = visible.AsSpan(range).Trim();
            if (IsEnd(line))
                break;
            if (line.Length > 0 && line[0] is not ('>' or '|') && !IsAttribution(line))
                own.Append(line).Append('\n');
            if (own.Length > MaxBody)
                break;
        }

        var body = NormalText.Fold(own.ToString());
        return body.Length <= MaxBody ? body : body[..MaxBody];
    }

    private static bool Interrupted(string visible) =>
        visible.Contains("\n>", StringComparison.Ordinal) || visible.Contains("wrote:", StringComparison.Ordinal) || visible.StartsWith('>') || visible.Contains("____________________", StringComparison.Ordinal)
        || visible.Contains("\n--", StringComparison.Ordinal) || visible.Contains("\ndiff ", StringComparison.Ordinal);

    private static bool IsAttribution(ReadOnlySpan<char> line) =>
        line.EndsWith("wrote:") || line.EndsWith("writes:") || line.EndsWith("schrieb:") || line.EndsWith("escreveu:") || line.EndsWith("escribió:") || line.EndsWith("a écrit :") || line.EndsWith("ha scritto:") || line.EndsWith("said:");

    private static bool IsEnd(ReadOnlySpan<char> line) =>
        line is "--" or "---" or "-- " || line.StartsWith("diff --git ") || line.StartsWith("-----Original Message")
        || line.Length >= ShortestRule && !line.ContainsAnyExcept('_');
}
