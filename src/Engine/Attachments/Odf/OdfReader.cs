using System.Globalization;
using System.Text;
using System.Xml;
using Platform.Engine.Attachments.Office;
using Platform.Engine.Attachments.Ooxml;
using Platform.Engine.Behaviour;
using Platform.Engine.Mail;

namespace Platform.Engine.Attachments.Odf;

// An OpenDocument file (ISO/IEC 26300, OASIS OpenDocument 1.3) is a zip of parts. `content.xml` holds what a person reads, with
// links in `xlink:href`; pictures, objects and sections with such an address are fetched on opening. Macros in Basic lie as text in
// `Basic/LIBRARY/MODULE.xml` (`script:module`), others below `Scripts/` by language. `script:event-listener` ties one to an event,
// `dom:load` to the opening (part 3, 14.4).

/// <summary>Documents of OpenOffice and LibreOffice: text, links, objects and macros.</summary>
internal sealed class OdfReader : IFileReader
{
    private const int MaxScript = 512 * 1024;
    private const int MaxText = 2_000_000;

    // Elements whose address is opened with the document; a linked picture is everyday.
    private static readonly string[] Fetched = ["object", "object-ole", "section-source", "plugin", "applet", "floating-frame"];

    public bool Reads(MailAttachment file) => file.Type.Id == "odf";

    public void Read(MailAttachment file, FileContents contents)
    {
        if (OoxmlPackage.Open(file, contents) is not { } package)
            return;
        using (package)
        {
            var runsOnOpening = false;
            foreach (var part in package.Parts)
            {
                if (part.Name is "content.xml" or "styles.xml" or "settings.xml")
                    runsOnOpening |= ReadDocument(package.Read(part), part.Name, contents);
                else if (part.Name.StartsWith("Basic/", StringComparison.Ordinal) && part.Extension == "xml")
                    ReadModule(package.Read(part), part.Name, contents);
                else if (part.Name.StartsWith("Scripts/", StringComparison.Ordinal) || IsObject(part))
                    AddMember(package, part, contents);
            }

            if (runsOnOpening)
                contents.Fact("vba-auto-run", "content.xml", "dom:load");
            if (package.Find("META-INF/manifest.xml") is { } manifest && Encoding.UTF8.GetString(package.Read(manifest)).Contains("encryption-data", StringComparison.Ordinal))
            {
                contents.MarkEncrypted();
                contents.Fact("file-unread", "content.xml", "encrypted OpenDocument");
            }
        }
    }

    private static bool ReadDocument(byte[] part, string name, FileContents contents)
    {
        var text = new CellFlow(MaxText);
        var starts = false;
        var repeated = 1;
        XmlPart.Walk(part, reader =>
        {
            if (reader.NodeType is XmlNodeType.Text)
                text.Append(reader.Value);
            if (reader.NodeType is XmlNodeType.EndElement)
                EndElement(reader.LocalName, text, repeated);
            if (reader.NodeType is not XmlNodeType.Element)
                return;
            if (reader.LocalName is "table-cell" or "covered-table-cell")
                repeated = BeginCell(reader, text);
            else if (reader.LocalName is "s" or "tab" or "line-break")
                text.Blank();
            if (reader.LocalName == "event-listener" && reader.Attribute("event-name") is "dom:load" or "office:load-finished" or "office:start-app" or "office:new")
                starts = true;
            if (reader.Attribute("href") is { Length: > 0 } address && IsOutside(address))
            {
                contents.Link(address);
                if (Fetched.Contains(reader.LocalName))
                    contents.Fact("office-external-object", name, address);
            }
        });
        if (name == "content.xml")
            contents.Text(text.ToString());
        return starts;
    }

    private static int BeginCell(XmlReader reader, CellFlow text)
    {
        var repeated = int.TryParse(reader.Attribute("number-columns-repeated"), NumberStyles.None, CultureInfo.InvariantCulture, out var times) ? times : 1;
        text.BeginCell();
        if (reader.IsEmptyElement)
            text.EndCell(repeated);
        return repeated;
    }

    private static void EndElement(string name, CellFlow text, int repeated)
    {
        if (name is "p" or "h")
            text.EndParagraph();
        else if (name is "table-cell" or "covered-table-cell")
            text.EndCell(repeated);
        else if (name == "table-row")
            text.EndRow();
    }

    private static bool IsOutside(string address) => address.Contains(':', StringComparison.Ordinal) && !address.StartsWith("vnd.sun.star", StringComparison.OrdinalIgnoreCase) || address.StartsWith("//", StringComparison.Ordinal) || address.StartsWith(@"\\", StringComparison.Ordinal);

    private static void ReadModule(byte[] part, string name, FileContents contents)
    {
        var source = new StringBuilder();
        XmlPart.Walk(part, reader =>
        {
            if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace && source.Length < MaxScript)
                source.Append(reader.Value);
        }, passDocumentType: true);
        if (source.ToString().Trim().Length == 0)
            return;
        contents.Fact("vba-project", name, "StarBasic");
        contents.Script(new ScriptSource(ScriptLanguage.Vba, ScriptHost.Office, source.ToString(), name));
    }

    private static bool IsObject(OoxmlPart part) =>
        part.Name.StartsWith("Object ", StringComparison.Ordinal) && part.Extension is not "xml" || part.Name.StartsWith("ObjectReplacements/", StringComparison.Ordinal) && part.Extension.Length > 0;

    private static void AddMember(OoxmlPackage package, OoxmlPart part, FileContents contents)
    {
        var content = package.Read(part);
        if (content.Length > 0)
            contents.Member(part.Name, content);
    }
}
