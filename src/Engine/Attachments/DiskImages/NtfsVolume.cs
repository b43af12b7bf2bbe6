using System.Buffers.Binary;
using System.Text;

namespace Platform.Engine.Attachments.DiskImages;

/// <summary>
/// NTFS, as Windows formats a virtual disk: every file is a record of the master file table, itself its first file. A record holds
/// attributes: names (30) with the record of the folder, data (80) inside it or in runs of clusters told by differences. Described by
/// the Linux-NTFS project's documentation; compressed and encrypted data is told, not read.
/// </summary>
internal sealed class NtfsVolume(DiskPart volume, OpenedImage image)
{
    private const int MostRecords = 20_000, FirstUserRecord = 16, DeepestFolder = 32;
    private const int FileName = 0x30, Data = 0x80;

    private long _cluster;
    private int _record;

    public void Read()
    {
        var boot = volume.Read(0, 512).Span;
        _cluster = (long)BinaryPrimitives.ReadUInt16LittleEndian(boot[11..]) * boot[13];
        var size = (sbyte)boot[64];
        _record = size < 0 ? 1 << Math.Min(-size, 16) : (int)Math.Min(size * _cluster, 65_536);
        var table = BinaryPrimitives.ReadInt64LittleEndian(boot[48..]) * _cluster;
        if (_cluster is <= 0 or > 2 * 1024 * 1024 || _record is < 512 or > 65_536 || Record(volume.Read(table, _record)) is not { } first)
        {
            image.Damaged("no file table");
            return;
        }

        var records = Attributes(first).FirstOrDefault(attribute => attribute.Kind == Data && attribute.Name.Length == 0);
        if (records is null)
        {
            image.Damaged("no file table");
            return;
        }

        Files(Content(records, (long)MostRecords * _record));
    }

    private void Files(ReadOnlyMemory<byte> table)
    {
        Dictionary<long, (string Name, long Folder)> names = [];
        List<(long Number, NtfsAttribute Data)> files = [];
        for (var number = 0; number < MostRecords && (number + 1) * (long)_record <= table.Length; number++)
        {
            const int inUse = 1, folder = 2;
            if (Record(table.Slice(number * _record, _record)) is not { } record || (record[22] & inUse) == 0)
                continue;
            foreach (var attribute in Attributes(record))
            {
                if (attribute.Kind == FileName && attribute.Inside.Length >= 68)
                    Named(names, number, attribute.Inside.Span);
                else if (attribute.Kind == Data && number >= FirstUserRecord && (record[22] & folder) == 0)
                    files.Add((number, attribute));
            }
        }

        foreach (var (number, data) in files)
        {
            if (!names.TryGetValue(number, out var name) || name.Name.StartsWith('$'))
                continue;
            var path = PathOf(names, number) + (data.Name.Length > 0 ? $":{data.Name}" : "");
            if (data.IsPacked)
                image.Unread(path, "compressed or encrypted by NTFS");
            if (!image.File(path, data.Length, () => data.IsPacked ? ReadOnlyMemory<byte>.Empty : Content(data, data.Length)))
                return;
        }
    }

    // Short names (space 2) only where there is no other.
    private static void Named(Dictionary<long, (string Name, long Folder)> names, long number, ReadOnlySpan<byte> attribute)
    {
        const int shortSpace = 2;
        int length = attribute[64], space = attribute[65];
        if (66 + (length * 2) > attribute.Length || (space == shortSpace && names.ContainsKey(number)))
            return;
        names[number] = (Encoding.Unicode.GetString(attribute.Slice(66, length * 2)).Replace('/', '_'), BinaryPrimitives.ReadInt64LittleEndian(attribute) & 0xFFFFFFFFFFFF);
    }

    private static string PathOf(Dictionary<long, (string Name, long Folder)> names, long number)
    {
        const int root = 5;
        var path = "";
        for (var depth = 0; depth < DeepestFolder && number != root && names.TryGetValue(number, out var name); depth++)
            (path, number) = ($"/{name.Name}{path}", name.Folder);
        return path;
    }

    /// <summary>A copy of the record with the ends of its sectors put right; null when it is none.</summary>
    private static byte[]? Record(ReadOnlyMemory<byte> stored)
    {
        if (stored.Length < 512 || !stored.Span.StartsWith("FILE"u8))
            return null;
        var record = stored.ToArray();
        int fixes = BinaryPrimitives.ReadUInt16LittleEndian(record.AsSpan(4)), count = BinaryPrimitives.ReadUInt16LittleEndian(record.AsSpan(6));
        for (var index = 1; index < count; index++)
        {
            int from = fixes + (index * 2), to = (index * 512) - 2;
            if (from + 2 > record.Length || to + 2 > record.Length)
                break;
            (record[to], record[to + 1]) = (record[from], record[from + 1]);
        }

        return record;
    }

