namespace Platform.Benchmarks.Product;

using Platform.Benchmarks.Load;

/// <summary>What the API says and what lies in the Maildirs, at one moment; both keyed by Message-ID.</summary>
internal sealed record Snapshot(ILookup<string, SeenMessage> Messages, ILookup<string, DeliveredMail> Files)
{
    private const int Few = 50;
    private static readonly string[] UnderWay = ["RECEIVED", "QUEUED", "RELEASED"];
    private static readonly string[] Stopped = ["QUARANTINED", "HELD", "REJECTED"];

    public static async Task<Snapshot> TakeAsync(PlatformClient client, string delivered, CancellationToken cancellationToken)
    {
        // Files last: what the API calls delivered must be there by then.
        var messages = await client.ByMessageIdAsync(cancellationToken);
        return new Snapshot(messages, DeliveredMail.Read(delivered).ToLookup(f => f.MessageId));
    }

    /// <summary>Waits until all the mails are where they are going to stay.</summary>
    /// <returns>The last snapshot, settled or not.</returns>
    public static async Task<Snapshot> SettledAsync(
        PlatformClient client, string delivered, IReadOnlyCollection<OutgoingMail> mails, TimeSpan limit, CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            // A snapshot reads every mail; while many are under way it would only take the processor from them.
            if (TimeProvider.System.GetElapsedTime(start) < limit && await UnderWayAsync(client, cancellationToken) > Few)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, cancellationToken);
                continue;
            }

            var snapshot = await TakeAsync(client, delivered, cancellationToken);
            if (mails.All(snapshot.IsSettled) || TimeProvider.System.GetElapsedTime(start) > limit)
                return snapshot;
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, cancellationToken);
        }
    }

    private static async Task<int> UnderWayAsync(PlatformClient client, CancellationToken cancellationToken)
    {
        var data = await client.QueryAsync("{ messages(first: 1, filter: { states: [RECEIVED, QUEUED, RELEASED] }) { totalCount } }", null, cancellationToken);
        return data.GetProperty("messages").GetProperty("totalCount").GetInt32();
    }

    public bool IsSettled(OutgoingMail mail) =>
        Messages[mail.Id].Any() && Messages[mail.Id].All(m => m.Deliveries.Count > 0 && m.Deliveries.All(d => !UnderWay.Contains(d.State)));

    public IEnumerable<string> StatesFor(OutgoingMail mail, string recipient) =>
        Messages[mail.Id].Select(m => m.To(recipient)?.State).OfType<string>();

    public IReadOnlyList<DeliveredMail> FilesFor(OutgoingMail mail, string recipient) =>
        [.. Files[mail.Id].Where(f => f.Address.Equals(recipient, StringComparison.OrdinalIgnoreCase))];

    /// <summary>Null when the mail lies once, byte for byte, in each recipient's Maildir and the API says so.</summary>
    public string? WhyNotDelivered(OutgoingMail mail)
    {
        if (Messages[mail.Id].Count() != 1)
            return $"{Messages[mail.Id].Count()} messages in the API instead of one";
        foreach (var recipient in mail.Recipients)
        {
            if (WhyNotInMaildir(mail, recipient) is { } wrong)
                return wrong;
            if (StatesFor(mail, recipient).Single() is var state and not "DELIVERED")
                return $"delivered to {recipient}, but its state is {state}";
        }

        return Files[mail.Id].Count() == mail.Recipients.Count ? null : "it also lies in a mailbox that it was not sent to";
    }

    /// <summary>Null when exactly one intact copy lies in the recipient's Maildir.</summary>
    public string? WhyNotInMaildir(OutgoingMail mail, string recipient)
    {
        var files = FilesFor(mail, recipient);
        if (files.Count != 1)
            return $"{files.Count} copies for {recipient} instead of one (state {string.Join(", ", StatesFor(mail, recipient).DefaultIfEmpty("none"))})";
        return TraceHeaders.WhyNotIdentical(files[0].Bytes.Span, mail.Bytes.Span) is { } difference ? $"copy for {recipient}: {difference}" : null;
    }

    /// <summary>Null when every delivery waits in quarantine, nothing lies in a Maildir, and each reason has weight, sentence and evidence.</summary>
    public string? WhyNotStopped(OutgoingMail mail)
    {
        if (Files[mail.Id].Any())
            return "it was delivered";
        if (Messages[mail.Id].ToList() is not [var message])
            return $"{Messages[mail.Id].Count()} messages in the API instead of one";
        if (mail.Recipients.FirstOrDefault(r => message.To(r)?.State != "QUARANTINED") is { } other)
            return $"{other} is {message.To(other)?.State ?? "no delivery"}, not QUARANTINED (score {message.Score})";
        if (message.Reasons.Count == 0)
            return "no reasons";
        return message.Reasons.FirstOrDefault(r => r.Id.Length == 0 || r.Summary.Length == 0 || r.Evidence.Length == 0) is { } empty
            ? $"reason '{empty.Id}' has no sentence or no evidence"
            : null;
    }

    /// <summary>Null when nothing of an answered mail is lost: each recipient has a delivery that is stopped in plain view, or delivered and there.</summary>
    public string? WhyLost(OutgoingMail mail)
    {
        foreach (var recipient in mail.Recipients)
        {
            var states = StatesFor(mail, recipient).ToList();
            if (states.Count == 0)
                return $"no delivery for {recipient}";
            if (!states.Any(s => Stopped.Contains(s) || (s == "DELIVERED" && FilesFor(mail, recipient).Any(f => TraceHeaders.WhyNotIdentical(f.Bytes.Span, mail.Bytes.Span) is null))))
                return $"{recipient} is {string.Join(", ", states)} with {FilesFor(mail, recipient).Count} files";
        }

        return null;
    }
}
