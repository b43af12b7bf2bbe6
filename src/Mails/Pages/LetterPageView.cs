namespace Platform.Mails.Pages;

/// <summary>What the page of a protected mail shows. All of it may be a stranger's words: the page escapes it.</summary>
/// <param name="Address">Of the mail in the reader, without a slash at its end.</param>
/// <param name="HasHtml">The body stands in a frame of its own, which runs and loads nothing.</param>
/// <param name="Text">The body, where it has no HTML; null: only files are protected.</param>
public sealed record LetterPageView(
    string Address, string Subject, IReadOnlyList<(string Label, string Value)> Facts, bool HasHtml, string? Text, IReadOnlyList<LetterFileView> Files, bool ViewOnly, bool IsDangerous)
{
    /// <summary>Of the files that went with the mail; null: none went locked.</summary>
    public string? Password { get; init; }

    /// <summary>The sender has a mailbox that takes answers.</summary>
    public bool CanReply { get; init; }
}

/// <param name="Size">In words.</param>
/// <param name="Save">Where it is saved from; null: it is not to be.</param>
/// <param name="Show">Where it is shown as text; null: it has none.</param>
public sealed record LetterFileView(string Name, string Size, string? Save, string? Show);
