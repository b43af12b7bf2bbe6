namespace Platform.Mails.Templates;

/// <summary>The mail that a person asks for, as others told of it.</summary>
public sealed record AskedMail(string Recipient, string From, string Subject, string Note);

/// <summary>Tells an administrator that somebody asks for a held mail.</summary>
public sealed record ReleaseRequestMail(AskedMail Asked, Uri Page) : IMailTemplate
{
    public MailDocument Write(Wording words) => new(words.Format("request.subject", ShownText.Of(Asked.Recipient)), words["request.text"],
    [
        new MailBlock.Paragraph(words["request.text"]),
        new MailBlock.Facts(AskedFacts.Of(Asked, words, "request.note")),
        new MailBlock.Button(words["request.button"], Page),
    ]);
}

/// <summary>Tells the person what became of the request.</summary>
public sealed record ReleaseDecisionMail(AskedMail Asked, bool Approved) : IMailTemplate
{
    public MailDocument Write(Wording words)
    {
        var text = words[Approved ? "decision.approved.text" : "decision.refused.text"];
        return new MailDocument(
            words[Approved ? "decision.approved.subject" : "decision.refused.subject"],
            text,
            [new MailBlock.Paragraph(text), new MailBlock.Facts(AskedFacts.Of(Asked, words, "decision.note"))]);
    }
}

internal static class AskedFacts
{
    public static List<(string Label, string Value)> Of(AskedMail asked, Wording words, string noteLabel)
    {
        List<(string Label, string Value)> facts =
        [
            (words["mail.to"], ShownText.Of(asked.Recipient)),
            (words["mail.from"], ShownText.Of(asked.From)),
            (words["mail.subject"], ShownSubject.Of(words, asked.Subject)),
        ];
        if (asked.Note.Length > 0)
            facts.Add((words[noteLabel], ShownText.Of(asked.Note, 500)));
        return facts;
    }
}
