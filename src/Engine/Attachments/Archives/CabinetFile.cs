using System.Buffers.Binary;
using System.Text;
using Platform.Engine.Attachments.Archives.Streams;
using Platform.Engine.Mail.Content;

namespace Platform.Engine.Attachments.Archives;

/// <summary>
/// Windows cabinets ([MS-CAB] 2): a header, folders, files, then the data of each folder in blocks of at most 32 KiB unpacked. A folder is
/// one packed stream of all its files: stored, MSZIP ([MS-MCI]: deflate, the window kept from block to block), LZX or Quantum.
/// </summary>
internal sealed class CabinetFile(Unpacking unpacking)
{
    private const int HeaderLength = 36, FolderLength = 8, FileLength = 16, BlockLength = 8;
    private const int PreviousFlag = 1, NextFlag = 2, ReserveFlag = 4;

    private readonly Dictionary<int, Folder> _folders = [];

    public void Read()
    {
        var span = unpacking.Content.Span;
        if (span.Length < HeaderLength)
        {
            unpacking.Note("damaged-archive", "no header");
            return;
        }

        int folders = U16(span, 26), files = U16(span, 28), flags = U16(span, 30);
        var at = HeaderLength;
        int reservedFolder = 0, reservedBlock = 0;
        if ((flags & ReserveFlag) != 0 && at + 4 <= span.Length)
        {
            (reservedFolder, reservedBlock) = (span[at + 2], span[at + 3]);
            at += 4 + U16(span, at);
        }

        for (var text = 0; text < 2 * (((flags & PreviousFlag) != 0 ? 1 : 0) + ((flags & NextFlag) != 0 ? 1 : 0)); text++)
            _ = Text(span, ref at, utf8: false);
        for (var index = 0; index < folders && at + FolderLength <= span.Length; index++, at += FolderLength + reservedFolder)
            _folders[index] = new Folder((int)Math.Min(U32(span, at), (uint)span.Length), U16(span, at + 4), U16(span, at + 6));
        at = (int)Math.Min(U32(span, 16), (uint)span.Length);
        var any = false;
        for (var index = 0; index < files && at + FileLength <= span.Length; index++)
        {
            const int nameIsUtf8 = 0x80;
            long length = U32(span, at), offset = U32(span, at + 4);
            int folder = U16(span, at + 8), attributes = U16(span, at + 14);
            at += FileLength;
            any = true;
            if (!Member(Text(span, ref at, (attributes & nameIsUtf8) != 0), folder, offset, length, reservedBlock))
                return;
        }

        if (!any)
            unpacking.Note("damaged-archive", "no member could be read");
    }

    private bool Member(string name, int folder, long offset, long length, int reservedBlock)
    {
        const int continuedFromPrevious = 0xFFFD, continuedBoth = 0xFFFF;
        if (folder is continuedFromPrevious or continuedBoth)
            folder = 0;
        else if (folder >= continuedFromPrevious)
            folder = _folders.Count - 1;
        if (!unpacking.TakeEntry() || !_folders.TryGetValue(folder, out var from))
            return unpacking.Member(name, ReadOnlyMemory<byte>.Empty);
        var plain = from.Plain ??= Unpack(from, reservedBlock);
        var content = plain[(int)Math.Min(offset, plain.Length)..];
        return unpacking.Member(name, content[..(int)Math.Min(length, content.Length)]);
    }

    private ReadOnlyMemory<byte> Unpack(Folder folder, int reservedBlock)
    {
        const int none = 0, msZip = 1, lzx = 3;
        var span = unpacking.Content.Span;
        var method = folder.Method & 15;
        if (method is not (none or msZip or lzx))
        {
            unpacking.Unread($"method {folder.Method:x4}", method == 2 ? "Quantum" : "unknown method");
            return ReadOnlyMemory<byte>.Empty;
        }

        var buffer = unpacking.Buffer(Math.Max(0, span.Length - folder.Start), method == none ? 1 : method == msZip ? 2 : 4);
        var inflater = new Inflater(buffer);
        var lzxDecoder = method == lzx ? new LzxDecoder(buffer, folder.Method >> 8) : null;
        var at = folder.Start;
        for (var block = 0; block < folder.Blocks; block++)
        {
            if (at < 0 || at + BlockLength > span.Length)
                break;
            int packed = U16(span, at + 4), unpacked = U16(span, at + 6);
            at += BlockLength + reservedBlock;
            if (at > span.Length)
                break;
            var data = span.Slice(at, Math.Min(packed, span.Length - at));
            at += packed;
            var whole = method switch
            {
                none => buffer.Write(data),
                msZip => data.StartsWith("CK"u8) && inflater.Read(data[2..]),
                _ => lzxDecoder!.Read(data, unpacked),
            };
            if (whole)
                continue;
            if (!buffer.IsCut)
                unpacking.Note("damaged-archive", "broken block");
            break;
        }

        lzxDecoder?.Finish();
        return buffer.Take();
    }

    private static string Text(ReadOnlySpan<byte> span, ref int at, bool utf8)
    {
        const int longest = 256;
        var rest = span[Math.Min(at, span.Length)..];
        rest = rest[..Math.Min(rest.Length, longest)];
        var end = rest.IndexOf((byte)0);
        var text = rest[..(end < 0 ? rest.Length : end)];
        at += text.Length + 1;
        return utf8 ? Encoding.UTF8.GetString(text) : Charsets.Guess(text);
    }

    private static int U16(ReadOnlySpan<byte> span, int at) => BinaryPrimitives.ReadUInt16LittleEndian(span[at..]);

    private static uint U32(ReadOnlySpan<byte> span, int at) => BinaryPrimitives.ReadUInt32LittleEndian(span[at..]);

    private sealed record Folder(int Start, int Blocks, int Method)
    {
        public ReadOnlyMemory<byte>? Plain { get; set; }
    }
}
