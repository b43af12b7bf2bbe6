using Platform.Engine.Mail;
using Platform.Engine.Mail.Content;
using Platform.Engine.Mail.Fields;
using Platform.Engine.Mail.Structure;

namespace Platform.Engine.Preview;

/// <summary>
/// Journal reports of Exchange and Microsoft 365: a multipart/mixed whose first part is text of lines <c>Sender:</c>, <c>Subject:</c>,
/// <c>Message-Id:</c>, <c>To:</c>, <c>Cc:</c>, <c>Bcc:</c>, <c>Recipient:</c>, each address perhaps followed by <c>, Expanded: list</c> or
/// <c>, Forwarded: address</c>, and whose second part is the message as message/rfc822. Not standardised; described in
/// Microsoft's "Journaling in Exchange Online". The message is a slice of the report, never written anew.
/// </summary>
public sealed class JournalReader(TimeProvider time) : IJournalReader
{
    private const int MaxReportLength = 4 * 1024 * 1024;
    private const int MaxRecipients = 20_000;

    public JournalReader()
        : this(TimeProvider.System)
    {
    }

    public JournalReport Read(ReadOnlyMemory<byte> message, ScanLimits limits, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var none = new JournalReport(false, null, [], message);
        var budget = new ReadBudget(limits, time, message.Length, cancellationToken);
        var root = new MimeTreeReader(budget).ReadMessage(message);
        if (!root.IsMultipart || root.Children is not [var report, var wrapped, ..] || report.MediaType != "text/plain" || report.Content.Length > MaxReportLength)
            return none;
        if (wrapped.MediaType != "message/rfc822" || wrapped.Children is not [var inner])
            return none;
        var text = Charsets.Decode(report.Content.Span, report.Charset);
        return Parse(text) is { } fields ? new JournalReport(true, fields.Sender, fields.Recipients, inner.Raw) : none;
    }

    private sealed record Fields(string? Sender, List<string> Recipients);

    // The lines decide: the marking header (X-MS-Journal-Report) is lost on some routes, and proves nothing on others.
    private static Fields? Parse(string text)
    {
        string? sender = null;
        var identified = false;
        var recipients = new List<string>();
        var known = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var raw in text.Split('\n'))
        {
            var line = raw.Trim();
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (line.Length == 0)
                continue;
            var name = colon <= 0 ? "" : line[..colon].Trim().ToLowerInvariant();
            var value = colon <= 0 ? "" : line[(colon + 1)..].Trim();
            if (sender is null && name is not "sender")
                return null;
            switch (name)
            {
                case "sender":
                    sender ??= Address(value) ?? "";
                    break;
                case "message-id" or "subject":
                    identified = true;
                    break;
                case "to" or "cc" or "bcc" or "recipient" or "on-behalf-of-recipient":
                    if (Address(WithoutList(value)) is { } address && recipients.Count < MaxRecipients && known.Add(address))
                        recipients.Add(address);
                    break;
            }
        }

        return sender is not null && identified && recipients.Count > 0 ? new Fields(sender.Length == 0 ? null : sender, recipients) : null;
    }

    private static string WithoutList(string value)
    {
        foreach (var word in (string[])[", Expanded:", ", Forwarded:", ",Expanded:", ",Forwarded:"])
            if (value.IndexOf(word, StringComparison.OrdinalIgnoreCase) is var at and >= 0)
                value = value[..at];
        return value;
    }

    private static string? Address(string value)
    {
        foreach (var address in AddressList.Parse(value, out _))
            if (address.Domain.Length > 0)
                return address.Address;
        return null;
    }
}
