using System.IO.Compression;
using System.Security;
using System.Text;

namespace Platform.Benchmarks.Detection.Samples.Office.Writers;

/// <summary>Writes Office Open XML packages (ECMA-376): parts, their relationships and content types.</summary>
internal sealed class OoxmlWriter
{
    public const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    private const string Word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    private const string Sheets = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Drawing = "http://schemas.openxmlformats.org/drawingml/2006/main";
    private const string Slides = "http://schemas.openxmlformats.org/presentationml/2006/main";

    private readonly List<(string Name, byte[] Content)> _parts = [];
    private readonly List<(string Part, string Id, string Type, string Target, bool External)> _relations = [];
    private readonly List<(string Name, string State, string Target, string Kind)> _sheets = [];
    private readonly List<(string Name, string Value)> _names = [];
    private string _main = "";

    /// <summary>The part with which programs begin, where it is written by the caller.</summary>
    public string MainPart
    {
        init => _main = value;
    }

    public OoxmlWriter Part(string name, byte[] content)
    {
        _parts.Add((name, content));
        return this;
    }

    public OoxmlWriter Part(string name, string content) => Part(name, Encoding.UTF8.GetBytes(content));

    /// <param name="type">The last word of a relationship type, or a whole type.</param>
    public OoxmlWriter Relation(string part, string type, string target, bool external, string? id = null)
    {
        _relations.Add((part, id ?? $"rId{_relations.Count + 1}", type.Contains(':', StringComparison.Ordinal) ? type : Relations + type, target, external));
        return this;
    }

    /// <param name="body">Paragraphs in WordprocessingML (prefix w, r for relations, o for objects, v for shapes).</param>
    public OoxmlWriter Document(string body)
    {
        _main = "word/document.xml";
        return Part(_main, $"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:document xmlns:w=\"{Word}\" xmlns:r=\"{Relations.TrimEnd('/')}\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:v=\"urn:schemas-microsoft-com:vml\"><w:body>{body}</w:body></w:document>");
    }

    public static string Paragraph(string text) => $"<w:p><w:r><w:t xml:space=\"preserve\">{SecurityElement.Escape(text)}</w:t></w:r></w:p>";

    /// <summary>A field, its instruction in as many runs as there are pieces.</summary>
    public static string Field(params IEnumerable<string> pieces) =>
        $"<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>{string.Concat(pieces.Select(piece => $"<w:r><w:instrText xml:space=\"preserve\">{SecurityElement.Escape(piece)}</w:instrText></w:r>"))}<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>.</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>";

    /// <param name="cells">Address, and a formula with an equals sign before it or a text.</param>
    public OoxmlWriter Sheet(string name, IEnumerable<(string Address, string Content)> cells, string state = "visible", bool macro = false)
    {
        _main = "xl/workbook.xml";
        var number = _sheets.Count + 1;
        var target = macro ? $"macrosheets/sheet{number}.xml" : $"worksheets/sheet{number}.xml";
        _sheets.Add((name, state, target, macro ? "http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet" : Relations + "worksheet"));
        var rows = string.Concat(cells.GroupBy(cell => cell.Address.TrimStart("ABCDEFGHIJKLMNOPQRSTUVWXYZ".ToCharArray())).Select(row => $"<row r=\"{row.Key}\">{string.Concat(row.Select(cell => Cell(cell.Address, cell.Content)))}</row>"));
        var root = macro ? "xm:macrosheet" : "worksheet";
        return Part("xl/" + target, $"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><{root} xmlns=\"{Sheets}\" xmlns:xm=\"http://schemas.microsoft.com/office/excel/2006/main\" xmlns:r=\"{Relations.TrimEnd('/')}\"><sheetData>{rows}</sheetData></{root}>");
    }

    public OoxmlWriter Name(string name, string value)
    {
        _names.Add((name, value));
        return this;
    }

    /// <param name="texts">One paragraph each.</param>
    public OoxmlWriter Slide(string shapes, params IEnumerable<string> texts)
    {
        _main = "ppt/presentation.xml";
        var number = _parts.Count(part => part.Name.StartsWith("ppt/slides/", StringComparison.Ordinal)) + 1;
        Relation(_main, "slide", $"slides/slide{number}.xml", external: false);
        return Part($"ppt/slides/slide{number}.xml", $"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><p:sld xmlns:p=\"{Slides}\" xmlns:a=\"{Drawing}\" xmlns:r=\"{Relations.TrimEnd('/')}\"><p:cSld><p:spTree>{shapes}{string.Concat(texts.Select(text => $"<p:sp><p:txBody><a:p><a:r><a:t>{SecurityElement.Escape(text)}</a:t></a:r></a:p></p:txBody></p:sp>"))}</p:spTree></p:cSld></p:sld>");
    }

    public byte[] ToArray()
    {
        if (_main == "xl/workbook.xml")
            Workbook();
        else if (_main == "ppt/presentation.xml")
            Part(_main, $"<?xml version=\"1.0\" encoding=\"UTF-8\"?><p:presentation xmlns:p=\"{Slides}\"/>");
        Relation("", "officeDocument", _main, external: false);
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Write(zip, "[Content_Types].xml", Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"bin\" ContentType=\"application/vnd.ms-office.vbaProject\"/></Types>"));
            foreach (var relations in _relations.GroupBy(relation => relation.Part))
                Write(zip, RelationsPart(relations.Key), Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{string.Concat(relations.Select(relation => $"<Relationship Id=\"{relation.Id}\" Type=\"{relation.Type}\" Target=\"{SecurityElement.Escape(relation.Target)}\"{(relation.External ? " TargetMode=\"External\"" : "")}/>"))}</Relationships>"));
            foreach (var (name, content) in _parts)
                Write(zip, name, content);
        }

        return stream.ToArray();
    }

    private void Workbook()
    {
        var sheets = string.Concat(_sheets.Select((sheet, index) => $"<sheet name=\"{SecurityElement.Escape(sheet.Name)}\" sheetId=\"{index + 1}\"{(sheet.State == "visible" ? "" : $" state=\"{sheet.State}\"")} r:id=\"rIdSheet{index + 1}\"/>"));
        for (var index = 0; index < _sheets.Count; index++)
            Relation(_main, _sheets[index].Kind, _sheets[index].Target, external: false, $"rIdSheet{index + 1}");
        var names = _names.Count == 0 ? "" : $"<definedNames>{string.Concat(_names.Select(name => $"<definedName name=\"{name.Name}\">{SecurityElement.Escape(name.Value)}</definedName>"))}</definedNames>";
        Part(_main, $"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><workbook xmlns=\"{Sheets}\" xmlns:r=\"{Relations.TrimEnd('/')}\"><sheets>{sheets}</sheets>{names}</workbook>");
    }

    private static string Cell(string address, string content) => content.StartsWith('=')
        ? $"<c r=\"{address}\"><f>{SecurityElement.Escape(content[1..])}</f><v>0</v></c>"
        : double.TryParse(content, System.Globalization.CultureInfo.InvariantCulture, out _) ? $"<c r=\"{address}\"><v>{content}</v></c>"
        : $"<c r=\"{address}\" t=\"inlineStr\"><is><t>{SecurityElement.Escape(content)}</t></is></c>";

    private static string RelationsPart(string part)
    {
        var slash = part.LastIndexOf('/');
        return part.Length == 0 ? "_rels/.rels" : $"{part[..(slash + 1)]}_rels/{part[(slash + 1)..]}.rels";
    }

    private static void Write(ZipArchive zip, string name, byte[] content)
    {
        using var entry = zip.CreateEntry(name).Open();
        entry.Write(content);
    }
}
