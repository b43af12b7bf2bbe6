using Platform.Engine.Mail;
using Platform.Engine.Preview;
using Platform.Engine.Rewriting;

namespace Platform.Engine.Letters;

/// <summary>Reads letters by the reading that inspected them, and shows them by the rules of the safe preview.</summary>
public sealed class LetterReader(IMailReader reader) : ILetterReader
{
    private const int MaxAddresses = 100;
    private const int MaxHtmlBodies = 10;

    /// <summary>Characters of a document that are shown.</summary>
    private const int MaxText = 500_000;

    public LetterReader()
        : this(new MailReader())
    {
    }

    public Letter Read(ReadOnlyMemory<byte> message, LetterView view, ScanLimits limits, CancellationToken cancellationToken)
    {
        var mail = reader.Read(message, limits, cancellationToken);
        return new Letter(
            mail.Subject,
            mail.From.Count > 0 ? mail.From[0] : null,
            [.. mail.To.Take(MaxAddresses)],
            [.. mail.Cc.Take(MaxAddresses)],
            mail.Date,
            view.Only is null ? Html(mail) : null,
            view.Only is null ? mail.VisibleText : "",
            [.. Files(mail, view).Select(file => Of(mail, file))]);
    }

    public OpenedFile? Open(ReadOnlyMemory<byte> message, LetterView view, string path, ScanLimits limits, CancellationToken cancellationToken)
    {
        var mail = reader.Read(message, limits, cancellationToken);
        return Files(mail, view).FirstOrDefault(file => file.Part.Path == path) is { } file
            ? new OpenedFile(Of(mail, file), file.Content, TextOf(mail, file))
            : null;
    }

    private static IEnumerable<MailFile> Files(MailMessage mail, LetterView view) => MailFiles.Of(mail)
        .Where(file => (view.Only is not { } only || MailFiles.IsChosen(file, only, mail)) && (view.Without is not { } without || !MailFiles.IsChosen(file, without, mail)))
        .Take(Letter.MaxFiles);

    private static string? Html(MailMessage mail)
    {
        if (mail.Html.Count == 0)
            return null;
        var images = new InlineImages(mail.Leaves);
        return string.Join("<hr>", mail.Html.Take(MaxHtmlBodies).Select(body => new HtmlSanitizer(images.Find, followsLinks: true).Sanitize(body.Document)));
    }

    private static LetterFile Of(MailMessage mail, MailFile file) => new(file.Part.Path, file.Name, file.MediaType, file.Size, file.IsShown, TextOf(mail, file).Length > 0);

    private static string TextOf(MailMessage mail, MailFile file)
    {
        var path = mail.Attachments.FirstOrDefault(one => one.Content.Equals(file.Content))?.Path;
        var text = path is null ? "" : string.Join("\n", mail.WholeTexts.Where(one => one.Path == path || one.Path.StartsWith(path + "/", StringComparison.Ordinal)).Select(one => one.Text));
        return text.Length <= MaxText ? text : text[..MaxText];
    }
}
