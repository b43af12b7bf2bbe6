using System.Xml;
using Platform.Engine.Attachments.Excel;
using Platform.Engine.Attachments.Office;
using Platform.Engine.Attachments.Ole;
using Platform.Engine.Attachments.Vba;
using Platform.Engine.Behaviour;
using Platform.Engine.Mail;

namespace Platform.Engine.Attachments.Ooxml;

// An Office Open XML file (ECMA-376; [MS-DOCX], [MS-XLSX], [MS-PPTX] for what Office adds) is a zip of parts. A part says nothing of
// others in its own text: a relationship part beside it (`_rels/NAME.rels`) lists by type and id what it uses, and a target may be
// external. Of the external ones, templates, frames, objects and sub-documents are fetched as soon as the document is opened
// ("template injection"), hyperlinks wait for a click. Macros are in a compound file (`vbaProject.bin`, or whatever part the
// relation `vbaProject` names), Excel 4.0 macros in `macrosheets/`. Fields of Word (`instrText`, split over runs as one likes) and
// `ddeLink` of Excel start programs by DDE. Embedded files are parts of any type: those are members, walked like any file.

/// <summary>Office documents in zip packages.</summary>
internal sealed class OoxmlReader : IFileReader
{
    private const int MaxPictures = 8;
    private const int MaxPicture = 1024 * 1024;

    public bool Reads(MailAttachment file) => file.Type.Id.StartsWith("ooxml", StringComparison.Ordinal);

    public void Read(MailAttachment file, FileContents contents)
    {
        if (OoxmlPackage.Open(file, contents) is not { } package)
            return;
        using (package)
        {
            var relations = Relationships.Read(package);
            Relationships.Tell(relations, contents);
            var values = new DocumentValues();
            ReadProperties(package, values);
            var projects = Projects(package, relations);
            foreach (var part in package.Parts)
                ReadPart(part, package, relations, contents, values);
            if (package.Parts.Any(part => part.Name.StartsWith("xl/", StringComparison.OrdinalIgnoreCase)))
                ReadWorkbook(package, relations, contents, values, projects.Count > 0);
            foreach (var part in projects)
                if (CompoundFile.Open(package.Read(part)) is not { } compound || !VbaSurvey.Tell(compound, contents, values))
                    contents.Fact("vba-project", part.Name, "unreadable");
            AddMembers(package, projects, contents, onlyEmbedded: file.Type.Id == "ooxml");
        }
    }

    private static void ReadWorkbook(OoxmlPackage package, List<Relationship> relations, FileContents contents, DocumentValues values, bool hasMacros)
    {
        if (Biff12Workbook.Has(package))
            new Biff12Workbook(package, relations, contents, values).Read(hasMacros);
        else
            new SheetParts(package, relations, contents, values).Read();
    }

    private static HashSet<OoxmlPart> Projects(OoxmlPackage package, List<Relationship> relations)
    {
        var named = relations.Where(relation => relation.Kind.Equals("vbaProject", StringComparison.OrdinalIgnoreCase)).Select(relation => relation.Target).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. package.Parts.Where(part => part.Name.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase) || named.Contains(part.Name)).Take(4)];
    }

    private static void ReadPart(OoxmlPart part, OoxmlPackage package, List<Relationship> relations, FileContents contents, DocumentValues values)
    {
        if (WordParts.Reads(part.Name))
            WordParts.Read(part.Name, package.Read(part), contents, values);
        else if (SlideParts.Reads(part.Name))
            SlideParts.Read(part.Name, package.Read(part), relations, contents);
        else if (part.Name.StartsWith("customUI/", StringComparison.OrdinalIgnoreCase) && part.Extension == "xml")
            XmlPart.Walk(package.Read(part), reader => Ribbon(reader, part.Name, contents));
        else if (part.Name.Contains("/activeX/", StringComparison.OrdinalIgnoreCase) && part.Extension == "xml")
            XmlPart.Walk(package.Read(part), reader => Control(reader, part.Name, contents));
    }

    private static void Ribbon(XmlReader reader, string part, FileContents contents)
    {
        if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "customUI" && reader.Attribute("onLoad") is { Length: > 0 } procedure)
            contents.Fact("office-ribbon-load", part, procedure);
    }

    private static void Control(XmlReader reader, string part, FileContents contents)
    {
        if (reader.NodeType == XmlNodeType.Element && Guid.TryParse(reader.Attribute("classid"), out var classId))
            OleClasses.Tell(classId, part, contents);
    }

    private static void ReadProperties(OoxmlPackage package, DocumentValues values)
    {
        foreach (var name in (string[])["docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"])
        {
            if (package.Find(name) is not { } part)
                continue;
            var property = "";
            XmlPart.Walk(package.Read(part), reader =>
            {
                if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "property")
                    property = $"CustomProperty.{reader.Attribute("name")}";
                else if (reader.NodeType == XmlNodeType.Element && !name.EndsWith("custom.xml", StringComparison.Ordinal))
                    property = PropertyName(reader.LocalName);
                else if (reader.NodeType == XmlNodeType.Text && property.Length > 0)
                    values.Add(property, reader.Value);
            });
        }
    }

    // Macros know the properties by the names of the old format.
    private static string PropertyName(string element) => element switch
    {
        "title" => "Property.Title",
        "subject" => "Property.Subject",
        "creator" => "Property.Author",
        "keywords" => "Property.Keywords",
        "description" => "Property.Comments",
        "lastModifiedBy" => "Property.Last author",
        "category" => "Property.Category",
        "contentStatus" => "Property.Content status",
        "Company" => "Property.Company",
        "Manager" => "Property.Manager",
        "HyperlinkBase" => "Property.Hyperlink base",
        _ => "",
    };

    private static void AddMembers(OoxmlPackage package, HashSet<OoxmlPart> projects, FileContents contents, bool onlyEmbedded)
    {
        var pictures = 0;
        foreach (var part in package.Parts)
        {
            if (projects.Contains(part) || onlyEmbedded && !part.Name.Contains("embeddings/", StringComparison.OrdinalIgnoreCase) || !IsMember(part, ref pictures) || !contents.Budget.TakeEntry(part.Name))
                continue;
            if (!contents.Member(part.Name, package.Read(part)))
                return;
        }
    }

    private static bool IsMember(OoxmlPart part, ref int pictures) => part.Extension switch
    {
        "xml" or "rels" or "vml" or "emf" or "wmf" or "emz" or "wmz" or "wdp" or "odttf" or "fntdata" or "psmdcp" or "sigs" or "thmx" or "data" => false,
        "png" or "jpg" or "jpeg" or "gif" or "bmp" or "tif" or "tiff" => part.Entry.Length <= MaxPicture && pictures++ < MaxPictures,
        "bin" => part.Name.Contains("embeddings/", StringComparison.OrdinalIgnoreCase) || part.Name.Contains("afchunk", StringComparison.OrdinalIgnoreCase),
        _ => true,
    };
}
