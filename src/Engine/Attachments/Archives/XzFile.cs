using Platform.Engine.Attachments.Archives.Streams;

namespace Platform.Engine.Attachments.Archives;

/// <summary>The .xz container (tukaani.org, "The .xz File Format" 1.2): streams of blocks, each through up to four filters of which the last is LZMA2.</summary>
internal static class XzFile
{
    private const int StreamHeader = 12;
    private const int Lzma2 = 0x21, X86 = 0x04, Delta = 0x03;

    /// <param name="filter">Name of a filter that is not read; empty when there was none.</param>
    /// <returns>False when it is broken or a bound was met.</returns>
    public static bool Read(ReadOnlySpan<byte> content, UnpackBuffer output, out string filter)
    {
        filter = "";
        if (content.Length < StreamHeader)
            return false;
        var check = (content[7] & 15) switch { 0 => 0, 1 => 4, 4 => 8, 10 => 32, _ => 0 };
        var at = StreamHeader;
        while (at < content.Length && content[at] != 0)
        {
            var header = (content[at] + 1) * 4;
            if (at + header > content.Length)
                return false;
            var (translate, name) = Filters(content.Slice(at, header));
            filter = name;
            if (name.Length > 0)
                return false;
            at += header;
            var start = output.Length;
            var used = new LzmaDecoder(output).ReadChunks(content[at..]);
            if (used < 0)
                return false;
            if (translate is not null)
                output.Change(start, translate);
            at += ((used + 3) & ~3) + check;
        }

        return output.Length > 0 || at < content.Length;
    }

    private static (Action<Memory<byte>>? Translate, string Unknown) Filters(ReadOnlySpan<byte> header)
    {
        Action<Memory<byte>>? translate = null;
        var at = 2;
        if ((header[1] & 0x40) != 0)
            _ = Number(header, ref at);
        if ((header[1] & 0x80) != 0)
            _ = Number(header, ref at);
        for (var filter = 0; filter <= (header[1] & 3); filter++)
        {
            var id = Number(header, ref at);
            var size = Number(header, ref at);
            if (id == Lzma2)
                return (translate, "");
            if (translate is not null || id is not (X86 or Delta) || size > 4 || at + (int)size > header.Length)
                return (null, $"filter {id}");
            var distance = size == 1 ? header[at] + 1 : 1;
            translate = id == X86 ? octets => BranchFilter.DecodeX86(octets.Span) : octets => BranchFilter.DecodeDelta(octets.Span, distance);
            at += (int)size;
        }

        return (null, "no LZMA2");
    }

    private static ulong Number(ReadOnlySpan<byte> header, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; shift < 63 && at < header.Length; shift += 7)
        {
            var octet = header[at++];
            value |= (ulong)(octet & 0x7F) << shift;
            if ((octet & 0x80) == 0)
                break;
        }

        return value;
    }
}
