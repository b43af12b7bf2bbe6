namespace Platform.Mails;

/// <summary>What a mail of the platform says, before it has a form: the HTML and the plain text are both made of it, so that neither can say more.</summary>
/// <param name="Preview">The line that mail programs show beside the subject.</param>
public sealed record MailDocument(string Subject, string Preview, IReadOnlyList<MailBlock> Blocks);

public abstract record MailBlock
{
    public sealed record Paragraph(string Text) : MailBlock;

    /// <summary>The one thing that a reader is asked to do.</summary>
    public sealed record Button(string Label, Uri Url) : MailBlock;

    public sealed record Facts(IReadOnlyList<(string Label, string Value)> Rows) : MailBlock;

    public sealed record Entries(IReadOnlyList<MailEntry> Rows) : MailBlock;

    /// <summary>Small print.</summary>
    public sealed record Note(string Text) : MailBlock;
}

/// <summary>One of several things that a mail lists.</summary>
/// <param name="Lines">Below the title, from the most important on.</param>
/// <param name="Links">What may be done with it.</param>
public sealed record MailEntry(string Title, IReadOnlyList<string> Lines, IReadOnlyList<(string Label, Uri Url)> Links);

/// <summary>In whose name a mail goes out: the platform's, or an MSP's white label.</summary>
/// <param name="Logo">Stands at the top in place of a picture, which would have to be loaded.</param>
public sealed record MailBrand(string Name, string Address, string Logo);

/// <summary>One kind of mail with what it tells.</summary>
public interface IMailTemplate
{
    MailDocument Write(Wording words);
}

/// <summary>A mail in both forms.</summary>
public sealed record RenderedMail(string Subject, string Text, string Html);
