using MimeKit.Utils;
using Platform.Engine.Attachments;
using Platform.Engine.Links.Qr;
using Platform.Engine.Attachments.Passwords;
using Platform.Engine.Mail.Fields;
using Platform.Engine.Mail.Structure;
using Platform.Engine.Mail.Text;

namespace Platform.Engine.Mail;

/// <summary>
/// Reads a message (RFC 5322 with MIME, RFC 2045 to 2049) from any bytes at all. Our own reader goes first: in place, with exact
/// offsets, bounded, tolerant. MimeKit then reads the same bytes, and what only it sees is added and told. Text, links
/// and files are taken from both. Throws only <see cref="OperationCanceledException"/>.
/// </summary>
public sealed class MailReader(TimeProvider time) : IMailReader
{
    private const int MaxReferences = 1_000;

    public MailReader()
        : this(TimeProvider.System)
    {
    }

    public MailMessage Read(ReadOnlyMemory<byte> message, ScanLimits limits, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(limits);
        cancellationToken.ThrowIfCancellationRequested();
        var budget = new ReadBudget(limits, time, message.Length, cancellationToken);
        var tree = new MimeTreeReader(budget);
        var root = tree.ReadMessage(message);
        var others = new OtherReadings(budget);
        others.Read(message, root, tree);
        IReadOnlyList<MailPart> leaves = [.. tree.Leaves, .. SecondReading.Read(message, tree.Leaves, budget)];
        var body = new BodyReader(budget).Read(leaves);
        var headers = root.Headers;
        var files = new FileWalk(budget, new PasswordWords(new PasswordSources(headers, leaves, body.Visible, body.Hidden, body.Html)));
        AttachmentReader.Read(root, leaves, files);
        HeaderNotes.Collect(headers, budget);
        return new MailMessage
        {
            Raw = message,
            Headers = headers,
            From = Addresses(headers, "From", budget),
            Sender = Addresses(headers, "Sender", budget),
            ReplyTo = Addresses(headers, "Reply-To", budget),
            To = Addresses(headers, "To", budget),
            Cc = Addresses(headers, "Cc", budget),
            Subject = First(headers, "Subject"),
            MessageId = MessageIds(headers, "Message-ID", budget) is [var id, ..] ? id : First(headers, "Message-ID").Trim('<', '>', ' '),
            InReplyTo = MessageIds(headers, "In-Reply-To", budget),
            References = MessageIds(headers, "References", budget),
            Date = ReadDate(First(headers, "Date")),
            Root = root,
            Readings = others.Readings,
            Leaves = leaves,
            VisibleText = body.Visible,
            HiddenText = body.Hidden,
            Html = body.Html,
            Links = [.. body.Links, .. files.Links, .. QrCodes.Read(leaves, body.Html, files.Files, body.Links)],
            Attachments = files.Files,
            FileFacts = files.Facts,
            FileTexts = files.Texts,
            WholeTexts = files.WholeTexts,
            AlternativeText = body.Alternative,
            Behaviours = files.Behaviours,
            Notes = budget.Notes,
        };
    }

    private static string First(IReadOnlyList<MailHeader> headers, string name) =>
        headers.FirstOrDefault(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value ?? "";

    // Every field of the name counts: clients differ in which of several they show.
    private static List<MailAddress> Addresses(IReadOnlyList<MailHeader> headers, string name, ReadBudget budget)
    {
        var addresses = new List<MailAddress>();
        foreach (var header in headers.Where(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Take(50))
        {
            addresses.AddRange(AddressList.Parse(HeaderText.Unfold(header.Octets()), out var cut));
            if (cut || addresses.Count > AddressList.MaxAddresses)
            {
                budget.Cut("limit-addresses", name, $"more than {AddressList.MaxAddresses} addresses");
                break;
            }
        }

        return addresses.Count <= AddressList.MaxAddresses ? addresses : addresses[..AddressList.MaxAddresses];
    }

    private static List<string> MessageIds(IReadOnlyList<MailHeader> headers, string name, ReadBudget budget)
    {
        var ids = new List<string>();
        var value = First(headers, name);
        for (var open = value.IndexOf('<', StringComparison.Ordinal); open >= 0; open = value.IndexOf('<', open + 1))
        {
            var close = value.IndexOf('>', open);
            if (close < 0)
                break;
            if (ids.Count >= MaxReferences)
            {
                budget.Cut("limit-references", name, $"more than {MaxReferences} message ids");
                break;
            }

            ids.Add(value[(open + 1)..close].Trim());
            open = close;
        }

        return ids;
    }

    private static DateTimeOffset? ReadDate(string value)
    {
        const int LongestDate = 200;
        if (value.Length is 0 or > LongestDate)
            return null;
        return DateUtils.TryParse(value, out var date) ? date : null;
    }
}
