using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;

namespace Platform.Grains.Imports;

/// <summary>
/// A ZIP archive (PKWARE APPNOTE), read from its end: a closing record points to the central directory, one entry a member, each
/// pointing to a local header before its data, stored or deflated; sizes and offsets beyond 32 bits stand in an extra field
/// (ZIP64). The directory is walked entry by entry, so that a hostile archive of millions of members takes no memory.
/// Names serve only to choose members: nothing is ever written under them.
/// </summary>
internal static class ZipReader
{
    private const int ClosingSize = 22;
    private const int MaxComment = 65_535;
    private const int DirectoryEntrySize = 46;
    private const int LocalHeaderSize = 30;
    private const uint ClosingMark = 0x06054b50;
    private const uint Zip64LocatorMark = 0x07064b50;
    private const uint Zip64ClosingMark = 0x06064b50;
    private const uint DirectoryMark = 0x02014b50;
    private const uint LocalMark = 0x04034b50;

    /// <exception cref="ImportFormatException">Not a whole ZIP archive.</exception>
    public static async IAsyncEnumerable<ZipMember> ReadAsync(Stream archive, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (position, end) = await FindDirectoryAsync(archive, cancellationToken);
        while (position + DirectoryEntrySize <= end)
        {
            var fixedPart = await ReadAtAsync(archive, position, DirectoryEntrySize, cancellationToken);
            if (BinaryPrimitives.ReadUInt32LittleEndian(fixedPart) != DirectoryMark)
                yield break;
            int nameLength = Short(fixedPart, 28), extraLength = Short(fixedPart, 30), commentLength = Short(fixedPart, 32);
            var variable = await ReadAtAsync(archive, position + DirectoryEntrySize, nameLength + extraLength, cancellationToken);
            position += DirectoryEntrySize + nameLength + extraLength + commentLength;
            yield return Member(archive, fixedPart, variable, nameLength);
        }
    }

    private static ZipMember Member(Stream archive, byte[] entry, byte[] variable, int nameLength)
    {
        long packed = Int(entry, 20), unpacked = Int(entry, 24), offset = Int(entry, 42);
        var wide = Zip64Values(variable.AsSpan(nameLength));
        if (unpacked == uint.MaxValue)
            unpacked = Next();
        if (packed == uint.MaxValue)
            packed = Next();
        if (offset == uint.MaxValue)
            offset = Next();
        var isEncrypted = (Short(entry, 8) & 1) != 0;
        return new ZipMember(archive, Encoding.UTF8.GetString(variable, 0, nameLength), Short(entry, 10), packed, offset, isEncrypted);

        long Next() => wide.TryDequeue(out var value) ? value : throw new ImportFormatException("The ZIP archive's directory is broken.");
    }

    private static Queue<long> Zip64Values(ReadOnlySpan<byte> extra)
    {
        Queue<long> values = new();
        while (extra.Length >= 4)
        {
            int id = BinaryPrimitives.ReadUInt16LittleEndian(extra), length = BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]);
            if (length > extra.Length - 4)
                break;
            var field = extra.Slice(4, length);
            for (; id == 1 && field.Length >= 8; field = field[8..])
                values.Enqueue(BinaryPrimitives.ReadInt64LittleEndian(field));
            extra = extra[(4 + length)..];
        }
        return values;
    }

    private static async Task<(long Start, long End)> FindDirectoryAsync(Stream archive, CancellationToken cancellationToken)
    {
        var tailLength = (int)Math.Min(archive.Length, ClosingSize + MaxComment);
        var tailStart = archive.Length - tailLength;
        var tail = await ReadAtAsync(archive, tailStart, tailLength, cancellationToken);
        for (var i = tailLength - ClosingSize; i >= 0; i--)
        {
            if (Int(tail, i) != ClosingMark)
                continue;
            long size = Int(tail, i + 12), start = Int(tail, i + 16);
            if (size == uint.MaxValue || start == uint.MaxValue)
                (start, size) = await Zip64DirectoryAsync(archive, tailStart + i, cancellationToken);
            if (start < 0 || size < 0 || start > archive.Length - size)
                break;
            return (start, start + size);
        }
        throw new ImportFormatException("The file is not a whole ZIP archive.");
    }

    private static async Task<(long Start, long Size)> Zip64DirectoryAsync(Stream archive, long closing, CancellationToken cancellationToken)
    {
        const int locatorSize = 20;
        var locator = await ReadAtAsync(archive, closing - locatorSize, locatorSize, cancellationToken);
        if (Int(locator, 0) != Zip64LocatorMark)
            return (-1, -1);
        var record = await ReadAtAsync(archive, BinaryPrimitives.ReadInt64LittleEndian(locator.AsSpan(8)), 56, cancellationToken);
        return Int(record, 0) == Zip64ClosingMark
            ? (BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(48)), BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(40)))
            : (-1, -1);
    }

    internal static async Task<Stream?> OpenAsync(ZipMember member, CancellationToken cancellationToken)
    {
        var header = await ReadAtAsync(member.Archive, member.LocalHeader, LocalHeaderSize, cancellationToken);
        if (Int(header, 0) != LocalMark || member.IsEncrypted)
            return null;
        var data = new StreamSlice(member.Archive, member.LocalHeader + LocalHeaderSize + Short(header, 26) + Short(header, 28), member.PackedSize);
        return member.Method switch
        {
            0 => data,
            8 => new DeflateStream(data, CompressionMode.Decompress),
            _ => null,
        };
    }

    private static async Task<byte[]> ReadAtAsync(Stream archive, long position, int length, CancellationToken cancellationToken)
    {
        if (position < 0 || length < 0 || position > archive.Length - length)
            throw new ImportFormatException("The ZIP archive points outside of itself.");
        var bytes = new byte[length];
        archive.Position = position;
        await archive.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    private static int Short(byte[] bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));

    private static uint Int(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));
}

/// <summary>One member, opened only when wanted. The stream shares the archive's position: read one member at a time.</summary>
/// <param name="Name">Hostile; only its ending and folders are looked at.</param>
internal sealed record ZipMember(Stream Archive, string Name, int Method, long PackedSize, long LocalHeader, bool IsEncrypted)
{
    /// <returns>Null when it is encrypted or packed in a way that mail archives do not use.</returns>
    /// <exception cref="ImportFormatException">The archive points outside of itself.</exception>
    public Task<Stream?> OpenAsync(CancellationToken cancellationToken) => ZipReader.OpenAsync(this, cancellationToken);
}
