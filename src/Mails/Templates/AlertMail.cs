namespace Platform.Mails.Templates;

/// <summary>Tells an administrator of something that needs a person: a webhook that was disabled, a licence that ends.</summary>
/// <param name="Title">One sentence, in the reader's language.</param>
/// <param name="Text">What it means and what to do.</param>
/// <param name="Page">Where to do it; null where there is no page.</param>
public sealed record AlertMail(string Title, string Text, IReadOnlyList<(string Label, string Value)> Facts, Uri? Page) : IMailTemplate
{
    public MailDocument Write(Wording words)
    {
        List<MailBlock> blocks = [new MailBlock.Paragraph(Text)];
        if (Facts.Count > 0)
            blocks.Add(new MailBlock.Facts([.. Facts.Select(fact => (fact.Label, ShownText.Of(fact.Value)))]));
        if (Page is { } page)
            blocks.Add(new MailBlock.Button(words["alert.button"], page));
        return new MailDocument(words.Format("alert.subject", ShownText.Of(Title)), Text, blocks);
    }
}
