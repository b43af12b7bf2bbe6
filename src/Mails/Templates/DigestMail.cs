namespace Platform.Mails.Templates;

/// <summary>Tells the owner of a mailbox what is held for it.</summary>
/// <param name="Days">For which its links work.</param>
/// <param name="More">Further mail waits for the next digest.</param>
public sealed record DigestMail(string Mailbox, IReadOnlyList<DigestEntry> Entries, int Days, bool More, TimeZoneInfo Zone) : IMailTemplate
{
    public MailDocument Write(Wording words)
    {
        var mailbox = ShownText.Of(Mailbox);
        List<MailBlock> blocks =
        [
            new MailBlock.Paragraph(words.Format("digest.text", mailbox, Entries.Count)),
            new MailBlock.Entries([.. Entries.Select(entry => Entry(entry, words))]),
        ];
        if (More)
            blocks.Add(new MailBlock.Note(words["digest.more"]));
        blocks.Add(new MailBlock.Note(words.Format("link.validity.days", Days)));
        blocks.Add(new MailBlock.Note(words["digest.forward"]));
        return new MailDocument(words.Format("digest.subject", Entries.Count), words.Format("digest.text", mailbox, Entries.Count), blocks);
    }

    private MailEntry Entry(DigestEntry entry, Wording words)
    {
        List<string> lines = [ShownText.Of(entry.From), words.Format("digest.line", entry.Verdict, words.Moment(entry.ReceivedAt, Zone))];
        if (entry.Why is { } why)
            lines.Add(ShownText.Of(why));
        return new MailEntry(ShownSubject.Of(words, entry.Subject), lines, [.. entry.Links.Select(link => (words["action." + link.Action], link.Url))]);
    }
}

/// <param name="Verdict">In the reader's language.</param>
/// <param name="Why">The weightiest reason in a sentence; null where there is none.</param>
/// <param name="Links">Each action by its key: <c>release</c>.</param>
public sealed record DigestEntry(string From, string Subject, string Verdict, string? Why, DateTimeOffset ReceivedAt, IReadOnlyList<(string Action, Uri Url)> Links);
