using System.Xml;
using Platform.Engine.Attachments.Office;

namespace Platform.Engine.Attachments.Ooxml;

/// <summary>Slides (PresentationML): their text, and actions that start a program when the reader points or clicks (ECMA-376 part 1, 21.1.2.3.5).</summary>
internal static class SlideParts
{
    private const int MaxText = 2_000_000;

    public static bool Reads(string part) => (part.StartsWith("ppt/slides/", StringComparison.OrdinalIgnoreCase) || part.StartsWith("ppt/notesSlides/", StringComparison.OrdinalIgnoreCase)) && part.EndsWith(".xml", StringComparison.OrdinalIgnoreCase);

    public static void Read(string part, byte[] content, IReadOnlyList<Relationship> relations, FileContents contents)
    {
        var text = new CellFlow(MaxText);
        var inText = false;
        XmlPart.Walk(content, reader =>
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    inText = reader.LocalName == "t" && !reader.IsEmptyElement;
                    if (reader.LocalName == "tc" && !reader.IsEmptyElement)
                        text.BeginCell();
                    else if (reader.LocalName is "br")
                        text.Blank();
                    if (reader.LocalName is "hlinkClick" or "hlinkMouseOver" or "hlinkHover" && reader.Attribute("action") is { } action)
                        Action(action, reader.Attribute("id"), part, relations, contents);
                    break;
                case XmlNodeType.EndElement:
                    inText = false;
                    if (reader.LocalName == "p")
                        text.EndParagraph();
                    else if (reader.LocalName == "tc")
                        text.EndCell();
                    else if (reader.LocalName == "tr")
                        text.EndRow();
                    break;
                case XmlNodeType.Text when inText:
                    text.Append(reader.Value);
                    break;
            }
        });
        contents.Text(text.ToString());
    }

    private static void Action(string action, string? id, string part, IReadOnlyList<Relationship> relations, FileContents contents)
    {
        if (!action.StartsWith("ppaction://program", StringComparison.OrdinalIgnoreCase))
            return;
        var target = relations.FirstOrDefault(relation => relation.Id == id && relation.Source.Equals(part, StringComparison.OrdinalIgnoreCase))?.Target ?? action;
        if (Office.DdeTarget.StartsProgram(target, Uri.UnescapeDataString(target)))
            contents.Fact("office-program-action", part, Uri.UnescapeDataString(target));
    }
}