    private static List<NtfsAttribute> Attributes(byte[] record)
    {
        List<NtfsAttribute> attributes = [];
        int at = BinaryPrimitives.ReadUInt16LittleEndian(record.AsSpan(20));
        while (at + 24 <= record.Length)
        {
            var rest = record.AsMemory(at);
            var kind = BinaryPrimitives.ReadUInt32LittleEndian(rest.Span);
            var length = BinaryPrimitives.ReadUInt32LittleEndian(rest.Span[4..]);
            if (kind == uint.MaxValue || length < 24 || length > rest.Length)
                break;
            if (NtfsAttribute.Of(rest[..(int)length]) is { } attribute)
                attributes.Add(attribute);
            at += (int)length;
        }

        return attributes;
    }

    private ReadOnlyMemory<byte> Content(NtfsAttribute data, long most)
    {
        if (data.Runs.IsEmpty)
            return data.Inside;
        var whole = new byte[image.Grant(Math.Min(Math.Min(data.Length, most), volume.Length))];
        long done = 0, cluster = 0;
        var runs = data.Runs.Span;
        for (var at = 0; at < runs.Length && runs[at] != 0 && done < whole.Length;)
        {
            int lengthOctets = runs[at] & 15, offsetOctets = runs[at] >> 4;
            if (lengthOctets is 0 or > 8 || offsetOctets > 8 || at + 1 + lengthOctets + offsetOctets > runs.Length)
                break;
            var count = Signed(runs.Slice(at + 1, lengthOctets));
            cluster += Signed(runs.Slice(at + 1 + lengthOctets, offsetOctets));
            at += 1 + lengthOctets + offsetOctets;
            if (count <= 0 || count > volume.Length / _cluster + 1 || cluster < 0 || cluster > volume.Length / _cluster)
                break;
            var piece = (int)Math.Min(count * _cluster, whole.Length - done);
            if (offsetOctets > 0)
                volume.Read(cluster * _cluster, piece).CopyTo(whole.AsMemory((int)done));
            done += piece;
        }

        return whole;
    }

    private static long Signed(ReadOnlySpan<byte> octets)
    {
        if (octets.IsEmpty)
            return 0;
        long value = (sbyte)octets[^1];
        for (var index = octets.Length - 2; index >= 0; index--)
            value = (value << 8) | octets[index];
        return value;
    }
}

/// <param name="Inside">Content of an attribute that stands in the record.</param>
/// <param name="Runs">Where the content stands otherwise.</param>
/// <param name="IsPacked">Compressed or encrypted.</param>
internal sealed record NtfsAttribute(uint Kind, string Name, ReadOnlyMemory<byte> Inside, ReadOnlyMemory<byte> Runs, long Length, bool IsPacked)
{
    private const int CompressedFlag = 1, EncryptedFlag = 0x4000;

    /// <summary>Null when it reaches outside of itself.</summary>
    public static NtfsAttribute? Of(ReadOnlyMemory<byte> octets)
    {
        var span = octets.Span;
        var kind = BinaryPrimitives.ReadUInt32LittleEndian(span);
        int nameLength = span[9], nameAt = BinaryPrimitives.ReadUInt16LittleEndian(span[10..]), flags = BinaryPrimitives.ReadUInt16LittleEndian(span[12..]);
        var name = nameLength > 0 && nameAt + (nameLength * 2) <= span.Length ? Encoding.Unicode.GetString(span.Slice(nameAt, nameLength * 2)) : "";
        if (span[8] == 0)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(span[16..]);
            int at = BinaryPrimitives.ReadUInt16LittleEndian(span[20..]);
            return at + (long)length <= span.Length ? new NtfsAttribute(kind, name, octets.Slice(at, (int)length), ReadOnlyMemory<byte>.Empty, length, false) : null;
        }

        if (span.Length < 64)
            return null;
        int runs = BinaryPrimitives.ReadUInt16LittleEndian(span[32..]);
        var size = BinaryPrimitives.ReadInt64LittleEndian(span[48..]);
        return runs < span.Length && size >= 0 ? new NtfsAttribute(kind, name, ReadOnlyMemory<byte>.Empty, octets[runs..], size, (flags & (CompressedFlag | EncryptedFlag)) != 0) : null;
    }
}
