using System.Security.Cryptography;
using Platform.Engine.Mail;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Preview;

/// <summary>Shows a message without running, loading or following anything of it (QUA1).</summary>
public sealed class Previewer(IMailReader reader) : IPreviewer
{
    private const int MaxHeaders = 500;
    private const int MaxParts = 1_000;
    private const int MaxHtmlBodies = 10;

    public Previewer()
        : this(new MailReader())
    {
    }

    public SafePreview Preview(ReadOnlyMemory<byte> message, ScanLimits limits, CancellationToken cancellationToken)
    {
        var mail = reader.Read(message, limits, cancellationToken);
        var headers = mail.Headers.Take(MaxHeaders).Select(h => new PreviewHeader(h.Name, h.Value)).ToList();
        var attachments = mail.Attachments.Take(MessageFacts.MaxListed).Select(a => Facts(a, cancellationToken)).ToList();
        return new SafePreview(Html(mail), mail.VisibleText, headers, Structure(mail.Root), attachments);
    }

    private static string? Html(MailMessage mail)
    {
        if (mail.Html.Count == 0)
        {
            // HTML too heavy to parse has left its text.
            var unparsed = mail.Notes.Any(n => n.Id == "limit-html");
            return unparsed ? HtmlSanitizer.FromText(mail.VisibleText) : null;
        }

        var images = new InlineImages(mail.Leaves);
        return string.Join("<hr>", mail.Html.Take(MaxHtmlBodies).Select(b => new HtmlSanitizer(images.Find).Sanitize(b.Document)));
    }

    private static List<PreviewPart> Structure(MailPart root)
    {
        var rows = new List<PreviewPart>();
        var pending = new Stack<MailPart>();
        pending.Push(root);
        while (pending.TryPop(out var part) && rows.Count < MaxParts)
        {
            rows.Add(new PreviewPart(part.Path, part.MediaType, part.FileName, part.Content.Length));
            for (var i = part.Children.Count - 1; i >= 0; i--)
                pending.Push(part.Children[i]);
        }

        return rows;
    }

    private static AttachmentFacts Facts(MailAttachment attachment, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var hash = Convert.ToHexStringLower(SHA256.HashData(attachment.Content.Span));
        return new AttachmentFacts(attachment.Path, attachment.DeclaredType, attachment.Type.MediaType, attachment.Content.Length, hash);
    }
}
