using System.Globalization;
using Platform.Engine.Feeds;
using Platform.Storage.Directory;
using Platform.Storage.Messages;

namespace Platform.Storage.Lists;

// Two forms of a list as text. Plain: a value a line, what it is being seen from its looks; `=example.com` is the name alone;
// behind white space and `#` comes a note; a line that begins with `#` is a comment. CSV: the first line names the columns, of which
// `value` must be one: list (allow, block), kind, value, subdomains (yes, no), networks (with spaces between them), note, expires
// (RFC 3339, or a day in UTC). An export is such a CSV, and reads back as it was.

/// <summary>Reads and writes lists as text.</summary>
public static class ListText
{
    /// <summary>Characters of an import.</summary>
    public const int MaxText = 1_000_000;

    /// <summary>Lines of an import that hold something.</summary>
    public const int MaxLines = 10_000;

    private const int MaxLine = 4_000;
    private const int Shown = 200;

    private static readonly string[] Columns = ["list", "kind", "value", "subdomains", "networks", "note", "expires"];

    /// <summary>The first line of an export.</summary>
    public static string Header { get; } = CsvLine.Write(Columns);

    /// <summary>One line of an export.</summary>
    public static string Write(ListEntryRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return CsvLine.Write(
        [
            ListJson.WireName(row.Action),
            ListJson.WireName(row.Kind),
            row.Value,
            row.Kind is ListEntryKind.Domain or ListEntryKind.Host ? row.IsExact ? "no" : "yes" : "",
            string.Join(' ', TenantJson.ReadList(row.Networks)),
            row.Note,
            row.ExpiresAt?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture) ?? "",
        ]);
    }

    /// <param name="action">Of lines that do not say it.</param>
    internal static (IReadOnlyList<ListLine> Lines, Refusal? Refusal) Read(string text, ListAction action)
    {
        if (text.Length > MaxText)
            return ([], new("LIST_IMPORT_TOO_LARGE", $"An import has at most {MaxText:N0} characters; divide it."));
        List<ListLine> lines = [];
        int[]? columns = null;
        var number = 0;
        var first = true;
        foreach (var raw in text.AsSpan().TrimStart('\uFEFF').EnumerateLines())
        {
            number++;
            var line = raw.Trim();
            if (line.IsEmpty || line[0] == '#')
                continue;
            if (first && ColumnsOf(line) is { } named)
            {
                if (Array.IndexOf(named, -1) >= 0)
                    return ([], new("LIST_IMPORT_COLUMNS", $"The first line names a column twice, or one that is none; columns are {string.Join(", ", Columns)}."));
                columns = named;
                first = false;
                continue;
            }

            first = false;
            if (lines.Count >= MaxLines)
                return ([], new("LIST_IMPORT_TOO_LARGE", $"An import has at most {MaxLines:N0} lines; divide it."));
            var shown = SafeText.Clean(line[..Math.Min(line.Length, Shown)].ToString(), Shown);
            if (line.Length > MaxLine)
                lines.Add(new ListLine(number, shown, null, new("LIST_LINE_UNREADABLE", $"A line has at most {MaxLine:N0} characters.")));
            else
                lines.Add(columns is null ? Plain(number, line.ToString(), shown, action) : Record(number, line.ToString(), shown, action, columns));
        }

        return (lines, null);
    }

    /// <returns>For each cell of the header the index of its column, -1 for one that is none or comes twice; null when the line is no header.</returns>
    private static int[]? ColumnsOf(ReadOnlySpan<char> line)
    {
        if (line.Length > MaxLine || CsvLine.Read(line.ToString()) is not { } cells || !cells.Contains("value", StringComparer.OrdinalIgnoreCase))
            return null;
        int[] columns = [.. cells.Select(cell => Array.FindIndex(Columns, column => column.Equals(cell.Trim(), StringComparison.OrdinalIgnoreCase)))];
        return columns.Distinct().Count() == columns.Length ? columns : [-1];
    }

    private static ListLine Plain(int number, string line, string shown, ListAction action)
    {
        var comment = line.IndexOf(" #", StringComparison.Ordinal) is >= 0 and var space ? space : line.IndexOf("\t#", StringComparison.Ordinal);
        var value = (comment < 0 ? line : line[..comment]).Trim();
        var note = comment < 0 ? "" : line[(comment + 2)..].Trim();
        var exact = value.StartsWith('=');
        return new ListLine(number, shown, new NewListEntry(action, null, exact ? value[1..].Trim() : value, exact, [], note, null), null);
    }

    private static ListLine Record(int number, string line, string shown, ListAction action, int[] columns)
    {
        if (CsvLine.Read(line) is not { } cells)
            return Unreadable("A quote is not closed, or something stands behind a closed one.");
        if (cells.Count > columns.Length)
            return Unreadable($"The line has {cells.Count} cells, the first line names {columns.Length} columns.");
        var of = new string[Columns.Length];
        Array.Fill(of, "");
        for (var i = 0; i < cells.Count; i++)
            of[columns[i]] = cells[i];
        if (Action(of[0], action) is not { } list)
            return Unreadable("'list' is allow or block.");
        if (!TryKind(of[1], out var kind))
            return Unreadable("'kind' is address, domain, host, url, file, network, or empty.");
        if (Subdomains(of[3]) is not { } subdomains)
            return Unreadable("'subdomains' is yes, no, or empty.");
        if (!TryEnd(of[6], out var end))
            return Unreadable("'expires' is a day such as 2026-12-31 or a moment such as 2026-12-31T15:00:00Z, or empty.");
        return new ListLine(number, shown, new NewListEntry(list, kind, of[2], !subdomains, of[4].Split([' ', ';'], StringSplitOptions.RemoveEmptyEntries), of[5], end), null);

        ListLine Unreadable(string message) => new(number, shown, null, new("LIST_LINE_UNREADABLE", message));
    }

    private static ListAction? Action(string text, ListAction otherwise) => text.ToLowerInvariant() switch
    {
        "" => otherwise,
        "allow" => ListAction.Allow,
        "block" => ListAction.Block,
        _ => null,
    };

    private static bool TryKind(string text, out ListEntryKind? kind)
    {
        kind = null;
        if (text.Length == 0)
            return true;
        foreach (var known in Enum.GetValues<ListEntryKind>())
            if (ListJson.WireName(known).Equals(text, StringComparison.OrdinalIgnoreCase))
                kind = known;
        return kind is not null;
    }

    private static bool? Subdomains(string text) => text.ToLowerInvariant() switch
    {
        "" or "yes" or "true" or "1" => true,
        "no" or "false" or "0" => false,
        _ => null,
    };

    private static bool TryEnd(string text, out DateTimeOffset? end)
    {
        end = null;
        if (text.Length == 0)
            return true;
        string[] forms = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];
        if (!DateTimeOffset.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
            return false;
        end = time;
        return true;
    }
}

/// <summary>One line of an import that holds something: an entry as it was written, or why it is none.</summary>
internal sealed record ListLine(int Number, string Shown, NewListEntry? Entry, Refusal? Refusal);
