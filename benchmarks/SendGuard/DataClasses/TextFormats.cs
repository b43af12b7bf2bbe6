using System.Globalization;
using System.Net;
using System.Text;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.SendGuard.DataClasses;

/// <summary>Documents as plain text, separated values, pages and rich text.</summary>
internal static class TextFormats
{
    public static string Plain(Random random, DataDocument document)
    {
        var border = random.Pick(["\t", " | ", "  "]);
        var text = new StringBuilder();
        foreach (var block in document.Blocks)
            if (block is Block.Line line)
                text.Append(line.Text).Append("\r\n");
            else if (block is Block.Table table)
                foreach (var row in table.Rows)
                    text.Append(string.Join(border, row)).Append("\r\n");
        return text.ToString();
    }

    public static string Separated(Random random, DataDocument document)
    {
        var separator = random.Pick([",", ",", ";", "\t"]);
        var quoteAll = random.Chance(0.4);
        var text = new StringBuilder();
        foreach (var block in document.Blocks)
            if (block is Block.Line line)
                text.Append(Cell(line.Text)).Append("\r\n");
            else if (block is Block.Table table)
                foreach (var row in table.Rows)
                    text.Append(string.Join(separator, row.Select(Cell))).Append("\r\n");
        return text.ToString();

        string Cell(string value) => quoteAll || value.Contains(separator, StringComparison.Ordinal) || value.Contains('"', StringComparison.Ordinal) ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;
    }

    public static string Page(Random random, DataDocument document)
    {
        var inBlocks = random.Chance(0.4);
        var text = new StringBuilder("<html><head><meta charset=\"utf-8\"><title>-</title></head><body>");
        foreach (var block in document.Blocks)
            if (block is Block.Line line)
                text.Append(random.Chance(0.5) ? $"<p>{WebUtility.HtmlEncode(line.Text)}</p>\n" : $"<div><span>{WebUtility.HtmlEncode(line.Text)}</span><br></div>\n");
            else if (block is Block.Table table)
                text.Append(CultureInfo.InvariantCulture, $"<table border=1>{string.Concat(table.Rows.Select(row => $"<tr>{string.Concat(row.Select(cell => inBlocks ? $"<td><p class=MsoNormal>{WebUtility.HtmlEncode(cell)}</p></td>" : $"<td>{WebUtility.HtmlEncode(cell)}</td>"))}</tr>\n"))}</table>");
        return text.Append("</body></html>").ToString();
    }

    public static byte[] RichText(DataDocument document)
    {
        var text = new StringBuilder(@"{\rtf1\ansi\ansicpg932\deff0{\fonttbl{\f0 MS Gothic;}}\uc1 ");
        foreach (var block in document.Blocks)
            if (block is Block.Line line)
                text.Append(Escaped(line.Text)).Append(@"\par ");
            else if (block is Block.Table table)
                foreach (var row in table.Rows)
                    text.Append(@"\trowd ").Append(string.Concat(row.Select((_, index) => string.Create(CultureInfo.InvariantCulture, $@"\cellx{(index + 1) * 1500}")))).Append(string.Concat(row.Select(cell => $@"\intbl {Escaped(cell)}\cell "))).Append(@"\row ");
        return Encoding.ASCII.GetBytes(text.Append('}').ToString());
    }

    private static string Escaped(string text) => string.Concat(text.Select(character => character switch
    {
        '\\' or '{' or '}' => $@"\{character}",
        < '\x80' => character.ToString(),
        _ => string.Create(CultureInfo.InvariantCulture, $@"\u{(short)character}?"),
    }));
}
