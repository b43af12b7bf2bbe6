using System.Text;
using MimeKit;
using MimeKit.Utils;

namespace Platform.Api.Demo;

/// <summary>One mail of the demo: who sends it from where, to whom, and what it says.</summary>
/// <param name="ClientAddress">Pretended by XCLIENT; decides the country on screen.</param>
/// <param name="To">Local parts at the tenant's domain.</param>
internal sealed record DemoMail(string ClientAddress, string Helo, string FromName, string From, string Domain, string[] To, string Subject, string Text)
{
    public string? Html { get; init; }
    public string? ReplyTo { get; init; }
    public string? ListUnsubscribe { get; init; }
    public bool AnswersEarlierMail { get; init; }
    public (string Name, string MediaType, byte[] Content)? Attachment { get; init; }

    public IEnumerable<string> Recipients => To.Select(local => $"{local}@{Domain}");

    /// <summary>The message as bytes with CRLF lines.</summary>
    public byte[] ToBytes(DateTimeOffset date)
    {
        var message = new MimeMessage { Subject = Subject, Date = date };
        var senderDomain = From[(From.IndexOf('@') + 1)..];
        message.From.Add(new MailboxAddress(Encoding.UTF8, FromName, From));
        foreach (var recipient in Recipients)
            message.To.Add(MailboxAddress.Parse(recipient));
        message.MessageId = MimeUtils.GenerateMessageId(senderDomain);
        if (ReplyTo is not null)
            message.ReplyTo.Add(MailboxAddress.Parse(ReplyTo));
        if (ListUnsubscribe is not null)
        {
            message.Headers.Add(HeaderId.ListUnsubscribe, $"<{ListUnsubscribe}>");
            message.Headers.Add(HeaderId.Precedence, "bulk");
        }

        if (AnswersEarlierMail)
        {
            var earlier = MimeUtils.GenerateMessageId(Domain);
            message.InReplyTo = earlier;
            message.References.Add(earlier);
        }

        var body = new BodyBuilder { TextBody = Text, HtmlBody = Html };
        if (Attachment is { } attachment)
            body.Attachments.Add(attachment.Name, attachment.Content, ContentType.Parse(attachment.MediaType));
        message.Body = body.ToMessageBody();

        using var stream = new MemoryStream();
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        message.WriteTo(format, stream);
        return stream.ToArray();
    }
}
