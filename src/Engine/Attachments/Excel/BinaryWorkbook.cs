using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Platform.Engine.Attachments.Office;
using Platform.Engine.Behaviour;

namespace Platform.Engine.Attachments.Excel;

// A workbook of Excel 97 to 2003 is a stream of records ([MS-XLS] 2.1.4): type and length in 16 bits each, then data. First the
// globals: BoundSheet8 (2.4.28: name, whether hidden or "very hidden", worksheet or macro sheet), SST (all texts), Lbl (2.4.150:
// defined names; the built-in ones Auto_Open and the like start macros), ExternSheet and SupBook (other sheets, books and DDE
// services). Then each sheet from its BOF on: cells by LabelSst, Number, RK, and Formula (2.4.127), whose tokens FormulaText
// reads. Excel 4.0 macros are the formulas of a macro sheet.

/// <summary>Reads sheets, texts, formulas and macro sheets of a binary workbook, as far as it is whole.</summary>
internal sealed class BinaryWorkbook(FileContents contents, DocumentValues values, bool hasMacros)
{
    private const int MaxRecords = 2_000_000;
    private const int MaxStrings = 50_000;
    private const int MaxCells = 60_000;

    private readonly WorkbookNames _names = new();
    private readonly MacroSheets _macros = new(contents);
    private readonly SheetText _text = new();
    private readonly List<string> _strings = [];
    private readonly List<long> _positions = [];
    private FormulaText _formulas = null!;
    private int _sheet = -1;
    private int _cells;
    private (string Address, string Formula)? _pending;

    public void Read(ReadOnlySpan<byte> stream)
    {
        _formulas = new FormulaText(wide: false, _names);
        List<(bool IsBuiltIn, string Name, byte[] Formula)> defined = [];
        var position = 0;
        for (var count = 0; position + 4 <= stream.Length && count < MaxRecords; count++)
        {
            var type = BinaryPrimitives.ReadUInt16LittleEndian(stream[position..]);
            var length = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(stream[(position + 2)..]), stream.Length - position - 4);
            var data = stream.Slice(position + 4, length);
            if (type == 0x0809)
                _sheet = _positions.IndexOf(position);
            if (_sheet < 0 && position > 0)
                Global(type, data, stream[position..], defined);
            else if (_sheet >= 0)
                Cell(type, data);
            position += 4 + length;
        }

