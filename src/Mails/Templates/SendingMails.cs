namespace Platform.Mails.Templates;

/// <summary>Tells a sender what waits before it leaves, with what can be done about it.</summary>
public sealed record SendingSummaryMail(IReadOnlyList<SendingEntry> Entries, TimeZoneInfo Zone) : IMailTemplate
{
    public MailDocument Write(Wording words) => new(words.Format("sending.subject", Entries.Count), words["sending.text"],
    [
        new MailBlock.Paragraph(words["sending.text"]),
        new MailBlock.Entries([.. Entries.Select(entry => Entry(entry, words))]),
        new MailBlock.Note(words["sending.confirm-first"]),
        new MailBlock.Note(words["digest.forward"]),
    ]);

    private MailEntry Entry(SendingEntry entry, Wording words)
    {
        List<string> lines = [ShownText.Of(string.Join(", ", entry.Recipients), 200), words.Format($"sending.stage.{entry.Stage}", words.Moment(entry.Until, Zone))];
        lines.AddRange(entry.Reasons.Select(reason => ShownText.Of(reason, 300)));
        return new MailEntry(ShownSubject.Of(words, entry.Subject), lines, [.. entry.Links.Select(link => (words["action." + link.Action], link.Url))]);
    }
}

/// <param name="Stage"><c>confirmation</c>, <c>wait</c> or <c>approval</c>.</param>
/// <param name="Reasons">What the sender was warned of, or approvers are asked for.</param>
/// <param name="Links">Each action by its key.</param>
public sealed record SendingEntry(string Subject, IReadOnlyList<string> Recipients, string Stage, DateTimeOffset Until, IReadOnlyList<string> Reasons, IReadOnlyList<(string Action, Uri Url)> Links);

/// <summary>Tells a sender that what it sent is held.</summary>
/// <param name="Reasons">The rule that holds it, or what was found of its recipients; empty: what the inspection found.</param>
public sealed record SendingHeldMail(string Recipients, string Subject, IReadOnlyList<string> Reasons) : IMailTemplate
{
    public MailDocument Write(Wording words)
    {
        List<(string Label, string Value)> facts = [(words["mail.to"], ShownText.Of(Recipients, 500)), (words["mail.subject"], ShownSubject.Of(words, Subject))];
        facts.AddRange(Reasons.Select(reason => (words["mail.why"], ShownText.Of(reason, 300))));
        return new MailDocument(words["sending.held.subject"], words["sending.held.text"], [new MailBlock.Paragraph(words["sending.held.text"]), new MailBlock.Facts(facts)]);
    }
}

/// <summary>Asks somebody of an approval chain to decide over a mail.</summary>
/// <param name="Page">Where it is decided, after a sign-in.</param>
public sealed record ApprovalRequestMail(string From, string Subject, string Chain, bool Reminder, Uri Page) : IMailTemplate
{
    public MailDocument Write(Wording words)
    {
        var text = words[Reminder ? "approval.reminder.text" : "approval.text"];
        return new MailDocument(words.Format("approval.subject", ShownText.Of(From)), text,
        [
            new MailBlock.Paragraph(text),
            new MailBlock.Facts([(words["mail.from"], ShownText.Of(From)), (words["mail.subject"], ShownSubject.Of(words, Subject)), (words["approval.chain"], ShownText.Of(Chain))]),
            new MailBlock.Button(words["approval.button"], Page),
        ]);
    }
}

/// <summary>Tells a sender what became of a mail that needed approval.</summary>
/// <param name="State"><c>approved</c>, <c>declined</c>, <c>expired</c> or <c>expired-sent</c>.</param>
public sealed record ApprovalDecisionMail(string Recipients, string Subject, string State, string Note) : IMailTemplate
{
    public MailDocument Write(Wording words)
    {
        List<(string Label, string Value)> facts = [(words["mail.to"], ShownText.Of(Recipients, 500)), (words["mail.subject"], ShownSubject.Of(words, Subject))];
        if (Note.Length > 0)
            facts.Add((words["approval.note"], ShownText.Of(Note, 500)));
        var text = words[$"approval.{State}.text"];
        return new MailDocument(words[$"approval.{State}.subject"], text, [new MailBlock.Paragraph(text), new MailBlock.Facts(facts)]);
    }
}
