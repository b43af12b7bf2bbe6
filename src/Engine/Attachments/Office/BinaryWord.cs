using System.Buffers.Binary;
using System.Text;
using Platform.Engine.Attachments.Ole;
using Platform.Engine.Behaviour;

namespace Platform.Engine.Attachments.Office;

/// <summary>
/// The text of a document of Word 97 to 2003 ([MS-DOC] 2.4.1): the file information block tells which table stream holds the piece
/// table (2.8.35), and each piece where its characters lie. Fields stand in the text between characters 19, 20 and 21. Document
/// variables are two lists in the table stream (2.9.305).
/// </summary>
internal static class BinaryWord
{
    private const int MaxStream = 16 * 1024 * 1024;
    private const int MaxText = 2_000_000;
    private const int MaxVariables = 500;
    private const int PiecesAt = 0x01A2;
    private const int VariablesAt = 0x027A;

    public static void Read(CompoundFile file, FileContents contents, DocumentValues values)
    {
        var document = file.Read("WordDocument", MaxStream).Span;
        if (document.Length < VariablesAt + 8 || BinaryPrimitives.ReadUInt16LittleEndian(document) != 0xA5EC)
            return;
        var flags = BinaryPrimitives.ReadUInt16LittleEndian(document[10..]);
        if ((flags & 0x0100) != 0)
        {
            contents.MarkEncrypted();
            return;
        }

        var table = file.Read((flags & 0x0200) != 0 ? "1Table" : "0Table", MaxStream).Span;
        var text = Text(document, Slice(table, document, PiecesAt));
        if (text.Length >= MaxText)
            contents.MarkTextCut();
        ReadFields(text, contents);
        ReadVariables(Slice(table, document, VariablesAt), values);
    }

    private static ReadOnlySpan<byte> Slice(ReadOnlySpan<byte> table, ReadOnlySpan<byte> document, int at)
    {
        var offset = BinaryPrimitives.ReadUInt32LittleEndian(document[at..]);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(document[(at + 4)..]);
        return offset >= table.Length ? default : table.Slice((int)offset, (int)Math.Min(length, (uint)(table.Length - (int)offset)));
    }

    private static string Text(ReadOnlySpan<byte> document, ReadOnlySpan<byte> pieces)
    {
        while (pieces.Length > 3 && pieces[0] == 1)
            pieces = pieces[Math.Min(pieces.Length, 3 + BinaryPrimitives.ReadUInt16LittleEndian(pieces[1..]))..];
        if (pieces.Length < 5 || pieces[0] != 2)
            return "";
        var plc = pieces[5..];
        var count = (plc.Length - 4) / 12;
        var text = new StringBuilder();
        for (var index = 0; index < count && text.Length < MaxText; index++)
        {
            var from = BinaryPrimitives.ReadInt32LittleEndian(plc[(4 * index)..]);
            var characters = BinaryPrimitives.ReadInt32LittleEndian(plc[(4 * (index + 1))..]) - (long)from;
            var place = BinaryPrimitives.ReadUInt32LittleEndian(plc[((4 * (count + 1)) + (8 * index) + 2)..]);
            var narrow = (place & 0x40000000) != 0;
            var start = (long)(place & 0x3FFFFFFF) / (narrow ? 2 : 1);
            if (characters <= 0 || start >= document.Length)
                continue;
            var octets = document.Slice((int)start, (int)Math.Min(Math.Min(characters, MaxText) * (narrow ? 1 : 2), document.Length - start));
            text.Append(narrow ? CodePages.Western.GetString(octets) : Encoding.Unicode.GetString(octets));
        }

        return text.ToString();
    }

    private static void ReadFields(string text, FileContents contents)
    {
        var fields = new FieldCodes(contents);
        var shown = new StringBuilder();
        // Instructions end where the field's result begins; the field itself ends later.
        var inResult = new Stack<bool>();
        foreach (var c in text)
        {
            switch (c)
            {
                case '\u0013':
                    fields.Begin();
                    inResult.Push(false);
                    break;
                case '\u0014' when inResult.TryPop(out _):
                    inResult.Push(true);
                    break;
                case '\u0015':
                    fields.End("field");
                    inResult.TryPop(out _);
                    break;
                default:
                    if (inResult.TryPeek(out var result) && !result)
                        fields.Append(c.ToString());
                    else if (c is '\r' or '\n' or '\t' or '\u000B' or '\u0007' || !char.IsControl(c))
                        shown.Append(c is '\u000B' or '\u0007' or '\r' ? '\n' : c);
                    break;
            }
        }

        contents.Text(shown.ToString().Trim());
    }

    private static void ReadVariables(ReadOnlySpan<byte> data, DocumentValues values)
    {
        if (data.Length < 6 || BinaryPrimitives.ReadUInt16LittleEndian(data) != 0xFFFF)
            return;
        var count = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(data[2..]), (ushort)MaxVariables);
        var extra = BinaryPrimitives.ReadUInt16LittleEndian(data[4..]);
        var at = 6;
        List<string> names = [];
        for (var index = 0; index < count && Counted(data, ref at) is { } name; index++)
        {
            names.Add(name);
            at += extra;
        }

        foreach (var name in names)
        {
            if (Counted(data, ref at) is not { } value)
                return;
            values.Add($"Variable.{name}", value);
            at += 2;
        }
    }

    private static string? Counted(ReadOnlySpan<byte> data, ref int at)
    {
        if (at < 0 || at + 2 > data.Length)
            return null;
        var length = 2 * BinaryPrimitives.ReadUInt16LittleEndian(data[at..]);
        if (at + 2 + length > data.Length)
            return null;
        var text = Encoding.Unicode.GetString(data.Slice(at + 2, length));
        at += 2 + length;
        return text;
    }
}
