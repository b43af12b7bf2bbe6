namespace Platform.Mails.Templates;

/// <summary>The subject of a stranger's mail; where there is none, words that say so.</summary>
internal static class ShownSubject
{
    public static string Of(Wording words, string subject, int most = ShownText.MaxLength) => ShownText.Of(subject, most) is { Length: > 0 } shown ? shown : words["mail.no-subject"];
}
