using Platform.Engine.Attachments;
using Platform.Engine.Language;
using Platform.Engine.Mail;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Detectors;

/// <summary>Evidence in the forms that detectors share, cut to its bound.</summary>
internal static class Seen
{
    public static Evidence Header(DetectionInput input, string name) => Header(name, input.Message.Header(name)?.Value ?? "");

    public static Evidence Header(string name, string value) => Of(EvidenceKind.Header, name, value);

    public static Evidence Header(MailHeader header) => Header(header.Name, header.Value);

    public static Evidence Link(MailLink link) => Of(EvidenceKind.Link, link.PartPath, link.Text.Length > 0 ? $"\"{Cut(link.Text, 120)}\" -> {link.Target}" : link.Target);

    public static Evidence File(MailAttachment file) => Of(EvidenceKind.Attachment, file.Path, $"{file.FileName} ({file.Type.Id}, {file.Content.Length} bytes)");

    public static Evidence File(MailAttachment file, string value) => Of(EvidenceKind.Attachment, file.Path, value);

    public static Evidence Fact(FileFact fact) => Of(EvidenceKind.Attachment, fact.File.Path, fact.Where.Length > 0 ? $"{fact.Where}: {fact.Value}" : fact.Value);

    public static Evidence Words(IReadOnlyList<PhraseHit> hits) => Of(hits[0].Where == PhraseHit.InText ? EvidenceKind.Text : EvidenceKind.Attachment, hits[0].Where, string.Join(" … ", hits.Take(3).Select(hit => hit.Seen)));

    public static Evidence Of(EvidenceKind kind, string where, string value) => new(kind, Cut(where, 200), Cut(value, Evidence.MaxValueLength));

    /// <summary>The phrases themselves, for the sentence of a sign.</summary>
    public static string List(IEnumerable<PhraseHit> hits) => Cut(string.Join(", ", hits.Select(hit => hit.Phrase.Replace("~", " … ", StringComparison.Ordinal).TrimEnd('*')).Distinct().Take(4)), 160);

    public static string Cut(string text, int length)
    {
        if (text.Length <= length)
            return text;
        var end = char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1;
        return $"{text[..end]}…";
    }
}
