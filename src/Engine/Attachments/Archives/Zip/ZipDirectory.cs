using System.Buffers.Binary;
using System.Text;
using Platform.Engine.Mail.Content;

namespace Platform.Engine.Attachments.Archives.Zip;

/// <summary>
/// The members of a ZIP (PKWARE APPNOTE 6.3.10, 4.3): a local header and the data of each, then the central directory, then its
/// end record, found from the end of the file, so that anything may stand before. Programs differ in which they believe:
/// most read the directory alone, some go by local headers, some take the first of two archives in one file. So all are read.
/// </summary>
internal static class ZipDirectory
{
    private const int EndLength = 22, CentralLength = 46, LocalLength = 30;
    private const int Utf8Flag = 0x800, DescriptorFlag = 8;
    private const uint InZip64 = uint.MaxValue;

    public static List<ZipEntry> Read(ReadOnlyMemory<byte> content, out bool hasDirectory)
    {
        List<ZipEntry> entries = [];
        hasDirectory = Central(content, entries);
        Unlisted(content, entries);
        return entries;
    }

    private static bool Central(ReadOnlyMemory<byte> content, List<ZipEntry> entries)
    {
        var span = content.Span;
        var tail = Math.Max(0, span.Length - EndLength - ushort.MaxValue);
        for (var end = span.Length; end > tail;)
        {
            end = tail + span[tail..end].LastIndexOf("PK\u0005\u0006"u8);
            if (end < tail)
                return false;
            if (end + EndLength > span.Length)
                continue;
            long size = U32(span, end + 12), offset = U32(span, end + 16), stop = end;
            if ((size == InZip64 || offset == InZip64) && end >= 76 && span[(end - 20)..].StartsWith("PK\u0006\u0007"u8) && span[(end - 76)..].StartsWith("PK\u0006\u0006"u8))
            {
                stop = end - 76;
                size = BinaryPrimitives.ReadInt64LittleEndian(span[(end - 76 + 40)..]);
                offset = BinaryPrimitives.ReadInt64LittleEndian(span[(end - 76 + 48)..]);
            }

            if (size < 0 || size > stop || offset < 0 || offset > span.Length)
                continue;
            // What the offsets lack is what was put before the archive.
            var start = stop - size - offset;
            if (size > 0 && !span[(int)(stop - size)..].StartsWith("PK\u0001\u0002"u8))
                continue;
            Entries(content, (int)(stop - size), (int)stop, start, entries);
            return true;
        }

        return false;
    }

    private static void Entries(ReadOnlyMemory<byte> content, int at, int stop, long start, List<ZipEntry> entries)
    {
        var span = content.Span;
        while (entries.Count < Unpacking.MostNames && at + CentralLength <= stop && span[at..].StartsWith("PK\u0001\u0002"u8))
        {
            int nameLength = U16(span, at + 28), extraLength = U16(span, at + 30), commentLength = U16(span, at + 32), flags = U16(span, at + 8);
            var nameBytes = span[Math.Min(span.Length, at + CentralLength)..Math.Min(span.Length, at + CentralLength + nameLength)];
            var extra = new ZipExtra(span[Math.Min(span.Length, at + CentralLength + nameLength)..Math.Min(span.Length, at + CentralLength + nameLength + extraLength)]);
            long packed = U32(span, at + 20), local = U32(span, at + 42);
            extra.Widen(U32(span, at + 24), ref packed, ref local);
            local += start;
            var name = NameOf(nameBytes, flags, extra);
            var entry = new ZipEntry(name, U16(span, at + 10), flags, U32(span, at + 16), U16(span, at + 12), (int)Math.Clamp(local, 0, span.Length), ReadOnlyMemory<byte>.Empty, Listed: true) { Aes = extra.Aes, Unpacked = U32(span, at + 24) };
            entries.Add(WithData(content, entry, nameBytes, packed));
            at += CentralLength + nameLength + extraLength + commentLength;
        }
    }

