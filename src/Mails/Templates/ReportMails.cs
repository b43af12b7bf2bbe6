namespace Platform.Mails.Templates;

/// <summary>Answers somebody who forwarded a suspicious mail.</summary>
/// <param name="Verdict">In the reader's language; null: it could not be inspected.</param>
/// <param name="IsKnown">It is kept here or was attached; else only quoted, which tells nothing of it.</param>
/// <param name="Why">The weightiest reason, in a sentence.</param>
public sealed record ReportAnswerMail(string Subject, string? Verdict, bool IsKnown, bool IsAttack, string? Why) : IMailTemplate
{
    public MailDocument Write(Wording words)
    {
        var text = words[!IsKnown ? "answer.only-quoted" : Verdict is null ? "answer.unknown" : IsAttack ? "answer.attack" : "answer.harmless"];
        List<(string, string)> facts = [(words["mail.subject"], ShownSubject.Of(words, Subject)), (words["mail.verdict"], ShownText.Of(Verdict ?? words["verdict.unknown"]))];
        if (Why is { Length: > 0 } why)
            facts.Add((words["mail.why"], ShownText.Of(why, 300)));
        return new MailDocument(words.Format("answer.subject", ShownSubject.Of(words, Subject, 80)), text,
        [
            new MailBlock.Paragraph(words["answer.thanks"]),
            new MailBlock.Paragraph(text),
            new MailBlock.Facts(facts),
            new MailBlock.Note(words["answer.next"]),
        ]);
    }
}

/// <summary>Tells a person what their report led to.</summary>
/// <param name="Held">Copies of the mail that were stopped.</param>
/// <param name="Released">Copies of the mail that were delivered.</param>
/// <param name="Listed">Its sender stands on a list now.</param>
public sealed record ReportDecisionMail(string Subject, bool Missed, bool Confirmed, int Held, int Released, bool Listed, string Note) : IMailTemplate
{
    public MailDocument Write(Wording words)
    {
        var key = !Confirmed ? "reported.refused" : Missed ? "reported.missed" : "reported.wrong";
        List<MailBlock> blocks = [new MailBlock.Paragraph(words[key + ".text"])];
        List<(string, string)> facts = [(words["mail.subject"], ShownSubject.Of(words, Subject))];
        if (Confirmed)
            facts.Add((words["reported.effect"], Effect(words)));
        if (Note.Length > 0)
            facts.Add((words["decision.note"], ShownText.Of(Note, 500)));
        blocks.Add(new MailBlock.Facts(facts));
        return new MailDocument(words[key + ".subject"], words[key + ".text"], blocks);
    }

    private string Effect(Wording words)
    {
        var effect = words.Format(Missed ? "reported.effect.held" : "reported.effect.released", Missed ? Held : Released);
        return Listed ? effect + " " + words[Missed ? "reported.effect.blocked" : "reported.effect.allowed"] : effect;
    }
}
