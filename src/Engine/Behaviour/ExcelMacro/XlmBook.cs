using System.Globalization;

namespace Platform.Engine.Behaviour.ExcelMacro;

/// <summary>A cell: column and row from 1.</summary>
internal readonly record struct XlmCell(string Sheet, int Column, int Row);

/// <summary>The cells of the macro sheets and what else the workbook holds.</summary>
internal sealed class XlmBook
{
    private const int MaxCells = 50_000;

    private readonly Dictionary<XlmCell, object?> _values = [];
    private readonly Dictionary<XlmCell, string> _formulas = [];

    public List<XlmCell> InOrder { get; } = [];

    public Dictionary<string, object?> Names { get; } = new(StringComparer.OrdinalIgnoreCase);

    public List<XlmCell> Starts { get; } = [];

    public static XlmBook Read(string source, Dictionary<string, string> values)
    {
        var book = new XlmBook();
        foreach (var (name, value) in values.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (name.StartsWith("Name.", StringComparison.OrdinalIgnoreCase))
                book.Define(name[5..], value);
            else if (Address(name) is { } cell)
                book.Set(cell, value);
        }

        foreach (var line in source.Split('\n'))
        {
            var text = line.TrimEnd('\r');
            var cut = text.IndexOf(": ", StringComparison.Ordinal);
            if (cut < 0)
                cut = text.IndexOf(":=", StringComparison.Ordinal);
            if (cut <= 0 || book.InOrder.Count >= MaxCells)
                continue;
            var content = text[(cut + 1)..].Trim();
            if (Address(text[..cut]) is { } cell)
            {
                book.Set(cell, content);
                if (content.StartsWith('='))
                    book.InOrder.Add(cell);
            }
            else if (text[..cut].StartsWith("name ", StringComparison.OrdinalIgnoreCase))
            {
                book.Define(text[5..cut], content.TrimStart('='));
            }
        }

        return book;
    }

    public string? Formula(XlmCell cell) => _formulas.GetValueOrDefault(cell);

    public object? Value(XlmCell cell) => _values.GetValueOrDefault(cell);

    /// <summary>Text that begins with = is code from now on.</summary>
    public void Set(XlmCell cell, object? value)
    {
        if (_values.Count + _formulas.Count >= MaxCells * 2)
            return;
        if (value is string text && text.StartsWith('='))
            _formulas[cell] = text[1..];
        else
            _values[cell] = value is string plain && double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : value;
    }

    public void Store(XlmCell cell, object? value) => _values[cell] = value;

    /// <summary><c>Sheet!A1</c>, <c>'a sheet'!$B$2</c>, <c>R1C2</c>; null for anything else. Of a range its first cell.</summary>
    public static XlmCell? Address(string text, string sheet = "", XlmCell? from = null)
    {
        var plain = text.Trim();
        var mark = plain.LastIndexOf('!');
        var name = mark >= 0 ? plain[..mark].Trim('\'', '=') : sheet;
        var place = (mark >= 0 ? plain[(mark + 1)..] : plain).Replace("$", "", StringComparison.Ordinal);
        if (place.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
            place = place[..colon];
        if (name.LastIndexOf(']') is >= 0 and var bracket)
            name = name[(bracket + 1)..];
        return Letters(place) is { } at ? new XlmCell(name, at.Column, at.Row) : RowColumn(place, from) is { } other ? new XlmCell(name, other.Column, other.Row) : null;
    }

    private void Define(string name, string value)
    {
        if (Names.Count >= 5_000)
            return;
        if (Address(value) is { } cell)
        {
            Names[name] = cell;
            if (name.StartsWith("Auto_Open", StringComparison.OrdinalIgnoreCase) || name.StartsWith("Auto_Activate", StringComparison.OrdinalIgnoreCase) || name.StartsWith("Auto_Close", StringComparison.OrdinalIgnoreCase) || name.Contains("auto_open", StringComparison.OrdinalIgnoreCase))
                Starts.Add(cell);
        }
        else
        {
            Names[name] = value;
        }
    }

    private static (int Column, int Row)? Letters(string place)
    {
        var (column, at) = (0, 0);
        while (at < place.Length && at < 3 && char.IsAsciiLetter(place[at]))
            column = (column * 26) + (char.ToUpperInvariant(place[at++]) - 'A' + 1);
        return at > 0 && at < place.Length && place.Length - at < 8 && int.TryParse(place.AsSpan(at), NumberStyles.None, CultureInfo.InvariantCulture, out var row) && row > 0 ? (column, row) : null;
    }

    private static (int Column, int Row)? RowColumn(string place, XlmCell? from)
    {
        if (place.Length < 2 || place[0] is not ('R' or 'r'))
            return null;
        var cut = place.IndexOfAny(['C', 'c']);
        if (cut < 1)
            return null;
        return Part(place[1..cut], from?.Row) is { } row && Part(place[(cut + 1)..], from?.Column) is { } column ? (column, row) : null;
    }

    private static int? Part(string text, int? from)
    {
        if (text.Length == 0)
            return from ?? 1;
        if (text[0] == '[' && text[^1] == ']')
            return int.TryParse(text[1..^1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var offset) ? Math.Clamp((from ?? 1) + offset, 1, 1_048_576) : null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 1_048_576 ? number : null;
    }
}
