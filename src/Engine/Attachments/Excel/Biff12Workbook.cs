using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Platform.Engine.Attachments.Office;
using Platform.Engine.Attachments.Ooxml;
using Platform.Engine.Behaviour;

namespace Platform.Engine.Attachments.Excel;

/// <summary>
/// Workbooks whose parts are records and not XML ([MS-XLSB]): type in one or two octets and length in one to four, seven bits each.
/// The same sheets, names, texts and formulas as in <see cref="BinaryWorkbook"/>, with wider numbers.
/// </summary>
internal sealed class Biff12Workbook(OoxmlPackage package, IReadOnlyList<Relationship> relations, FileContents contents, DocumentValues values)
{
    private const int MaxRecords = 2_000_000;
    private const int MaxStrings = 50_000;
    private const int MaxCells = 60_000;

    private readonly WorkbookNames _names = new();
    private readonly MacroSheets _macros = new(contents);
    private readonly SheetText _text = new();
    private readonly List<string> _strings = [];
    private readonly List<(string Name, byte[] Formula)> _defined = [];
    private readonly List<string> _targets = [];
    private int _cells;

    private delegate void Record(int type, ReadOnlySpan<byte> data);

    public static bool Has(OoxmlPackage package) => package.Find("xl/workbook.bin") is not null;

    /// <param name="hasMacros">Whether a macro may read the cells.</param>
    public void Read(bool hasMacros)
    {
        if (package.Find("xl/sharedStrings.bin") is { } strings)
            Walk(package.Read(strings), (type, data) =>
            {
                if (type == 19 && data.Length > 5 && _strings.Count < MaxStrings)
                    _strings.Add(Text(data[1..], out _));
            });
        if (package.Find("xl/workbook.bin") is { } workbook)
            Walk(package.Read(workbook), Global);
        var formulas = new FormulaText(wide: true, _names);
        for (var index = 0; index < _names.Sheets.Count; index++)
            if (package.Find(_targets[index]) is { } part)
                Sheet(_names.Sheets[index], package.Read(part), formulas, hasMacros);
        foreach (var (name, formula) in _defined)
            _macros.Name(name, formulas.Read(formula));
        contents.Words(string.Join('\n', _strings.Take(4_000)));
        contents.Table(_text.ToString());
        _macros.Finish(values);
    }

    private static void Walk(ReadOnlySpan<byte> part, Record see)
    {
        for (int at = 0, count = 0; at < part.Length && count < MaxRecords; count++)
        {
            int type = part[at++];
            if ((type & 0x80) != 0 && at < part.Length)
                type = (type & 0x7F) | ((part[at++] & 0x7F) << 7);
            var length = 0;
            for (var shift = 0; shift < 28 && at < part.Length; shift += 7)
            {
                var octet = part[at++];
                length |= (octet & 0x7F) << shift;
                if ((octet & 0x80) == 0)
                    break;
            }

            length = Math.Min(length, part.Length - at);
            see(type, part.Slice(at, length));
            at += length;
        }
    }

    private void Global(int type, ReadOnlySpan<byte> data)
    {
        switch (type)
        {
            case 156 when data.Length > 16 && _names.Sheets.Count < 1_000:
                var id = Text(data[8..], out var length);
                var name = Text(data[Math.Min(data.Length, 8 + length)..], out _);
                var state = (data[0] & 3) switch { 1 => "hidden", 2 => "veryHidden", _ => "visible" };
                var relation = relations.FirstOrDefault(item => item.Id == id && item.Source.Equals("xl/workbook.bin", StringComparison.OrdinalIgnoreCase));
                var isMacro = relation is not null && (relation.Kind.Contains("acrosheet", StringComparison.OrdinalIgnoreCase) || relation.Target.Contains("macrosheets/", StringComparison.OrdinalIgnoreCase));
                _names.Sheets.Add((name, state, isMacro));
                _targets.Add(relation?.Target ?? "");
                if (isMacro)
                    _macros.Sheet(name, state);
                else if (state != "visible")
                    contents.Fact(state == "veryHidden" ? "office-very-hidden-sheet" : "office-hidden-sheet", name, state);
                break;
            case 39 when data.Length > 13 && _defined.Count < 5_000:
                var defined = Text(data[9..], out var used);
                if ((data[0] & 0x20) != 0 && !defined.StartsWith("_xlnm", StringComparison.OrdinalIgnoreCase))
                    defined = "_xlnm." + defined;
                _names.AddName(defined);
                _defined.Add((defined, Formula(data[Math.Min(data.Length, 9 + used)..]).ToArray()));
                break;
            case 362 when data.Length >= 4:
                for (var index = 0; index < BinaryPrimitives.ReadUInt32LittleEndian(data) && 4 + ((index + 1) * 12) <= data.Length; index++)
                    _names.AddReference(BinaryPrimitives.ReadInt32LittleEndian(data[(4 + (index * 12))..]), BinaryPrimitives.ReadInt32LittleEndian(data[(8 + (index * 12))..]));
                break;
        }
    }

    private void Sheet((string Name, string State, bool IsMacro) sheet, ReadOnlySpan<byte> part, FormulaText formulas, bool hasMacros)
    {
        uint row = 0;
        Walk(part, (type, data) =>
        {
            if (type == 0 && data.Length >= 4)
                row = BinaryPrimitives.ReadUInt32LittleEndian(data);
            if (type is < 1 or > 11 || data.Length < 8 || _cells++ > MaxCells)
                return;
            var address = FormulaText.Address(row, (int)(BinaryPrimitives.ReadUInt32LittleEndian(data) & 0x3FFF));
            var (value, isText, used) = Value(type, data[8..]);
            var formula = type >= 8 && 8 + used + 2 <= data.Length ? formulas.Read(Formula(data[(8 + used + 2)..])) : "";
            if (sheet.IsMacro)
                _macros.Cell(sheet.Name, address, formula, value, isText);
            else
            {
                _text.Put(sheet.Name, address, value);
                if (hasMacros || _macros.Any)
                    values.Add($"{sheet.Name}!{address}", value);
                if (formula.Length > 0)
                    Formulas.Tell(formula, $"{sheet.Name}!{address}", contents);
            }
        });
    }

    private (string Value, bool IsText, int Used) Value(int type, ReadOnlySpan<byte> data)
    {
        switch (type)
        {
            case 2 when data.Length >= 4:
                return (BinaryWorkbook.Rk(BinaryPrimitives.ReadInt32LittleEndian(data)).ToString("R", CultureInfo.InvariantCulture), false, 4);
            case 5 or 9 when data.Length >= 8:
                return (BinaryPrimitives.ReadDoubleLittleEndian(data).ToString("R", CultureInfo.InvariantCulture), false, 8);
            case 6 or 8:
                return (Text(data, out var used), true, used);
            case 7 when data.Length >= 4 && BinaryPrimitives.ReadUInt32LittleEndian(data) is var index && index < _strings.Count:
                return (_strings[(int)index], true, 4);
            default:
                return ("", false, 1);
        }
    }

    private static ReadOnlySpan<byte> Formula(ReadOnlySpan<byte> data) =>
        data.Length < 4 ? default : data.Slice(4, (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(data), (uint)(data.Length - 4)));

    private static string Text(ReadOnlySpan<byte> data, out int length)
    {
        length = Math.Min(4, data.Length);
        if (data.Length < 4 || BinaryPrimitives.ReadUInt32LittleEndian(data) is uint.MaxValue)
            return "";
        var count = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(data), (uint)(data.Length - 4) / 2);
        length += count * 2;
        return Encoding.Unicode.GetString(data.Slice(4, count * 2));
    }
}
