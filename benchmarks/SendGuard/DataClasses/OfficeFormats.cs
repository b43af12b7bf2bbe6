using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.SendGuard.DataClasses;

/// <summary>Documents in the packages of Microsoft Office (ECMA-376) and OpenDocument, with the parts that a reader needs.</summary>
internal static class OfficeFormats
{
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /// <summary>Runs are split at random places, as Word does after each correction.</summary>
    public static byte[] Word(Random random, DataDocument document)
    {
        var body = string.Concat(document.Blocks.Select(block => block switch
        {
            Block.Line line => Paragraph(line.Text),
            Block.Table table => $"<w:tbl>{string.Concat(table.Rows.Select(row => $"<w:tr>{string.Concat(row.Select(cell => $"<w:tc><w:tcPr/>{Paragraph(cell)}</w:tc>"))}</w:tr>"))}</w:tbl>",
            _ => "",
        }));
        return Package(
            ("[Content_Types].xml", Types("/word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml")),
            ("_rels/.rels", Root("word/document.xml")),
            ("word/document.xml", $"<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"));

        string Paragraph(string text) => $"<w:p>{string.Concat(Runs(random, text).Select(run => $"<w:r><w:t xml:space=\"preserve\">{SecurityElement.Escape(run)}</w:t></w:r>"))}</w:p>";
    }

    /// <summary>Texts shared or in their cells; digits of up to fifteen as numbers, as far as no zero is lost.</summary>
    public static byte[] Sheet(Random random, DataDocument document)
    {
        var shares = random.Chance(0.7);
        List<string> shared = [];
        var rows = new StringBuilder();
        var number = 0;
        foreach (var block in document.Blocks)
            foreach (var row in block switch { Block.Line line => [[line.Text]], Block.Table table => table.Rows, _ => [] })
            {
                number++;
                rows.Append(CultureInfo.InvariantCulture, $"<row r=\"{number}\">");
                for (var column = 0; column < row.Count; column++)
                    if (row[column].Length > 0)
                        rows.Append(Cell($"{(char)('A' + column)}{number}", row[column]));
                rows.Append("</row>");
            }

        return Package(
            ("[Content_Types].xml", Types("/xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml")),
            ("_rels/.rels", Root("xl/workbook.xml")),
            ("xl/workbook.xml", $"<?xml version=\"1.0\"?><workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"{Relations}\"><sheets><sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"),
            ("xl/_rels/workbook.xml.rels", $"<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"{Relations}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"{Relations}/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"),
            ("xl/worksheets/sheet1.xml", $"<?xml version=\"1.0\"?><worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>"),
            ("xl/sharedStrings.xml", $"<?xml version=\"1.0\"?><sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">{string.Concat(shared.Select(text => $"<si><t>{SecurityElement.Escape(text)}</t></si>"))}</sst>"));

        string Cell(string address, string text)
        {
            if (text.Length <= 15 && text[0] != '0' && text.All(char.IsAsciiDigit) && random.Chance(0.5))
                return $"<c r=\"{address}\"><v>{text}</v></c>";
            if (!shares)
                return $"<c r=\"{address}\" t=\"inlineStr\"><is><t>{SecurityElement.Escape(text)}</t></is></c>";
            shared.Add(text);
            return $"<c r=\"{address}\" t=\"s\"><v>{shared.Count - 1}</v></c>";
        }
    }

    public static byte[] Slides(Random random, DataDocument document)
    {
        var shapes = string.Concat(document.Blocks.Select(block => block switch
        {
            Block.Line line => $"<p:sp><p:txBody>{Paragraph(line.Text)}</p:txBody></p:sp>",
            Block.Table table => $"<p:graphicFrame><a:graphic><a:graphicData><a:tbl>{string.Concat(table.Rows.Select(row => $"<a:tr>{string.Concat(row.Select(cell => $"<a:tc><a:txBody>{Paragraph(cell)}</a:txBody></a:tc>"))}</a:tr>"))}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>",
            _ => "",
        }));
        return Package(
            ("[Content_Types].xml", Types("/ppt/presentation.xml", "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml")),
            ("_rels/.rels", Root("ppt/presentation.xml")),
            ("ppt/presentation.xml", $"<?xml version=\"1.0\"?><p:presentation xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\" xmlns:r=\"{Relations}\"><p:sldIdLst><p:sldId id=\"256\" r:id=\"rId1\"/></p:sldIdLst></p:presentation>"),
            ("ppt/_rels/presentation.xml.rels", $"<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"{Relations}/slide\" Target=\"slides/slide1.xml\"/></Relationships>"),
            ("ppt/slides/slide1.xml", $"<?xml version=\"1.0\"?><p:sld xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:sld>"));

        string Paragraph(string text) => $"<a:p>{string.Concat(Runs(random, text).Select(run => $"<a:r><a:t>{SecurityElement.Escape(run)}</a:t></a:r>"))}</a:p>";
    }

    /// <param name="isSheet">A table document; otherwise a text document.</param>
    public static byte[] OpenDocument(DataDocument document, bool isSheet)
    {
        var body = new StringBuilder();
        foreach (var block in document.Blocks)
            body.Append(block switch
            {
                Block.Line line when !isSheet => $"<text:p>{SecurityElement.Escape(line.Text)}</text:p>",
                Block.Line line => $"<table:table-row>{Cell(line.Text)}</table:table-row>",
                Block.Table table when isSheet => Rows(table),
                Block.Table table => $"<table:table>{Rows(table)}</table:table>",
                _ => "",
            });
        var content = isSheet ? $"<office:spreadsheet><table:table table:name=\"1\">{body}</table:table></office:spreadsheet>" : $"<office:text>{body}</office:text>";
        return Package(
            ("mimetype", $"application/vnd.oasis.opendocument.{(isSheet ? "spreadsheet" : "text")}"),
            ("content.xml", $"<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\"><office:body>{content}</office:body></office:document-content>"),
            ("META-INF/manifest.xml", "<?xml version=\"1.0\"?><manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>"));

        static string Rows(Block.Table table) => string.Concat(table.Rows.Select(row => $"<table:table-row>{string.Concat(row.Select(Cell))}</table:table-row>"));

        static string Cell(string text) => text.Length == 0 ? "<table:table-cell/>" : $"<table:table-cell><text:p>{SecurityElement.Escape(text)}</text:p></table:table-cell>";
    }

    private static IEnumerable<string> Runs(Random random, string text)
    {
        while (text.Length > 6 && random.Chance(0.5))
        {
            var length = random.Next(1, text.Length);
            yield return text[..length];
            text = text[length..];
        }

        yield return text;
    }

    private static string Types(string part, string type) => $"<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"{part}\" ContentType=\"{type}\"/></Types>";

    private static string Root(string target) => $"<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"{Relations}/officeDocument\" Target=\"{target}\"/></Relationships>";

    internal static byte[] Package(params IEnumerable<(string Name, string Content)> parts) => Package(parts.Select(part => (part.Name, Encoding.UTF8.GetBytes(part.Content))));

    internal static byte[] Package(IEnumerable<(string Name, byte[] Content)> parts)
    {
        using var output = new MemoryStream();
        using (var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in parts)
            {
                using var entry = zip.CreateEntry(name, name == "mimetype" ? CompressionLevel.NoCompression : CompressionLevel.Fastest).Open();
                entry.Write(content);
            }
        }

        return output.ToArray();
    }
}
