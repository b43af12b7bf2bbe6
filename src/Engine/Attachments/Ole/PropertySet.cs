using System.Buffers.Binary;
using System.Text;
using Platform.Engine.Attachments.Office;
using Platform.Engine.Behaviour;

namespace Platform.Engine.Attachments.Ole;

/// <summary>
/// Document properties ([MS-OLEPS] 2.21): a header names sets and where they lie; a set is a table of property ids and offsets, at
/// each a type and a value. Only strings are read.
/// </summary>
internal static class PropertySet
{
    private const int MaxProperties = 200;
    private const int Ansi = 0x1E;
    private const int Wide = 0x1F;
    private const int DictionaryId = 0;
    private const int CodePageId = 1;

    private static readonly (int Id, string Name)[] Summary =
    [
        (2, "Title"), (3, "Subject"), (4, "Author"), (5, "Keywords"), (6, "Comments"), (7, "Template"), (8, "Last author"), (18, "Application name"),
    ];

    private static readonly (int Id, string Name)[] DocumentSummary = [(2, "Category"), (14, "Manager"), (15, "Company"), (26, "Content type"), (27, "Content status")];

    public static void Collect(CompoundFile file, DocumentValues values)
    {
        Read(file.Read("\u0005SummaryInformation", 256 * 1024).Span, Summary, values);
        Read(file.Read("\u0005DocumentSummaryInformation", 256 * 1024).Span, DocumentSummary, values);
    }

    internal static void Read(ReadOnlySpan<byte> stream, IReadOnlyList<(int Id, string Name)> known, DocumentValues values)
    {
        if (stream.Length < 48)
            return;
        var sets = Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(stream[24..]), 2);
        for (var index = 0; index < sets && 28 + ((index + 1) * 20) <= stream.Length; index++)
        {
            var offset = BinaryPrimitives.ReadUInt32LittleEndian(stream[(28 + (index * 20) + 16)..]);
            if (offset + 8L <= stream.Length)
                ReadSet(stream[(int)offset..], index == 0 ? known : [], values);
        }
    }

    private static void ReadSet(ReadOnlySpan<byte> set, IReadOnlyList<(int Id, string Name)> known, DocumentValues values)
    {
        var count = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(set[4..]), MaxProperties);
        var encoding = CodePages.Western;
        Dictionary<int, string> custom = [];
        for (var index = 0; index < count && 8 + ((index + 1) * 8) <= set.Length; index++)
        {
            var id = BinaryPrimitives.ReadInt32LittleEndian(set[(8 + (index * 8))..]);
            var offset = BinaryPrimitives.ReadUInt32LittleEndian(set[(12 + (index * 8))..]);
            if (offset + 8L > set.Length)
                continue;
            var value = set[(int)offset..];
            if (id == CodePageId)
                encoding = CodePages.Get(BinaryPrimitives.ReadUInt16LittleEndian(value[4..]));
            else if (id == DictionaryId && known.Count == 0)
                custom = Names(value, encoding);
            else if (StringOf(value, encoding) is { Length: > 0 } text)
                values.Add(NameOf(id, known, custom), text);
        }
    }

    private static string NameOf(int id, IReadOnlyList<(int Id, string Name)> known, Dictionary<int, string> custom)
    {
        foreach (var (knownId, name) in known)
            if (knownId == id)
                return $"Property.{name}";
        return custom.TryGetValue(id, out var given) ? $"CustomProperty.{given}" : $"Property.{id}";
    }

    private static string? StringOf(ReadOnlySpan<byte> value, Encoding encoding)
    {
        var type = BinaryPrimitives.ReadUInt16LittleEndian(value);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(value[4..]);
        if (type == Ansi && length <= value.Length - 8)
            return encoding.GetString(value.Slice(8, (int)length)).TrimEnd('\0');
        return type == Wide && length * 2L <= value.Length - 8 ? Encoding.Unicode.GetString(value.Slice(8, (int)length * 2)).TrimEnd('\0') : null;
    }

    private static Dictionary<int, string> Names(ReadOnlySpan<byte> dictionary, Encoding encoding)
    {
        Dictionary<int, string> names = [];
        var count = Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(dictionary), MaxProperties);
        var position = 4;
        for (var index = 0; index < count && position + 8 <= dictionary.Length; index++)
        {
            var id = BinaryPrimitives.ReadInt32LittleEndian(dictionary[position..]);
            var characters = BinaryPrimitives.ReadUInt32LittleEndian(dictionary[(position + 4)..]);
            var octets = encoding == Encoding.Unicode ? ((characters * 2L) + 3) & ~3L : characters;
            position += 8;
            if (octets > dictionary.Length - position)
                break;
            names[id] = encoding.GetString(dictionary.Slice(position, (int)octets)).TrimEnd('\0');
            position += (int)octets;
        }

        return names;
    }
}
