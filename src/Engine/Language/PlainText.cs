using Platform.Engine.Mail;

namespace Platform.Engine.Language;

/// <summary>Subject and visible text of a message, folded for comparison and bounded.</summary>
internal sealed class PlainText
{
    /// <summary>Stands between subject and body; folded text holds no other control character.</summary>
    public const char SubjectEnd = '\n';

    private const int MaxLength = 32_768;

    private readonly Dictionary<string, IReadOnlyList<PhraseHit>> _found = new(StringComparer.Ordinal);

    private PlainText(string subject, string body)
    {
        Subject = subject;
        Body = body;
        All = $"{subject} {SubjectEnd} {body}";
    }

    public string Subject { get; }

    public string Body { get; }

    public string All { get; }

    public static PlainText Of(MailMessage message) => new(NormalText.Fold(Cut(message.Subject)), NormalText.Fold(Cut(message.VisibleText)));

    /// <summary>Phrases of a lexicon group in subject and text; asked once, however many detectors want them.</summary>
    public IReadOnlyList<PhraseHit> Find(string group)
    {
        if (!_found.TryGetValue(group, out var hits))
            _found[group] = hits = Lexicon.Embedded.Find(group, All);
        return hits;
    }

    public bool Has(string group) => Find(group).Count > 0;

    private static string Cut(string text) => text.Length > MaxLength ? text[..MaxLength] : text;
}
