using System.Xml;
using Platform.Engine.Attachments.Office;
using Platform.Engine.Behaviour;

namespace Platform.Engine.Attachments.Ooxml;

/// <summary>The parts of a WordprocessingML document that hold text, fields and document variables (ECMA-376 part 1, 17).</summary>
internal static class WordParts
{
    private const int MaxText = 2_000_000;

    public static bool Reads(string part) => part.StartsWith("word/", StringComparison.OrdinalIgnoreCase) && part.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)
        && !part.StartsWith("word/theme", StringComparison.OrdinalIgnoreCase) && !part.StartsWith("word/activeX", StringComparison.OrdinalIgnoreCase) && !part.EndsWith("/styles.xml", StringComparison.OrdinalIgnoreCase) && !part.EndsWith("/fontTable.xml", StringComparison.OrdinalIgnoreCase)
        && !part.EndsWith("/numbering.xml", StringComparison.OrdinalIgnoreCase);

    public static void Read(string part, byte[] content, FileContents contents, DocumentValues values)
    {
        var fields = new FieldCodes(contents);
        var text = new CellFlow(MaxText);
        var inText = false;
        var inInstruction = false;
        XmlPart.Walk(content, reader =>
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    inText = reader.LocalName == "t" && !reader.IsEmptyElement;
                    inInstruction = reader.LocalName is "instrText" or "delInstrText" && !reader.IsEmptyElement;
                    Element(reader, part, fields, contents, values, text);
                    break;
                case XmlNodeType.EndElement:
                    inText = inInstruction = false;
                    EndElement(reader.LocalName, text);
                    break;
                case XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace or XmlNodeType.CDATA when inInstruction:
                    fields.Append(reader.Value);
                    break;
                case XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace or XmlNodeType.CDATA when inText:
                    text.Append(reader.Value);
                    break;
            }
        });
        contents.Text(text.ToString());
    }

    private static void EndElement(string name, CellFlow text)
    {
        if (name == "p")
            text.EndParagraph();
        else if (name == "tc")
            text.EndCell();
        else if (name == "tr")
            text.EndRow();
    }

    private static void Element(XmlReader reader, string part, FieldCodes fields, FileContents contents, DocumentValues values, CellFlow text)
    {
        switch (reader.LocalName)
        {
            case "fldChar":
                if (reader.Attribute("fldCharType") is "begin")
                    fields.Begin();
                else if (reader.Attribute("fldCharType") is "end")
                    fields.End(part);
                break;
            case "fldSimple" when reader.Attribute("instr") is { } instruction:
                fields.Tell(instruction, part);
                break;
            case "docVar":
                values.Add($"Variable.{reader.Attribute("name")}", reader.Attribute("val") ?? "");
                break;
            case "tc" when !reader.IsEmptyElement:
                text.BeginCell();
                break;
            case "tab" or "br" or "cr":
                text.Blank();
                break;
            case "OLEObject" when reader.Attribute("ProgID") is { } program:
                OleClasses.Tell(program, part, contents);
                break;
        }
    }
}
