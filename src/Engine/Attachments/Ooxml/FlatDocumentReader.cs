using System.Buffers.Text;
using System.Text;
using System.Xml;
using Platform.Engine.Behaviour;
using Platform.Engine.Mail;

namespace Platform.Engine.Attachments.Ooxml;

/// <summary>
/// Documents that are one XML text: Word 2003 XML (<c>w:wordDocument</c>, macros in <c>w:binData</c>) and the flat form of packages
/// (<c>pkg:package</c>, ECMA-376 part 2 as Word writes it; binary parts in <c>pkg:binaryData</c>). Word opens both under the name .doc.
/// </summary>
internal sealed class FlatDocumentReader : IFileReader
{
    private const int LookedAt = 4_096;
    private const int MaxBinary = 16 * 1024 * 1024;
    private const int MaxBinaries = 100;

    public bool Reads(MailAttachment file)
    {
        if (file.Type.Id is not ("xml" or "text" or "html"))
            return false;
        var start = file.Content.Span[..Math.Min(file.Content.Length, LookedAt)];
        return start.IndexOf("progid=\"Word.Document\""u8) >= 0 || start.IndexOf("schemas.microsoft.com/office/word/2003"u8) >= 0 || start.IndexOf("schemas.microsoft.com/office/2006/xmlPackage"u8) >= 0;
    }

    public void Read(MailAttachment file, FileContents contents)
    {
        var octets = file.Content.ToArray();
        WordParts.Read("document", octets, contents, new DocumentValues());
        List<Relationship> relations = [];
        var binary = new StringBuilder();
        var name = "";
        var inBinary = false;
        var binaries = 0;
        XmlPart.Walk(octets, reader =>
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    if (reader.LocalName == "part")
                        name = (reader.Attribute("name") ?? "").TrimStart('/');
                    else if (reader.LocalName == "Relationship" && relations.Count < 5_000 && string.Equals(reader.Attribute("TargetMode"), "External", StringComparison.OrdinalIgnoreCase))
                        relations.Add(new Relationship(name, reader.Attribute("Id") ?? "", (reader.Attribute("Type") ?? "").Split('/')[^1], reader.Attribute("Target") ?? "", IsExternal: true));
                    inBinary = reader.LocalName is "binData" or "binaryData" && !reader.IsEmptyElement;
                    if (inBinary && reader.LocalName == "binData")
                        name = reader.Attribute("name") ?? "";
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA when inBinary && binary.Length < MaxBinary:
                    binary.Append(reader.Value);
                    break;
                case XmlNodeType.EndElement when inBinary:
                    inBinary = false;
                    if (binaries++ < MaxBinaries)
                        Add(name, binary.ToString(), contents);
                    binary.Clear();
                    break;
            }
        });
        Relationships.Tell(relations, contents);
    }

    private static void Add(string name, string text, FileContents contents)
    {
        var letters = Encoding.ASCII.GetBytes(string.Concat(text.Where(c => !char.IsWhiteSpace(c))));
        var octets = new byte[Base64.GetMaxDecodedFromUtf8Length(letters.Length)];
        // What stands before a broken end is kept.
        Base64.DecodeFromUtf8(letters, octets, out _, out var written);
        if (written > 0 && contents.Budget.TakeEntry(name))
            contents.Member(name.Length > 0 ? name : "binary", octets.AsMemory(0, contents.Budget.TakeUnpacked(written, name)));
    }
}
