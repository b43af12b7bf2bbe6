using System.Globalization;
using System.Text;
using Platform.Engine.Behaviour;
using Platform.Engine.Mail;

namespace Platform.Engine.Attachments.Shortcuts;

/// <summary>
/// Sheets that are text: CSV (RFC 4180), whose cells Excel takes for formulas when they begin as one, and SYLK (.slk, records of
/// fields: <c>C;Y1;X1;EEXEC("calc")</c>), which may hold a whole macro sheet (<c>O;E</c>, <c>NN;NAuto_open</c>) and opens without protected view.
/// </summary>
internal sealed class TextSheetReader : IFileReader
{
    private const int MaxLength = 2 * 1024 * 1024;
    private const int MaxFormulas = 400;

    public bool Reads(MailAttachment file) => file.Type.Id is "csv" or "slk" || FileTypes.Extension(file.FileName) is "csv" or "slk" or "tsv" && TextTypes.IsText(file.Content.Span);

    public void Read(MailAttachment file, FileContents contents)
    {
        var text = SmallText.Of(file, MaxLength);
        contents.Table(SeparatedCells.ToTabs(text));
        if (text.StartsWith("ID;", StringComparison.OrdinalIgnoreCase))
            ReadSylk(text, contents);
        else
            ReadSeparated(text, contents);
    }

    private static void ReadSeparated(string text, FileContents contents)
    {
        foreach (var (row, cell) in Cells(text))
            if (SheetFormula.Judge(cell) is { } seen)
                contents.Fact(seen, string.Create(CultureInfo.InvariantCulture, $"row {row}"), cell);
    }

    // Only cells that may be formulas are cut out; the rest of a long table is passed over.
    private static IEnumerable<(int Row, string Cell)> Cells(string text)
    {
        var row = 1;
        var found = 0;
        var begins = true;
        // Cells that hold one another's beginnings are cut out again and again; not for ever.
        var left = 8L * 1024 * 1024;
        for (var at = 0; at < text.Length && found < MaxFormulas && left > 0; at++)
        {
            var character = text[at];
            if (character == '\n')
                row++;
            if (begins && character is '=' or '+' or '-' or '@' || begins && character == '"' && at + 1 < text.Length && text[at + 1] is '=' or '+' or '-' or '@')
            {
                var quoted = character == '"';
                var end = at + 1;
                while (end < text.Length && end - at < 4_096 && (quoted ? text[end] != '"' || end + 1 < text.Length && text[end + 1] == '"' : text[end] is not ('\r' or '\n' or '\t')))
                    end += quoted && text[end] == '"' ? 2 : 1;
                left -= end - at;
                var cell = text[(quoted ? at + 1 : at)..Math.Min(end, text.Length)];
                if (cell.AsSpan().IndexOfAny('(', '|') >= 0)
                {
                    found++;
                    yield return (row, cell.Replace("\"\"", "\"", StringComparison.Ordinal));
                }
            }

            begins = character is ',' or ';' or '\t' or '\n' or '\r' || begins && character is ' ';
        }
    }

    private static void ReadSylk(string text, FileContents contents)
    {
        var sheet = new StringBuilder();
        var formulas = 0;
        int row = 1, column = 1;
        var macro = false;
        foreach (var line in SmallText.Lines(text))
        {
            string[] fields = line.Split(';', 40);
            if (fields[0] is "O")
                macro |= fields.Contains("E");
            if (fields[0] == "NN" && line.Contains("Auto_", StringComparison.OrdinalIgnoreCase))
                contents.Fact("sheet-auto-open", "name", line);
            if (fields[0] is not ("C" or "F"))
                continue;
            foreach (var field in fields.Skip(1))
            {
                if (field.StartsWith('X') && int.TryParse(field.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var x))
                    column = x;
                else if (field.StartsWith('Y') && int.TryParse(field.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var y))
                    row = y;
            }

            // A semicolon inside of an expression is written twice, so the expression goes to the end of the record.
            var expression = line.IndexOf(";E", StringComparison.Ordinal);
            if (expression < 0 || formulas++ >= MaxFormulas)
                continue;
            var formula = $"={line[(expression + 2)..].Replace(";;", ";", StringComparison.Ordinal)}";
            var place = string.Create(CultureInfo.InvariantCulture, $"R{row}C{column}");
            sheet.Append(CultureInfo.InvariantCulture, $"sylk!{place}: {formula}\n");
            if (SheetFormula.Judge(formula) is { } seen)
                contents.Fact(seen, place, formula);
        }

        if (macro && sheet.Length > 0)
            contents.Script(new ScriptSource(ScriptLanguage.ExcelMacro, ScriptHost.Office, sheet.ToString(), "sylk"));
    }
}
