using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Platform.Storage.Onboarding.Mailboxes;

namespace Platform.Api.Edge;

/// <summary>
/// A list of mailboxes as CSV (RFC 4180): the first line names the columns address, displayName, aliases, groups, in any order. Several
/// values in one cell have semicolons between. Comma, semicolon or tab separates cells, whichever the first line holds.
/// </summary>
internal static class MailboxCsv
{
    /// <summary>Characters of a whole list.</summary>
    public const int MaxText = 2 * 1024 * 1024;

    private const int MaxCell = 8_192;
    private const int MaxColumns = 50;
    private const string FormulaSigns = "=+-@\t\r";
    private const char Separator = ';';

    /// <summary>Addresses hold none of these; names of groups do.</summary>
    private static readonly char[] BetweenAddresses = [' ', Separator, '|', ','];

    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["address"] = "address", ["email"] = "address", ["mail"] = "address", ["メールアドレス"] = "address",
        ["displayname"] = "displayName", ["display name"] = "displayName", ["display_name"] = "displayName", ["name"] = "displayName", ["表示名"] = "displayName", ["氏名"] = "displayName",
        ["aliases"] = "aliases", ["alias"] = "aliases", ["別名"] = "aliases",
        ["groups"] = "groups", ["group"] = "groups", ["グループ"] = "groups",
    };

    /// <exception cref="ApiException">No CSV, no address column, or more than is taken.</exception>
    public static IReadOnlyList<MailboxLine> Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaxText)
            throw new ApiException(ErrorCodes.PayloadTooLarge, $"A list has at most {MaxText.ToString(CultureInfo.InvariantCulture)} characters; split it.", 413, "csv");
        text = text.TrimStart('\uFEFF');
        using var parser = new CsvParser(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = DelimiterOf(text),
            MaxFieldSize = MaxCell,
            TrimOptions = TrimOptions.Trim,
            IgnoreBlankLines = true,
            HasHeaderRecord = false,
            CacheFields = false,
        });
        try
        {
            return Read(parser);
        }
        catch (CsvHelperException)
        {
            throw ApiException.BadInput("csv", $"Line {parser.RawRow.ToString(CultureInfo.InvariantCulture)} is no CSV: a cell with a quote inside stands in quotes, and doubles them; none has more than {MaxCell} characters.");
        }
    }

    /// <summary>The whole list in the form that <see cref="Read(string)"/> reads; nothing in it runs in a spreadsheet.</summary>
    public static string Write(IEnumerable<MailboxLine> lines) => string.Concat(
        [Rest.CsvCells.Line(["address", "displayName", "aliases", "groups"]),
        .. lines.Select(line => Rest.CsvCells.Line([line.Address, line.DisplayName ?? "", string.Join(Separator, line.Aliases ?? []), string.Join(Separator, line.Groups ?? [])]))]);

    private static List<MailboxLine> Read(CsvParser parser)
    {
        if (!parser.Read() || parser.Count > MaxColumns)
            throw ApiException.BadInput("csv", $"The first line names the columns: address, displayName, aliases, groups; there are at most {MaxColumns}.");
        var columns = (parser.Record ?? []).Select((name, at) => (Name: Names.GetValueOrDefault(name.Trim(), ""), At: at))
            .Where(column => column.Name.Length > 0).DistinctBy(column => column.Name).ToDictionary(column => column.Name, column => column.At);
        if (!columns.TryGetValue("address", out var address))
            throw ApiException.BadInput("csv", "The first line names no column 'address'.");
        var lines = new List<MailboxLine>();
        while (parser.Read())
        {
            if (lines.Count == MailboxImportLimits.MaxLines)
                throw new ApiException(ErrorCodes.PayloadTooLarge, $"A list has at most {MailboxImportLimits.MaxLines.ToString(CultureInfo.InvariantCulture)} lines; split it.", 413, "csv");
            if (parser.Record is not { } cells || Array.TrueForAll(cells, string.IsNullOrWhiteSpace))
                continue;
            lines.Add(new MailboxLine(
                parser.RawRow,
                Cell(cells, address),
                columns.TryGetValue("displayName", out var name) ? Cell(cells, name) : null,
                columns.TryGetValue("aliases", out var aliases) ? Values(Cell(cells, aliases), BetweenAddresses) : null,
                columns.TryGetValue("groups", out var groups) ? Values(Cell(cells, groups), [Separator]) : null));
        }

        return lines;
    }

    private static string[] Values(string cell, char[] between) => cell.Split(between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Without the apostrophe that keeps a spreadsheet from running it.</summary>
    private static string Cell(string[] cells, int at)
    {
        var cell = at < cells.Length ? cells[at] : "";
        return cell.Length > 1 && cell[0] == '\'' && FormulaSigns.Contains(cell[1], StringComparison.Ordinal) ? cell[1..] : cell;
    }

    private static string DelimiterOf(string text)
    {
        var first = text.AsSpan(0, Math.Min(text.Length, MaxCell));
        first = first.IndexOfAny('\r', '\n') is >= 0 and var end ? first[..end] : first;
        return first.Contains(',') ? "," : first.Contains(';') ? ";" : first.Contains('\t') ? "\t" : ",";
    }
}
