using System.Globalization;
using System.Text;

namespace Platform.Mails.Layout;

/// <summary>The plain text beside the HTML: the same blocks, one below the other.</summary>
internal static class MailText
{
    public static string Write(MailDocument document, MailBrand brand, Wording words)
    {
        var text = new StringBuilder();
        text.Append(brand.Logo).Append("\n\n").Append(document.Subject).Append("\n\n");
        foreach (var block in document.Blocks)
        {
            switch (block)
            {
                case MailBlock.Paragraph paragraph:
                    text.Append(paragraph.Text).Append("\n\n");
                    break;
                case MailBlock.Button button:
                    text.Append(button.Label).Append(":\n").Append(button.Url.AbsoluteUri).Append("\n\n");
                    break;
                case MailBlock.Facts facts:
                    foreach (var (label, value) in facts.Rows)
                        text.Append(CultureInfo.InvariantCulture, $"{label}: {value}\n");
                    text.Append('\n');
                    break;
                case MailBlock.Entries entries:
                    foreach (var entry in entries.Rows)
                        Write(text, entry);
                    break;
                case MailBlock.Note note:
                    text.Append(note.Text).Append("\n\n");
                    break;
            }
        }

        return text.Append("-- \n").Append(words.Format("mail.footer", brand.Name)).Append('\n').ToString();
    }

    private static void Write(StringBuilder text, MailEntry entry)
    {
        text.Append("* ").Append(entry.Title).Append('\n');
        foreach (var line in entry.Lines)
            text.Append("  ").Append(line).Append('\n');
        foreach (var (label, url) in entry.Links)
            text.Append("  ").Append(label).Append(": ").Append(url.AbsoluteUri).Append('\n');
        text.Append('\n');
    }
}
