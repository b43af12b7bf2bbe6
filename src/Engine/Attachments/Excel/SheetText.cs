using System.Globalization;
using System.Text;

namespace Platform.Engine.Attachments.Excel;

/// <summary>The cells of a workbook as a text: a line a row, tabs between columns, an empty line between sheets.</summary>
internal sealed class SheetText
{
    private const int MaxText = 2_000_000;
    private const int MaxColumn = 200;

    private readonly StringBuilder _text = new();
    private string _sheet = "";
    private int _row = -1;
    private int _column;

    /// <summary>Adds a cell; those of a sheet come in the order in which they stand.</summary>
    /// <param name="address">As in formulas: <c>B12</c>; without one the cell follows the one before.</param>
    public void Put(string sheet, string address, string value)
    {
        if (_text.Length >= MaxText || value.Length == 0)
            return;
        var (row, column) = Place(address);
        if (sheet != _sheet || row != _row)
        {
            if (_text.Length > 0)
                _text.Append(sheet == _sheet ? "\n" : "\n\n");
            (_sheet, _row, _column) = (sheet, row, 0);
        }
        else if (column <= _column)
        {
            _text.Append(' ');
        }

        for (; _column < Math.Min(column, MaxColumn); _column++)
            _text.Append('\t');
        foreach (var character in Number(value))
            _text.Append(character is '\t' or '\n' or '\r' ? ' ' : character);
    }

    public override string ToString() => _text.ToString();

    // Long numbers are stored with an exponent.
    private static string Number(string value) =>
        value.Length <= 30 && value.Contains("E+", StringComparison.OrdinalIgnoreCase) && decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number.ToString("0.########", CultureInfo.InvariantCulture)
            : value;

    private (int Row, int Column) Place(string address)
    {
        var (column, at) = (0, 0);
        for (; at < address.Length && at < 4 && char.IsAsciiLetterUpper(address[at]); at++)
            column = (column * 26) + address[at] - 'A' + 1;
        return at > 0 && int.TryParse(address.AsSpan(at), NumberStyles.None, CultureInfo.InvariantCulture, out var row) ? (row, column - 1) : (_row, _column + 1);
    }
}
