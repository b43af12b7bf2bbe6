using System.Buffers;
using Platform.Engine.Language;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Detectors.Headers;

/// <summary>What programs that send lures in bulk leave behind: letters in disguise, and fields that they did not fill in.</summary>
internal sealed class MassMailing : IDetector
{
    private const int LongestField = 40;

    private static readonly SearchValues<char> Marks = SearchValues.Create("{[%#");

    // Names that merge fields bear in the tools of the trade.
    private static readonly string[] FieldNames = ["name", "email", "e-mail", "to", "recipient", "user", "username", "domain", "date", "time", "link", "url", "random", "rand", "numero", "number", "num", "fname", "first_name", "firstname", "unsub", "unsubscribe", "unsub_link", "letters", "mix", "victim", "frommail", "fromname", "subject", "company", "ip", "base64", "emailb64", "silentcoderemail", "string"];

    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("letters-disguised", "Words are written with letters or digits that look like others (C0NTA, KindIy), or with accents at random.", "UTS #39; ATT&CK T1027", "word"),
        new("template-leftover", "Merge fields stand in subject, addresses or text as the mass mailer left them.", "ATT&CK T1566", "field"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        var name = input.Sender.Address?.Name ?? "";
        foreach (var (where, text) in ((string, string)[])[("Subject", input.Message.Subject), ("From", name), ("text", input.Message.VisibleText)])
        {
            if (DisguisedWords.Find(text) is not [var word, ..])
                continue;
            yield return new Sign("letters-disguised", Seen.Of(where == "text" ? EvidenceKind.Text : EvidenceKind.Header, where, where == "text" ? word : text), ("word", word));
            break;
        }

        var to = input.Message.Header("To")?.Value ?? "";
        foreach (var (where, text) in ((string, string)[])[("Subject", input.Message.Subject), ("To", to), ("From", name), ("text", input.Message.VisibleText)])
        {
            if (Leftover(text) is not { } field)
                continue;
            yield return new Sign("template-leftover", Seen.Of(where == "text" ? EvidenceKind.Text : EvidenceKind.Header, where, where == "text" ? field : text), ("field", field));
            yield break;
        }
    }

    // {name}, {{name}}, [[name]], [name], %name%, ##name##
    private static string? Leftover(string text)
    {
        const int LongestText = 32_768;
        var span = text.Length > LongestText ? text.AsSpan(0, LongestText) : text;
        for (var at = 0; at < span.Length;)
        {
            var next = span[at..].IndexOfAny(Marks);
            if (next < 0)
                return null;
            at += next;
            var open = span[at];
            var start = at;
            while (start < span.Length && span[start] == open)
                start++;
            var close = open switch { '{' => '}', '[' => ']', _ => open };
            var end = span[start..Math.Min(span.Length, start + LongestField)].IndexOf(close);
            if (end > 0 && Array.IndexOf(FieldNames, span.Slice(start, end).Trim().ToString().ToLowerInvariant().Trim('_', '-').Replace("unsub_link_en", "unsub_link", StringComparison.Ordinal)) >= 0)
                return span[at..Math.Min(span.Length, start + end + (start - at))].ToString();
            at = start;
        }

        return null;
    }
}
