using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Platform.Benchmarks.Detection.Samples.Containers.Writers;

/// <summary>Archives in the plainest form of their formats: tar, gzip, RAR 5 stored, cabinet, LHA stored.</summary>
internal static class OtherArchives
{
    private const int CabinetBlock = 32_768;

    public static byte[] Tar(IReadOnlyList<SampleFile> files)
    {
        using var stream = new MemoryStream();
        using (var tar = new System.Formats.Tar.TarWriter(stream, leaveOpen: true))
            foreach (var file in files)
                tar.WriteEntry(new System.Formats.Tar.PaxTarEntry(System.Formats.Tar.TarEntryType.RegularFile, file.Name) { DataStream = new MemoryStream(file.Content.ToArray()), ModificationTime = SampleClock.Now });
        return stream.ToArray();
    }

    public static byte[] GZip(ReadOnlySpan<byte> content)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(content);
        return stream.ToArray();
    }

    /// <summary>RAR 5.0 archive format: signature, main header, a file header before each stored file, end.</summary>
    public static byte[] Rar(IReadOnlyList<SampleFile> files)
    {
        List<byte> rar = [.. "Rar!\u001A\u0007\u0001\0"u8, .. RarBlock([1, 0, 0])];
        foreach (var file in files)
        {
            var name = Encoding.UTF8.GetBytes(file.Name);
            var sum = new byte[4];
            BinaryPrimitives.WriteUInt32LittleEndian(sum, ZipWriter.Sum(file.Content.Span));
            rar.AddRange(RarBlock([2, 2, .. RarNumber(file.Content.Length), 4, .. RarNumber(file.Content.Length), 0x20, .. sum, 0, 0, .. RarNumber(name.Length), .. name]));
            rar.AddRange(file.Content.Span);
        }

        rar.AddRange(RarBlock([5, 0, 0]));
        return [.. rar];
    }

    /// <summary>[MS-CAB] with MSZIP blocks, or stored ones.</summary>
    public static byte[] Cabinet(IReadOnlyList<SampleFile> files, bool stored)
    {
        byte[] content = [.. files.SelectMany(file => file.Content.ToArray())];
        using var list = new MemoryStream();
        var offset = 0;
        foreach (var file in files)
        {
            var entry = new byte[16];
            BinaryPrimitives.WriteInt32LittleEndian(entry, file.Content.Length);
            BinaryPrimitives.WriteInt32LittleEndian(entry.AsSpan(4), offset);
            BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(14), 0xA0);
            list.Write(entry);
            list.Write(Encoding.UTF8.GetBytes($"{file.Name.Replace('/', '\\')}\0"));
            offset += file.Content.Length;
        }

        using var data = new MemoryStream();
        var blocks = 0;
        foreach (var block in content.Chunk(CabinetBlock))
        {
            byte[] packed = stored ? block : [(byte)'C', (byte)'K', .. Deflate(block)];
            var head = new byte[8];
            BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(4), (ushort)packed.Length);
            BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(6), (ushort)block.Length);
            data.Write(head);
            data.Write(packed);
            blocks++;
        }

        var header = new byte[44];
        "MSCF"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), 44 + (int)list.Length + (int)data.Length);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(16), 44);
        (header[24], header[25], header[26], header[28]) = (3, 1, 1, (byte)files.Count);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(36), 44 + (int)list.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(40), (ushort)blocks);
        header[42] = (byte)(stored ? 0 : 1);
        return [.. header, .. list.ToArray(), .. data.ToArray()];
    }

    /// <summary>LHA, header level 0, method -lh0-.</summary>
    public static byte[] Lha(IReadOnlyList<SampleFile> files)
    {
        List<byte> lha = [];
        foreach (var file in files)
        {
            var name = Encoding.UTF8.GetBytes(file.Name);
            var header = new byte[24 + name.Length];
            header[0] = (byte)(header.Length - 2);
            "-lh0-"u8.CopyTo(header.AsSpan(2));
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(7), file.Content.Length);
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(11), file.Content.Length);
            (header[19], header[21]) = (0x20, (byte)name.Length);
            name.CopyTo(header, 22);
            header[1] = (byte)header.Skip(2).Sum(octet => octet);
            lha.AddRange(header);
            lha.AddRange(file.Content.Span);
        }

        return [.. lha, 0];
    }

    private static byte[] Deflate(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            deflate.Write(content);
        return packed.ToArray();
    }

    private static byte[] RarBlock(byte[] body)
    {
        byte[] block = [.. RarNumber(body.Length), .. body];
        var sum = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(sum, ZipWriter.Sum(block));
        return [.. sum, .. block];
    }

    private static byte[] RarNumber(long value)
    {
        List<byte> number = [];
        for (; value >= 0x80; value >>= 7)
            number.Add((byte)(value | 0x80));
        return [.. number, (byte)value];
    }
}
