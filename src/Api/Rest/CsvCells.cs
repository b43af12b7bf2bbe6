namespace Platform.Api.Rest;

/// <summary>
/// A record of CSV (RFC 4180). Every cell stands in quotes; one that a spreadsheet would run as a formula is led by an apostrophe.
/// </summary>
internal static class CsvCells
{
    private const string FormulaSigns = "=+-@\t\r";

    public static string Line(IEnumerable<string> cells) => string.Join(',', cells.Select(Quoted)) + "\r\n";

    private static string Quoted(string cell)
    {
        var guarded = cell.Length > 0 && FormulaSigns.Contains(cell[0], StringComparison.Ordinal) ? "'" + cell : cell;
        return $"\"{guarded.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
