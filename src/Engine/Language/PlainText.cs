using Platform.Engine.Attachments;
using Platform.Engine.Mail;

namespace Platform.Engine.Language;

/// <summary>Subject and visible text of a message, and the text of the files with it, folded for comparison and bounded.</summary>
internal sealed class PlainText
{
    /// <summary>Stands between subject and body; folded text holds no other control character.</summary>
    public const char SubjectEnd = '\n';

    private const int MaxLength = 32_768;
    private const int MaxFiles = 8;
    private const int MaxFileLength = 16_384;

    private readonly IReadOnlyList<FileText> _files;

    private PlainText(string subject, string body, IReadOnlyList<FileText> files)
    {
        Subject = subject;
        Body = body;
        All = $"{subject} {SubjectEnd} {body}";
        _files = files;
    }

    public string Subject { get; }

    public string Body { get; }

    public string All { get; }

    private LexiconFindings Findings => field ??= Lexicon.Embedded.Search(All);

    private LexiconFindings InSubject => field ??= Lexicon.Embedded.Search(Subject);

    private List<LexiconFindings> InFiles => field ??= [.. _files.Take(MaxFiles).Select(file => Lexicon.Embedded.Search(NormalText.Fold(Cut(file.Text, MaxFileLength)), file.Path))];

    public static PlainText Of(MailMessage message) =>
        new(NormalText.Fold(Cut(message.Subject, MaxLength)), NormalText.Fold(Cut(message.VisibleText, MaxLength)), message.FileTexts);

    /// <summary>Phrases of a lexicon group in subject and text, in the order of the text; all groups are looked for at once.</summary>
    public IReadOnlyList<PhraseHit> Find(string group) => Findings.Of(group);

    /// <summary>As <see cref="Find"/>, and when there are none in the mail itself, those of the first file that has some.</summary>
    public IReadOnlyList<PhraseHit> FindAnywhere(string group)
    {
        var hits = Find(group);
        for (var index = 0; hits.Count == 0 && index < InFiles.Count; index++)
            hits = InFiles[index].Of(group);
        return hits;
    }

    /// <summary>The folded text in which a phrase was found.</summary>
    public string TextOf(PhraseHit hit) =>
        hit.Where == PhraseHit.InText ? All
        : _files.Take(MaxFiles).FirstOrDefault(file => file.Path == hit.Where) is { } found ? NormalText.Fold(Cut(found.Text, MaxFileLength)) : "";

    /// <summary>Phrases of a group in the subject alone.</summary>
    public IReadOnlyList<PhraseHit> FindInSubject(string group) => InSubject.Of(group);

    public bool Has(string group) => Find(group).Count > 0;

    private static string Cut(string text, int length) => text.Length > length ? text[..length] : text;
}
