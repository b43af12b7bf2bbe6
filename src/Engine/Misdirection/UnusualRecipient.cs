namespace Platform.Engine.Misdirection;

/// <summary>Recipients who do not belong to the others of the mail, or to the conversation that it goes on with.</summary>
internal static class UnusualRecipient
{
    private const int ShortestName = 4;

    // The same at every organisation: that somebody writes to two of them says nothing.
    private static readonly string[] s_roles =
    [
        "info", "sales", "support", "contact", "admin", "office", "mail", "help", "service", "hello", "press", "jobs", "billing", "order", "orders", "accounting", "keiri", "soumu", "jinji", "eigyo", "noreply", "no-reply", "webmaster", "postmaster",
    ];

    public static IEnumerable<SendFinding> Find(OutgoingRecipients mail, CorrespondenceFacts facts)
    {
        var knowsAnother = mail.Outside.Any(recipient => IsWritten(recipient, facts));
        HashSet<string>? inThread = facts.Thread is { } thread ? [.. thread.Participants.Select(OutgoingRecipients.OrganisationOf)] : null;
        foreach (var recipient in mail.Outside.Take(OutgoingRecipients.MaxExamined))
        {
            var isNew = !IsWritten(recipient, facts);
            if (isNew && knowsAnother)
                yield return SendFindings.Of(SendFindingKind.NewAmongKnown, recipient);
            // A thread among colleagues has nobody outside with whom a new one might be mixed up.
            if (inThread is not null && facts.Thread!.Participants.Any(participant => !mail.IsOwn(participant)) && !inThread.Contains(OutgoingRecipients.OrganisationOf(recipient)))
                yield return SendFindings.Of(SendFindingKind.JoinedThread, recipient);
            if (isNew && IsPersonal(recipient) && facts.SameName.TryGetValue(recipient.ToLowerInvariant(), out var known))
                yield return SendFindings.Of(SendFindingKind.KnownElsewhere, recipient, ("known", known));
        }
    }

    /// <summary>The local part is a person's, so that two addresses that share it may be mixed up.</summary>
    public static bool IsPersonal(string recipient)
    {
        var local = recipient[..Math.Max(recipient.LastIndexOf('@'), 0)];
        return local.Length >= ShortestName && !s_roles.Contains(local, StringComparer.OrdinalIgnoreCase);
    }

    private static bool IsWritten(string recipient, CorrespondenceFacts facts) => facts.Written.Contains(recipient.ToLowerInvariant());
}
