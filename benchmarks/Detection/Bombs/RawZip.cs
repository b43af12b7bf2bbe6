using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Platform.Benchmarks.Detection.Bombs;

/// <summary>ZIPs written header by header, so that they may lie (APPNOTE 4.3).</summary>
internal sealed class RawZip
{
    private readonly ArrayBufferWriter<byte> _data = new();
    private readonly ArrayBufferWriter<byte> _directory = new();
    private int _entries;

    public static byte[] Deflated(long zeros)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var block = new byte[1024 * 1024];
            for (var left = zeros; left > 0; left -= block.Length)
                deflate.Write(block, 0, (int)Math.Min(left, block.Length));
        }

        return packed.ToArray();
    }

    /// <returns>Where its local header stands.</returns>
    public int Add(string name, byte[] packed, int method, uint length = 0, int flags = 0)
    {
        var at = _data.WrittenCount;
        _data.Write(Header("PK\u0003\u0004"u8, 30, name, packed.Length, method, length, flags, 0, shift: 0));
        _data.Write(packed);
        List(name, packed.Length, method, at, length, flags);
        return at;
    }

    /// <summary>A member that says it stands where another does.</summary>
    public void List(string name, int packed, int method, int at, uint length = 0, int flags = 0)
    {
        _directory.Write(Header("PK\u0001\u0002"u8, 46, name, packed, method, length, flags, at, shift: 2));
        _entries++;
    }

    public byte[] ToArray()
    {
        var end = new byte[22];
        "PK\u0005\u0006"u8.CopyTo(end);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(8), (ushort)Math.Min(_entries, ushort.MaxValue));
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(10), (ushort)Math.Min(_entries, ushort.MaxValue));
        BinaryPrimitives.WriteInt32LittleEndian(end.AsSpan(12), _directory.WrittenCount);
        BinaryPrimitives.WriteInt32LittleEndian(end.AsSpan(16), _data.WrittenCount);
        return [.. _data.WrittenSpan, .. _directory.WrittenSpan, .. end];
    }

    private static byte[] Header(ReadOnlySpan<byte> signature, int length, string name, int packed, int method, uint unpacked, int flags, int at, int shift)
    {
        var nameOctets = Encoding.UTF8.GetBytes(name);
        var header = new byte[length + nameOctets.Length];
        signature.CopyTo(header);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(4 + shift), 20);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(6 + shift), (ushort)flags);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8 + shift), (ushort)method);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(18 + shift), packed);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(22 + shift), unpacked);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(26 + shift), (ushort)nameOctets.Length);
        if (shift > 0)
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(42), at);
        nameOctets.CopyTo(header, length);
        return header;
    }
}
