using System.Buffers.Binary;
using Platform.Engine.Mail.Content;
using SharpCompress.Compressors.Arj;
using SharpCompress.Readers;

namespace Platform.Engine.Attachments.Archives;

/// <summary>
/// LHA (Okumura and Yoshizaki; header levels 0 to 2), ARJ and ACE: seldom honest any more, and liked by attackers since few filters
/// open them. Names are read; stored members and what the library unpacks too; the rest is told.
/// </summary>
internal static class OldArchives
{
    public static void Read(Unpacking unpacking)
    {
        if (unpacking.File.Type.Id == "lha")
            Lha(unpacking);
        else
            unpacking.Try(() => ByLibrary(unpacking));
    }

    private static void ByLibrary(Unpacking unpacking)
    {
        const int cost = 10;
        var isArj = unpacking.File.Type.Id == "arj";
        using var stream = Unpacking.AsStream(unpacking.Content);
        using var reader = isArj ? SharpCompress.Readers.Arj.ArjReader.OpenReader(stream, new ReaderOptions()) : SharpCompress.Readers.Ace.AceReader.OpenReader(stream, new ReaderOptions());
        for (var index = 0; index < Unpacking.MostNames && reader.MoveToNextEntry(); index++)
        {
            var entry = reader.Entry;
            if (entry.IsDirectory)
                continue;
            var name = entry.Key ?? "";
            var buffer = unpacking.Buffer(Math.Max(entry.CompressedSize, 0), cost);
            if (unpacking.TakeEntry() && !entry.IsEncrypted)
            {
                try
                {
                    using var content = reader.OpenEntryStream();
                    buffer.Drain(content);
                }
                catch (Exception exception) when (exception is not (OperationCanceledException or OutOfMemoryException))
                {
                    unpacking.Unread(name, $"{entry.CompressionType} of {unpacking.File.Type.Id}");
                }
            }

            if (!unpacking.Member(name, buffer.Take(), entry.IsEncrypted))
                return;
        }
    }

    private static void Lha(Unpacking unpacking)
    {
        var content = unpacking.Content;
        var at = 0;
        while (at + 22 < content.Length && content.Span[at] != 0 && content.Span.Slice(at + 2, 3).SequenceEqual("-lh"u8))
        {
            var span = content.Span;
            int level = span[at + 20];
            var method = System.Text.Encoding.ASCII.GetString(span.Slice(at + 2, 5));
            long packed = BinaryPrimitives.ReadUInt32LittleEndian(span[(at + 7)..]);
            long length = BinaryPrimitives.ReadUInt32LittleEndian(span[(at + 11)..]);
            var (name, data) = level switch
            {
                0 => (Name(span, at + 22, span[at + 21]), at + 2 + span[at]),
                1 => LevelOne(span, at, ref packed),
                _ => Extended(span, at + 24, at + BinaryPrimitives.ReadUInt16LittleEndian(span[at..]), ""),
            };
            if (data <= at || data > content.Length)
                break;
            var octets = content.Slice(data, (int)Math.Clamp(packed, 0, content.Length - data));
            if (method != "-lhd-" && !Member(unpacking, name, method, octets, length))
                return;
            at = data + octets.Length;
        }
    }

    private static bool Member(Unpacking unpacking, string name, string method, ReadOnlyMemory<byte> data, long length)
    {
        const int cost = 10;
        if (!unpacking.TakeEntry())
            return unpacking.Member(name, ReadOnlyMemory<byte>.Empty);
        var buffer = unpacking.Buffer(data.Length, cost);
        if (method is "-lh0-" or "-lz4-")
            buffer.Write(data.Span);
        else if (method is "-lh5-" or "-lh7-")
            unpacking.Try(() => buffer.Drain(Unpacked(method, data, length), length));
        else
            unpacking.Unread(name, method);
        return unpacking.Member(name, buffer.Take());
    }

    private static Stream Unpacked(string method, ReadOnlyMemory<byte> data, long length) => method == "-lh5-"
        ? new LhaStream<Lh5DecoderCfg>(Unpacking.AsStream(data), (int)Math.Min(length, int.MaxValue))
        : new LhaStream<Lh7DecoderCfg>(Unpacking.AsStream(data), (int)Math.Min(length, int.MaxValue));

    private static (string Name, int Data) LevelOne(ReadOnlySpan<byte> span, int at, ref long packed)
    {
        var name = Name(span, at + 22, span[at + 21]);
        // The packed length counts the extended headers too.
        var first = at + span[at];
        var (extended, data) = Extended(span, first, -1, name);
        packed -= Math.Max(0, data - (first + 2));
        return (extended, data);
    }

    // Extended headers: length of the next one, type (1 name, 2 folder), content.
    private static (string Name, int Data) Extended(ReadOnlySpan<byte> span, int at, int end, string name)
    {
        const int most = 50;
        var folder = "";
        for (var index = 0; index < most && at >= 0 && at + 2 <= span.Length; index++)
        {
            int size = BinaryPrimitives.ReadUInt16LittleEndian(span[at..]);
            at += 2;
            if (size < 3 || at + size > span.Length)
                break;
            if (span[at] == 1)
                name = Name(span, at + 1, size - 3);
            else if (span[at] == 2)
                folder = Charsets.Guess(Separated(span.Slice(at + 1, size - 3)));
            at += size - 2;
        }

        return (folder.Length > 0 ? $"{folder.TrimEnd('/')}/{name}" : name, end >= 0 ? end : at);
    }

    private static byte[] Separated(ReadOnlySpan<byte> folder)
    {
        var octets = folder.ToArray();
        octets.AsSpan().Replace((byte)0xFF, (byte)'/');
        return octets;
    }

    private static string Name(ReadOnlySpan<byte> span, int at, int length) => at >= span.Length ? "" : Charsets.Guess(span.Slice(at, Math.Min(length, span.Length - at)));
}
