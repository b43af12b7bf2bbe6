using System.Globalization;
using Platform.Engine.Links;
using Platform.Engine.Mail;
using Platform.Engine.Mail.Content;
using Platform.Engine.Mail.Structure;
using Platform.Engine.Mail.Text;

namespace Platform.Engine.Attachments.Messages;

/// <summary>
/// Messages that are files: <c>.eml</c> in an archive or under another type, <c>.mht</c> (RFC 2557, a page with its pictures in one
/// message). Their parts are read like those of a mail of its own: text and links here, files as members.
/// </summary>
internal sealed class MailFileReader : IFileReader
{
    private const int MaxMembers = 200;
    private const int MaxLinks = 300;

    public bool Reads(MailAttachment file) => file.Type.Id is "eml" or "mhtml" || FileTypes.Extension(file.FileName) is "eml" or "mht" or "mhtml";

    public void Read(MailAttachment file, FileContents contents)
    {
        var budget = contents.Budget;
        var wasQuiet = budget.IsQuiet;
        // What is off the standard in a mail inside of a file says nothing of the mail that brings it.
        budget.IsQuiet = true;
        try
        {
            var tree = new MimeTreeReader(budget);
            var root = tree.ReadMessage(file.Content);
            contents.Table(root.Headers.FirstOrDefault(header => header.Name.Equals("Subject", StringComparison.OrdinalIgnoreCase))?.Value ?? "");
            var isPage = file.Type.Id == "mhtml" || FileTypes.Extension(file.FileName) is "mht" or "mhtml";
            var members = 0;
            foreach (var leaf in tree.Leaves)
            {
                if (leaf.Content.IsEmpty)
                    continue;
                if (members >= MaxMembers)
                {
                    contents.MarkTextCut();
                    break;
                }

                if (!isPage && BodyReader.IsBody(leaf))
                    ReadBody(leaf, file.Path, contents);
                else if (!(isPage && leaf.MediaType == "text/plain") && budget.TakeEntry(file.Path) && contents.Member(NameOf(leaf, ++members), leaf.Content))
                    continue;
            }
        }
        finally
        {
            budget.IsQuiet = wasQuiet;
        }
    }

    private static void ReadBody(MailPart leaf, string path, FileContents contents)
    {
        var text = Charsets.Decode(leaf.Content.Span[..Math.Min(leaf.Content.Length, HtmlShape.MaxLength)], leaf.Charset);
        if (leaf.Content.Length > HtmlShape.MaxLength)
            contents.MarkTextCut();
        List<MailLink> links = [];
        if (leaf.MediaType is "text/html" or "application/xhtml+xml")
        {
            var flat = FlatHtml.Read(text);
            contents.Text(flat.Text);
            HtmlLinks.CollectFlat(flat, path, links, MaxLinks);
        }
        else
        {
            contents.Text(text);
            TextLinks.Collect(text, path, LinkKind.Attachment, links, MaxLinks);
        }

        foreach (var link in links)
            contents.Link(link.Target, link.Text);
    }

    private static string NameOf(MailPart leaf, int number)
    {
        if (!string.IsNullOrEmpty(leaf.FileName))
            return leaf.FileName.Replace('\\', '/');
        var extension = leaf.MediaType switch { "text/html" or "application/xhtml+xml" => "html", "image/svg+xml" => "svg", "message/rfc822" => "eml", _ => FileTypes.Detect(leaf.Content.Span) is { Extensions: [var first, ..] } ? first : "bin" };
        return string.Create(CultureInfo.InvariantCulture, $"part-{number}.{(extension.Length == 0 ? "bin" : extension)}");
    }
}
