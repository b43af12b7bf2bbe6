using System.Globalization;
using System.Text;
using System.Xml;
using Platform.Engine.Attachments.Excel;
using Platform.Engine.Attachments.Office;
using Platform.Engine.Behaviour;

namespace Platform.Engine.Attachments.Ooxml;

/// <summary>The parts of a SpreadsheetML workbook (ECMA-376 part 1, 18): sheets and names, texts, formulas, macro sheets, links to other programs.</summary>
internal sealed class SheetParts(OoxmlPackage package, IReadOnlyList<Relationship> relations, FileContents contents, DocumentValues values)
{
    private const int MaxStrings = 50_000;
    private const int MaxNames = 2_000;

    private readonly List<string> _strings = [];
    private readonly MacroSheets _macros = new(contents);
    private readonly SheetText _text = new();

    public void Read()
    {
        if (package.Find("xl/sharedStrings.xml") is { } strings)
            ReadStrings(package.Read(strings));
        List<(string Name, string State, string Id)> sheets = [];
        if (package.Find("xl/workbook.xml") is { } workbook)
            XmlPart.Walk(package.Read(workbook), reader => Workbook(reader, sheets));
        foreach (var (name, state, id) in sheets)
        {
            var relation = relations.FirstOrDefault(item => item.Id == id && item.Source.Equals("xl/workbook.xml", StringComparison.OrdinalIgnoreCase));
            if (relation is null || package.Find(relation.Target) is not { } part)
                continue;
            var isMacro = relation.Kind.EndsWith("Macrosheet", StringComparison.OrdinalIgnoreCase) || part.Name.Contains("macrosheets/", StringComparison.OrdinalIgnoreCase);
            if (isMacro)
                _macros.Sheet(name, state);
            else if (state != "visible")
                contents.Fact(state == "veryHidden" ? "office-very-hidden-sheet" : "office-hidden-sheet", name, state);
            ReadSheet(name, package.Read(part), isMacro);
        }

        foreach (var part in package.Parts)
            if (part.Name.StartsWith("xl/externalLinks/", StringComparison.OrdinalIgnoreCase) && part.Extension == "xml")
                XmlPart.Walk(package.Read(part), reader => Dde(reader, part.Name));
            else if (part.Name.Equals("xl/connections.xml", StringComparison.OrdinalIgnoreCase))
                XmlPart.Walk(package.Read(part), reader => Connection(reader, part.Name));
        contents.Words(string.Join('\n', _strings.Take(4_000)));
        contents.Table(_text.ToString());
        _macros.Finish(values);
    }

    private void Workbook(XmlReader reader, List<(string Name, string State, string Id)> sheets)
    {
        if (reader.NodeType != XmlNodeType.Element)
            return;
        if (reader.LocalName == "sheet" && sheets.Count < MaxNames)
            sheets.Add((reader.Attribute("name") ?? "", reader.Attribute("state") ?? "visible", RelationOf(reader)));
        else if (reader.LocalName == "definedName" && reader.Attribute("name") is { } name && !reader.IsEmptyElement && reader.Read() && reader.NodeType == XmlNodeType.Text)
            _macros.Name(name, reader.Value);
    }

    // sheetId and r:id have the same local ending; only the second is in a namespace.
    private static string RelationOf(XmlReader reader)
    {
        var id = "";
        while (reader.MoveToNextAttribute())
            if (reader.LocalName == "id" && reader.NamespaceURI.Length > 0)
                id = reader.Value;
        reader.MoveToElement();
        return id;
    }

    private void ReadStrings(byte[] content)
    {
        var text = new StringBuilder();
        var inText = false;
        XmlPart.Walk(content, reader =>
        {
            if (reader.NodeType == XmlNodeType.Element)
                inText = reader.LocalName == "t" && !reader.IsEmptyElement;
            else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace && inText)
                text.Append(reader.Value);
            else if (reader.NodeType == XmlNodeType.EndElement)
            {
                inText = false;
                if (reader.LocalName != "si" || _strings.Count >= MaxStrings)
                    return;
                _strings.Add(text.ToString());
                text.Clear();
            }
        });
    }

    private void ReadSheet(string sheet, byte[] content, bool isMacro)
    {
        var cell = new Cell();
        var inside = "";
        XmlPart.Walk(content, reader =>
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                inside = reader.IsEmptyElement ? "" : reader.LocalName;
                if (reader.LocalName == "c")
                    cell = new Cell { Address = reader.Attribute("r") ?? "", Type = reader.Attribute("t") ?? "" };
                else if (reader.LocalName == "hyperlink" && reader.Attribute("location") is { Length: > 8 } location && location.Contains("://", StringComparison.Ordinal))
                    contents.Link(location, reader.Attribute("display") ?? "");
            }
            else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.CDATA)
            {
                if (inside == "f")
                    cell.Formula += reader.Value;
                else if (inside is "v" or "t")
                    cell.Value += reader.Value;
            }
            else if (reader.NodeType == XmlNodeType.EndElement)
            {
                inside = "";
                if (reader.LocalName == "c")
                    EndCell(sheet, cell, isMacro);
            }
        });
    }

    private void EndCell(string sheet, Cell cell, bool isMacro)
    {
        var shown = cell.Type == "s" && int.TryParse(cell.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < _strings.Count ? _strings[index] : cell.Value;
        var isText = cell.Type is "s" or "inlineStr" or "str";
        if (isMacro)
        {
            _macros.Cell(sheet, cell.Address, cell.Formula, shown, isText);
            return;
        }

        _text.Put(sheet, cell.Address, shown);
        if (!values.IsFull)
            values.Add($"{sheet}!{cell.Address}", shown);
        if (cell.Formula.Length > 0)
            Formulas.Tell(cell.Formula, $"{sheet}!{cell.Address}", contents);
        if (cell.Type == "inlineStr" && _strings.Count < MaxStrings)
            _strings.Add(cell.Value);
    }

    private void Dde(XmlReader reader, string part)
    {
        if (reader.NodeType != XmlNodeType.Element)
            return;
        if (reader.LocalName == "ddeLink" && DdeTarget.StartsProgram(reader.Attribute("ddeService") ?? "", reader.Attribute("ddeTopic") ?? ""))
            contents.Fact("office-dde", part, $"{reader.Attribute("ddeService")}|{reader.Attribute("ddeTopic")}");
    }

    private void Connection(XmlReader reader, string part)
    {
        if (reader.NodeType != XmlNodeType.Element)
            return;
        if (reader.LocalName == "webPr" && reader.Attribute("url") is { } address)
        {
            contents.Fact("office-remote-data", part, address);
            contents.Link(address);
        }
        else if (reader.LocalName == "dbPr" && reader.Attribute("connection") is { } connection && RemoteTarget.KindOf(connection.Split('=', 2)[^1]) == RemoteKind.Web)
        {
            contents.Fact("office-remote-data", part, connection);
        }
    }

    private sealed class Cell
    {
        public string Address { get; init; } = "";
        public string Type { get; init; } = "";
        public string Formula { get; set; } = "";
        public string Value { get; set; } = "";
    }
}
