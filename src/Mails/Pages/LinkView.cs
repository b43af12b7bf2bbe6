namespace Platform.Mails.Pages;

/// <summary>What the page behind a link shows. All of it may be a stranger's words: the page escapes it.</summary>
/// <param name="Button">Null: there is nothing to confirm.</param>
/// <param name="Content">The mail as plain text.</param>
/// <param name="Links">To pages of other actions on the same mail.</param>
public sealed record LinkView(
    string Title,
    string Text,
    IReadOnlyList<(string Label, string Value)> Facts,
    string? Button,
    string? Content,
    IReadOnlyList<(string Name, string Value)> Headers,
    IReadOnlyList<(string Label, string Url)> Links)
{
    public static LinkView Message(string title, string text) => new(title, text, [], null, null, [], []);
}
