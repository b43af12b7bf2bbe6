namespace Platform.Grains.Mailboxes;

/// <summary>The rules over <see cref="MailboxState"/>: counting once, bounds, what is forgotten first.</summary>
internal static class MailboxMemory
{
    /// <summary>A full memory gives up a tenth at once, so that forgetting is not the work of every mail.</summary>
    private const int Forgotten = MailboxLimits.Correspondents / 10;

    /// <summary>False when the message was recorded before, or the address is none that could be remembered.</summary>
    public static bool Record(MailboxState state, MailSeen mail)
    {
        if (Key(mail.Address) is not { } address || state.Messages.Contains(mail.MessageId))
            return false;

        state.Messages.Add(mail.MessageId);
        if (state.Messages.Count > MailboxLimits.Messages)
            state.Messages.RemoveRange(0, state.Messages.Count - MailboxLimits.Messages);
        state.Total++;

        if (!state.Correspondents.TryGetValue(address, out var correspondent))
        {
            if (state.Correspondents.Count >= MailboxLimits.Correspondents)
                Forget(state);
            correspondent = new Correspondent { FirstSeen = mail.At, LastSeen = mail.At };
            state.Correspondents.Add(address, correspondent);
        }

        Count(correspondent, mail);
        return true;
    }

    /// <summary>False when the sender was not remembered.</summary>
    public static bool Forget(MailboxState state, string sender) => Key(sender) is { } address && state.Correspondents.Remove(address);

    public static SenderHistory HistoryOf(MailboxState state, string sender)
    {
        var known = state.Total >= MailboxLimits.MailsToKnow;
        var domains = Domains(state);
        return Key(sender) is { } address && state.Correspondents.TryGetValue(address, out var seen)
            ? new SenderHistory(known, seen.Received, seen.Sent, [.. seen.Countries], [.. seen.Networks], domains, seen.FirstSeen, seen.LastSeen)
            : new SenderHistory(known, 0, 0, [], [], domains, null, null);
    }

    private static void Count(Correspondent correspondent, MailSeen mail)
    {
        if (mail.Sent)
            correspondent.Sent = Increased(correspondent.Sent);
        else
            correspondent.Received = Increased(correspondent.Received);
        if (mail.At < correspondent.FirstSeen)
            correspondent.FirstSeen = mail.At;
        if (mail.At > correspondent.LastSeen)
            correspondent.LastSeen = mail.At;
        if (mail is { Sent: false, Country: { Length: 2 } country })
            Latest(correspondent.Countries, country);
        if (mail is { Sent: false, Asn: { } asn })
            Latest(correspondent.Networks, asn);
    }

    private static int Increased(int count) => count == int.MaxValue ? count : count + 1;

    private static void Latest<T>(List<T> routes, T route)
    {
        routes.Remove(route);
        routes.Add(route);
        if (routes.Count > MailboxLimits.Routes)
            routes.RemoveAt(0);
    }

    /// <summary>Whoever was only heard of goes before whoever was written to, one mail before many, long ago before lately.</summary>
    private static void Forget(MailboxState state)
    {
        var weakest = state.Correspondents
            .OrderBy(static entry => entry.Value.Sent > 0)
            .ThenBy(static entry => entry.Value.Received > 1)
            .ThenBy(static entry => entry.Value.LastSeen)
            .Take(Forgotten)
            .Select(static entry => entry.Key)
            .ToList();
        foreach (var address in weakest)
            state.Correspondents.Remove(address);
    }

    /// <summary>Domains that mail is exchanged with: written to, or heard from more than once; the busiest first.</summary>
    private static List<string> Domains(MailboxState state) =>
    [
        .. state.Correspondents
            .Where(static entry => entry.Value.Sent > 0 || entry.Value.Received > 1)
            .GroupBy(static entry => entry.Key[(entry.Key.LastIndexOf('@') + 1)..], StringComparer.Ordinal)
            .OrderByDescending(static domain => domain.Sum(static entry => (4L * entry.Value.Sent) + entry.Value.Received))
            .ThenBy(static domain => domain.Key, StringComparer.Ordinal)
            .Take(MailboxLimits.Domains)
            .Select(static domain => domain.Key),
    ];

    private static string? Key(string address)
    {
        var at = address.LastIndexOf('@');
        return at > 0 && at < address.Length - 1 && address.Length <= MailboxLimits.AddressLength ? address.ToLowerInvariant() : null;
    }
}
