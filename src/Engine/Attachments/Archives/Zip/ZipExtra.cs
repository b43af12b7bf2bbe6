using System.Buffers.Binary;
using System.Text;

namespace Platform.Engine.Attachments.Archives.Zip;

/// <summary>Extra fields of a header (APPNOTE 4.5): 0001 wide sizes, 7075 name in Unicode, 9901 AES (WinZip, "AES Encryption Information").</summary>
internal readonly ref struct ZipExtra(ReadOnlySpan<byte> fields)
{
    private readonly ReadOnlySpan<byte> _fields = fields;

    public string? UnicodeName => Find(0x7075) is { Length: > 5 } found && found[0] == 1 ? Encoding.UTF8.GetString(found[5..]) : null;

    public (int Strength, int Method) Aes => Find(0x9901) is { Length: >= 7 } found ? (found[4], BinaryPrimitives.ReadUInt16LittleEndian(found[5..])) : default;

    /// <summary>Takes what does not fit 32 bits from the field for it, where it has it: unpacked, packed, offset, in this order.</summary>
    public void Widen(uint unpacked, ref long packed, ref long offset)
    {
        var field = Find(0x0001);
        if (unpacked == uint.MaxValue && field.Length >= 8)
            field = field[8..];
        Take(ref packed, ref field);
        Take(ref offset, ref field);
    }

    private static void Take(ref long value, ref ReadOnlySpan<byte> field)
    {
        if (value != uint.MaxValue || field.Length < 8)
            return;
        value = BinaryPrimitives.ReadInt64LittleEndian(field);
        field = field[8..];
    }

    private ReadOnlySpan<byte> Find(int id)
    {
        for (var rest = _fields; rest.Length >= 4;)
        {
            var length = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(rest[2..]), rest.Length - 4);
            if (BinaryPrimitives.ReadUInt16LittleEndian(rest) == id)
                return rest.Slice(4, length);
            rest = rest[(4 + length)..];
        }

        return default;
    }
}