        Flush();
        foreach (var (_, name, formula) in defined)
            _macros.Name(name, _formulas.Read(formula));
        contents.Words(string.Join('\n', _strings.Take(4_000)));
        contents.Table(_text.ToString());
        _macros.Finish(values);
    }

    private void Global(int type, ReadOnlySpan<byte> data, ReadOnlySpan<byte> rest, List<(bool IsBuiltIn, string Name, byte[] Formula)> defined)
    {
        switch (type)
        {
            case 0x85 when data.Length > 8 && _names.Sheets.Count < 1_000:
                var state = (data[4] & 3) switch { 1 => "hidden", 2 => "veryHidden", _ => "visible" };
                var sheet = Text(data[7..], data[6], out _);
                var isMacro = data[5] == 1;
                _positions.Add(BinaryPrimitives.ReadUInt32LittleEndian(data));
                _names.Sheets.Add((sheet, state, isMacro));
                if (isMacro)
                    _macros.Sheet(sheet, state);
                else if (state != "visible" && data[5] == 0)
                    contents.Fact(state == "veryHidden" ? "office-very-hidden-sheet" : "office-hidden-sheet", sheet, state);
                break;
            case 0xFC:
                new SharedStrings(_strings, MaxStrings).Read(rest);
                break;
            case 0x18 when data.Length > 15 && defined.Count < 5_000:
                Name(data, defined);
                break;
            case 0x17 when data.Length >= 2:
                for (var index = 0; index < BinaryPrimitives.ReadUInt16LittleEndian(data) && 2 + ((index + 1) * 6) <= data.Length; index++)
                    _names.AddReference(BinaryPrimitives.ReadUInt16LittleEndian(data[(2 + (index * 6))..]), BinaryPrimitives.ReadInt16LittleEndian(data[(4 + (index * 6))..]));
                break;
            case 0x01AE:
                Book(data);
                break;
            case 0x23 when data.Length > 8:
                _names.AddExternal(Text(data[7..], data[6], out _));
                break;
        }
    }

    private int _books;

    private void Book(ReadOnlySpan<byte> data)
    {
        if (data.Length >= 4 && BinaryPrimitives.ReadUInt16LittleEndian(data[2..]) == 0x0401)
            _names.OwnBook = _books;
        else if (data.Length > 5 && BinaryPrimitives.ReadUInt16LittleEndian(data) == 0)
        {
            // A DDE service and its topic, a mark between them.
            var parts = Text(data[4..], BinaryPrimitives.ReadUInt16LittleEndian(data[2..]), out _).Split('\u0003', 2);
            if (parts.Length == 2 && DdeTarget.StartsProgram(parts[0], parts[1]))
                contents.Fact("office-dde", "link", $"{parts[0]}|{parts[1]}");
        }
        else if (data.Length > 5)
        {
            var path = Text(data[4..], BinaryPrimitives.ReadUInt16LittleEndian(data[2..]), out _).TrimStart('\u0001', '\u0005');
            if (RemoteTarget.KindOf(path) == RemoteKind.Web)
                contents.Link(path);
        }

        _books++;
    }

    private void Name(ReadOnlySpan<byte> data, List<(bool IsBuiltIn, string Name, byte[] Formula)> defined)
    {
        var isBuiltIn = (data[0] & 0x20) != 0;
        var name = Text(data[14..], data[3], out var length);
        if (isBuiltIn && name.Length > 0)
            name = name[0] switch
            {
                '\u0000' => "Consolidate_Area",
                '\u0001' => "Auto_Open",
                '\u0002' => "Auto_Close",
                '\u000A' => "Auto_Activate",
                '\u000B' => "Auto_Deactivate",
                _ => string.Create(CultureInfo.InvariantCulture, $"_xlnm.{(int)name[0]}"),
            };
        _names.AddName(name);
        var size = BinaryPrimitives.ReadUInt16LittleEndian(data[4..]);
        var formula = data[Math.Min(data.Length, 14 + length)..];
        defined.Add((isBuiltIn, name, formula[..Math.Min(size, formula.Length)].ToArray()));
    }

    private void Cell(int type, ReadOnlySpan<byte> data)
    {
        if (type == 0x0207 && _pending is { } waiting && data.Length > 3)
        {
            _pending = null;
            Put(waiting.Address, waiting.Formula, Text(data[2..], BinaryPrimitives.ReadUInt16LittleEndian(data), out _), isText: true);
            return;
        }

        if (data.Length < 6 || type is not (0x06 or 0xFD or 0x0204 or 0x0203 or 0x027E or 0x0205))
            return;
        Flush();
        var address = FormulaText.Address(BinaryPrimitives.ReadUInt16LittleEndian(data), BinaryPrimitives.ReadUInt16LittleEndian(data[2..]));
        switch (type)
        {
            case 0x06 when data.Length >= 22:
                var size = BinaryPrimitives.ReadUInt16LittleEndian(data[20..]);
                var formula = _formulas.Read(data[22..Math.Min(data.Length, 22 + size)]);
                if (data[12] == 0xFF && data[13] == 0xFF)
                    _pending = (address, formula);
                else
                    Put(address, formula, BinaryPrimitives.ReadDoubleLittleEndian(data[6..]).ToString("R", CultureInfo.InvariantCulture), isText: false);
                break;
            case 0xFD when data.Length >= 10 && BinaryPrimitives.ReadUInt32LittleEndian(data[6..]) is var index && index < _strings.Count:
                Put(address, "", _strings[(int)index], isText: true);
                break;
            case 0x0204 when data.Length > 8:
                var text = Text(data[8..], BinaryPrimitives.ReadUInt16LittleEndian(data[6..]), out _);
                if (_strings.Count < MaxStrings)
                    _strings.Add(text);
                Put(address, "", text, isText: true);
                break;
            case 0x0203 when data.Length >= 14:
                Put(address, "", BinaryPrimitives.ReadDoubleLittleEndian(data[6..]).ToString("R", CultureInfo.InvariantCulture), isText: false);
                break;
            case 0x027E when data.Length >= 10:
                Put(address, "", Rk(BinaryPrimitives.ReadInt32LittleEndian(data[6..])).ToString("R", CultureInfo.InvariantCulture), isText: false);
                break;
        }
    }

    // A formula whose text never came.
    private void Flush()
    {
        if (_pending is { } waiting)
            Put(waiting.Address, waiting.Formula, "", isText: true);
        _pending = null;
    }

    private void Put(string address, string formula, string value, bool isText)
    {
        if (_sheet < 0 || _sheet >= _names.Sheets.Count || _cells++ > MaxCells)
            return;
        var (sheet, _, isMacro) = _names.Sheets[_sheet];
        if (isMacro)
        {
            _macros.Cell(sheet, address, formula, value, isText);
            return;
        }

        _text.Put(sheet, address, value);
        if (hasMacros || _macros.Any)
            values.Add($"{sheet}!{address}", value);
        if (formula.Length > 0)
            Formulas.Tell(formula, $"{sheet}!{address}", contents);
    }

    internal static double Rk(int value)
    {
        var number = (value & 2) != 0 ? value >> 2 : BitConverter.Int64BitsToDouble((long)(value & ~3) << 32);
        return (value & 1) != 0 ? number / 100 : number;
    }

    // One octet of flags, then characters of one or two octets.
    private static string Text(ReadOnlySpan<byte> data, int count, out int length)
    {
        length = 0;
        if (data.IsEmpty)
            return "";
        var width = (data[0] & 1) + 1;
        var octets = data[1..Math.Min(data.Length, 1 + (count * width))];
        length = 1 + octets.Length;
        return width == 2 ? Encoding.Unicode.GetString(octets) : Encoding.Latin1.GetString(octets);
    }
}
