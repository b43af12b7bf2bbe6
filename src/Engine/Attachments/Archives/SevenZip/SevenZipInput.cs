using System.Buffers.Binary;
using System.Text;

namespace Platform.Engine.Attachments.Archives.SevenZip;

/// <summary>Numbers, bits and names as a 7z header holds them.</summary>
/// <exception cref="InvalidDataException">Its methods throw it where the header ends early or says what cannot be.</exception>
internal sealed class SevenZipInput(ReadOnlyMemory<byte> octets)
{
    private int _at;

    public byte Octet() => _at < octets.Length ? octets.Span[_at++] : throw new InvalidDataException();

    /// <summary>A number whose first octet tells by its high bits how many follow.</summary>
    public long Number()
    {
        int first = Octet(), mask = 0x80;
        ulong value = 0;
        for (var index = 0; index < 8; index++, mask >>= 1)
        {
            if ((first & mask) == 0)
            {
                value |= (ulong)(first & (mask - 1)) << (8 * index);
                break;
            }

            value |= (ulong)Octet() << (8 * index);
        }

        return value <= long.MaxValue ? (long)value : throw new InvalidDataException();
    }

    public int Count(int most) => Number() is var number && number <= most ? (int)number : throw new InvalidDataException();

    public void Skip(long length) => Take(length);

    public ReadOnlyMemory<byte> Take(long length)
    {
        if (length > octets.Length - _at)
            throw new InvalidDataException();
        var taken = octets.Slice(_at, (int)length);
        _at += (int)length;
        return taken;
    }

    public bool[] Bits(int count)
    {
        var bits = new bool[count];
        int octet = 0, mask = 0;
        for (var index = 0; index < count; index++, mask >>= 1)
        {
            if (mask == 0)
                (octet, mask) = (Octet(), 0x80);
            bits[index] = (octet & mask) != 0;
        }

        return bits;
    }

    public List<uint?> Digests(int count)
    {
        var has = Octet() != 0 ? Enumerable.Repeat(true, count).ToArray() : Bits(count);
        return [.. has.Select(known => known ? BinaryPrimitives.ReadUInt32LittleEndian(Take(4).Span) : (uint?)null)];
    }

    public string[] Names(int count)
    {
        var names = new string[count];
        for (var index = 0; index < count; index++)
        {
            var rest = octets.Span[_at..];
            var length = 0;
            while (length + 1 < rest.Length && (rest[length] | rest[length + 1]) != 0)
                length += 2;
            if (length + 1 >= rest.Length)
                throw new InvalidDataException();
            names[index] = Encoding.Unicode.GetString(rest[..length]);
            _at += length + 2;
        }

        return names;
    }
}
