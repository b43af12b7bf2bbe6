using System.Text;

namespace Platform.Storage.Lists;

/// <summary>
/// One record of CSV (RFC 4180) on one line. A spreadsheet runs a cell that begins with a sign of a formula: such a cell is written
/// behind an apostrophe, which reading takes away again.
/// </summary>
internal static class CsvLine
{
    private const string FormulaSigns = "=+-@\t'";

    /// <returns>Null when a quote is not closed, or something stands behind a closed one.</returns>
    public static IReadOnlyList<string>? Read(string line)
    {
        List<string> cells = [];
        for (var at = 0; ;)
        {
            if (ReadCell(line, ref at) is not { } cell)
                return null;
            cells.Add(IsGuarded(cell) ? cell[1..] : cell);
            if (at >= line.Length)
                return cells;
            at++;
        }
    }

    public static string Write(IEnumerable<string> cells) => string.Join(',', cells.Select(Quoted));

    /// <returns>The cell; <paramref name="at"/> then stands on the comma behind it, or at the end.</returns>
    private static string? ReadCell(string line, ref int at)
    {
        if (at >= line.Length || line[at] != '"')
        {
            var end = line.IndexOf(',', at);
            var plain = line[at..(end < 0 ? line.Length : end)];
            at = end < 0 ? line.Length : end;
            return plain.Trim();
        }

        var cell = new StringBuilder();
        for (at++; at < line.Length; at++)
        {
            if (line[at] != '"')
                cell.Append(line[at]);
            else if (at + 1 < line.Length && line[at + 1] == '"')
                cell.Append(line[++at]);
            else
            {
                at++;
                return at == line.Length || line[at] == ',' ? cell.ToString() : null;
            }
        }

        return null;
    }

    private static string Quoted(string cell)
    {
        var text = cell.Length > 0 && FormulaSigns.Contains(cell[0], StringComparison.Ordinal) ? "'" + cell : cell;
        return text.AsSpan().ContainsAny("\",") || text != text.Trim() ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }

    private static bool IsGuarded(string cell) => cell.Length > 1 && cell[0] == '\'' && FormulaSigns.Contains(cell[1], StringComparison.Ordinal);
}
