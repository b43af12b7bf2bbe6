using Platform.Engine.Mail;

namespace Platform.Engine.Attachments.Rtf;

// Rich Text Format (RTF 1.9.1) is text with control words: `\word123 `, groups in braces, octets as `\'hh`. A group may be a
// destination, whose text is no text of the document: `\*\template` (a file to fetch), `\*\fldinst` (a field), `\*\objdata` (an
// object as hexadecimal digits, [MS-OLEDS] 2.2). Readers skip destinations after `\*` that they do not know. Word forgives a
// lot inside of the digits (white space, words, groups, raw octets by `\bin`), and attackers write what other readers do not
// forgive; honest programs write digits and line ends alone, so that anything else among them is a sign of its own.

/// <summary>Objects, fields, templates and text of rich text documents.</summary>
internal sealed class RtfReader : IFileReader
{
    public bool Reads(MailAttachment file) => file.Type.Id == "rtf";

    public void Read(MailAttachment file, FileContents contents)
    {
        // Word takes {\rt for the beginning; nobody who writes RTF leaves out the rest.
        if (!file.Content.Span.StartsWith("{\\rtf"u8))
            contents.Fact("rtf-obfuscated", "header", "begins as no writer begins");
        new RtfDocument(contents).Read(file.Content.Span);
    }
}