    private static ZipEntry WithData(ReadOnlyMemory<byte> content, ZipEntry entry, ReadOnlySpan<byte> nameBytes, long packed)
    {
        var span = content.Span;
        var at = entry.Start;
        if (at + LocalLength > span.Length || !span[at..].StartsWith("PK\u0003\u0004"u8))
            return entry;
        int nameLength = U16(span, at + 26), extraLength = U16(span, at + 28), flags = U16(span, at + 6);
        var data = at + LocalLength + nameLength + extraLength;
        if (data > span.Length)
            return entry;
        var localName = span.Slice(at + LocalLength, nameLength);
        return entry with
        {
            Data = content.Slice(data, (int)Math.Clamp(packed, 0, span.Length - data)),
            LocalName = localName.SequenceEqual(nameBytes) ? null : NameOf(localName, flags, new ZipExtra(span.Slice(data - extraLength, extraLength))),
            PlainByLocalHeader = entry.IsEncrypted && (flags & 1) == 0,
        };
    }

    // Local headers between what the directory lists, and all of them where there is no directory.
    private static void Unlisted(ReadOnlyMemory<byte> content, List<ZipEntry> entries)
    {
        var listed = entries.Where(entry => entry.Start + LocalLength <= content.Length).OrderBy(entry => entry.Start).ToList();
        var at = 0;
        foreach (var entry in listed)
        {
            if (entry.Start > at)
                Scan(content, at, entry.Start, entries);
            at = Math.Max(at, entry.Start + LocalLength + entry.Data.Length);
        }

        Scan(content, at, content.Length, entries);
    }

    private static void Scan(ReadOnlyMemory<byte> content, int at, int stop, List<ZipEntry> entries)
    {
        var span = content.Span;
        while (at + LocalLength < stop && entries.Count < Unpacking.MostNames && span[at..stop].IndexOf("PK\u0003\u0004"u8) is var hit and >= 0)
        {
            at += hit;
            if (at + LocalLength > stop)
                return;
            int flags = U16(span, at + 6), method = U16(span, at + 8), nameLength = U16(span, at + 26), extraLength = U16(span, at + 28);
            var data = at + LocalLength + nameLength + extraLength;
            if (nameLength is 0 or > 1_024 || method > ZipEntry.AesMethod || data > stop)
            {
                at += 4;
                continue;
            }

            var extra = new ZipExtra(span.Slice(data - extraLength, extraLength));
            long packed = U32(span, at + 18), unused = 0;
            extra.Widen(U32(span, at + 22), ref packed, ref unused);
            var length = packed == 0 && (flags & DescriptorFlag) != 0 ? ToNext(span[data..stop]) : (int)Math.Clamp(packed, 0, stop - data);
            entries.Add(new ZipEntry(NameOf(span.Slice(at + LocalLength, nameLength), flags, extra), method, flags, (flags & DescriptorFlag) != 0 ? 0 : U32(span, at + 14), U16(span, at + 10), at, content.Slice(data, length), Listed: false) { Aes = extra.Aes, Unpacked = U32(span, at + 22) });
            at = data + length;
        }
    }

    // The length stands behind the data: it ends where the next header begins.
    private static int ToNext(ReadOnlySpan<byte> data)
    {
        for (var at = 0; data[at..].IndexOf("PK"u8) is var hit and >= 0; at += hit + 2)
            if (at + hit + 4 <= data.Length && (data[at + hit + 2], data[at + hit + 3]) is (7, 8) or (3, 4) or (1, 2))
                return at + hit;
        return data.Length;
    }

    private static string NameOf(ReadOnlySpan<byte> name, int flags, ZipExtra extra) =>
        extra.UnicodeName is { Length: > 0 } unicode ? unicode : (flags & Utf8Flag) != 0 ? Encoding.UTF8.GetString(name) : Charsets.Guess(name);

    private static int U16(ReadOnlySpan<byte> span, int at) => BinaryPrimitives.ReadUInt16LittleEndian(span[at..]);

    private static uint U32(ReadOnlySpan<byte> span, int at) => BinaryPrimitives.ReadUInt32LittleEndian(span[at..]);
}
