using System.Text;

namespace Platform.Benchmarks.Detection.Samples.Office.Writers;

/// <summary>Writes workbooks whose parts are records ([MS-XLSB]): sheets and macro sheets, each cell a text or a formula of tokens.</summary>
internal sealed class Biff12Writer
{
    private readonly List<(string Name, int Hidden, bool Macro, MemoryStream Cells)> _sheets = [];
    private readonly List<byte> _names = [];

    public Biff12Writer Sheet(string name, bool macro = false, int hidden = 0)
    {
        _sheets.Add((name, hidden, macro, new MemoryStream()));
        return this;
    }

    public Biff12Writer Text(int row, int column, string text) => Cell(row, column, 6, Wide(text));

    public Biff12Writer Formula(int row, int column, byte[] tokens) => Cell(row, column, 9, [.. new byte[8], 0, 0, .. Number(tokens.Length), .. tokens, 0, 0, 0, 0]);

    /// <summary>A name for a cell of the sheet with this number, from 0 on.</summary>
    public Biff12Writer Name(string name, int sheet, int row, int column)
    {
        byte[] tokens = [0x3A, (byte)sheet, 0, .. Number(row), (byte)column, 0];
        using var record = new MemoryStream();
        Record(record, 39, [0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, .. Wide(name), .. Number(tokens.Length), .. tokens, 0, 0, 0, 0]);
        _names.AddRange(record.ToArray());
        return this;
    }

    public byte[] ToArray()
    {
        var package = new OoxmlWriter { MainPart = "xl/workbook.bin" };
        var workbook = new MemoryStream();
        Record(workbook, 131, []);
        for (var index = 0; index < _sheets.Count; index++)
        {
            var (name, hidden, macro, cells) = _sheets[index];
            Record(workbook, 156, [.. Number(hidden), .. Number(index + 1), .. Wide($"rId{index + 1}"), .. Wide(name)]);
            var target = macro ? $"macrosheets/sheet{index + 1}.bin" : $"worksheets/sheet{index + 1}.bin";
            package.Relation("xl/workbook.bin", macro ? "http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet" : "worksheet", target, external: false, $"rId{index + 1}");
            package.Part("xl/" + target, cells.ToArray());
        }

        Record(workbook, 362, [.. Number(_sheets.Count), .. Enumerable.Range(0, _sheets.Count).SelectMany(sheet => (byte[])[0, 0, 0, 0, .. Number(sheet), .. Number(sheet)])]);
        workbook.Write([.. _names]);
        return package.Part("xl/workbook.bin", workbook.ToArray()).ToArray();
    }

    public static byte[] TextToken(string text) => [0x17, (byte)text.Length, (byte)(text.Length >> 8), .. Encoding.Unicode.GetBytes(text)];

    private Biff12Writer Cell(int row, int column, int type, byte[] value)
    {
        var cells = _sheets[^1].Cells;
        Record(cells, 0, [.. Number(row), .. new byte[13]]);
        Record(cells, type, [.. Number(column), 0, 0, 0, 0, .. value]);
        return this;
    }

    private static void Record(MemoryStream stream, int type, ReadOnlySpan<byte> data)
    {
        if (type < 0x80)
            stream.WriteByte((byte)type);
        else
            stream.Write([(byte)(type | 0x80), (byte)(type >> 7)]);
        var length = data.Length;
        for (; length >= 0x80; length >>= 7)
            stream.WriteByte((byte)(length | 0x80));
        stream.WriteByte((byte)length);
        stream.Write(data);
    }

    private static byte[] Wide(string text) => [.. Number(text.Length), .. Encoding.Unicode.GetBytes(text)];

    private static byte[] Number(int value) => BitConverter.GetBytes(value);
}
