using System.Buffers.Binary;
using Platform.Engine.Attachments.Archives.Streams;

namespace Platform.Engine.Attachments.Archives.SevenZip;

/// <summary>
/// Reads 7z (7zFormat.txt of the LZMA SDK): a fixed start points to a header at the end, which is itself packed, and encrypted where
/// names are hidden. Folders are unpacked in memory, one coder after another; the dictionaries that coders declare are not set aside.
/// </summary>
internal sealed class SevenZipFile(Unpacking unpacking)
{
    private const int StartLength = 32;

    private readonly PasswordTrials _trials = new(unpacking);
    private readonly SevenZipCipher _cipher = new();

    public void Read()
    {
        if (Header() is not { } octets)
            return;
        var header = SevenZipHeader.Read(octets, out var isWhole);
        if (!isWhole)
            unpacking.Note("damaged-archive", "broken header");
        Members(header);
    }

    private void Members(SevenZipHeader header)
    {
        int folder = 0, at = 0;
        long offset = 0;
        ReadOnlyMemory<byte>? plain = null;
        foreach (var (name, hasStream) in header.Files)
        {
            while (hasStream && folder < header.Folders.Count && at >= header.Folders[folder].Files.Count)
                (folder, at, offset, plain) = (folder + 1, 0, 0, null);
            if (!hasStream || folder >= header.Folders.Count)
            {
                if (!unpacking.Member(name, ReadOnlyMemory<byte>.Empty))
                    return;
                continue;
            }

            var from = header.Folders[folder];
            var content = ReadOnlyMemory<byte>.Empty;
            if (unpacking.TakeEntry())
            {
                plain ??= Unpack(header, from, isHeader: false) ?? ReadOnlyMemory<byte>.Empty;
                content = plain.Value[(int)Math.Clamp(offset, 0, plain.Value.Length)..];
                content = content[..(int)Math.Clamp(from.Files[at].Length, 0, content.Length)];
            }

            offset += from.Files[at++].Length;
            if (!unpacking.Member(name, content, encrypted: from.IsEncrypted && content.IsEmpty))
                return;
        }
    }

    // Headers may be packed in headers.
    private ReadOnlyMemory<byte>? Header()
    {
        const int mostLayers = 4;
        var span = unpacking.Content.Span;
        long offset = 0, length = 0;
        if (span.Length >= StartLength)
            (offset, length) = (BinaryPrimitives.ReadInt64LittleEndian(span[12..]), BinaryPrimitives.ReadInt64LittleEndian(span[20..]));
        if (length <= 0 || offset < 0 || offset > span.Length - StartLength || length > span.Length - StartLength - offset)
        {
            unpacking.Note("damaged-archive", "no header");
            return null;
        }

        var octets = unpacking.Content.Slice(StartLength + (int)offset, (int)length);
        for (var layer = 0; layer < mostLayers && octets.Span[0] == 0x17; layer++)
        {
            var header = SevenZipHeader.Read(octets, out _);
            if (header.Folders is not [var folder, ..] || Unpack(header, folder, isHeader: true) is not { Length: > 0 } plain)
            {
                if (header.Folders is [{ IsEncrypted: true }, ..])
                    unpacking.MarkEncrypted();
                else
                    unpacking.Note("damaged-archive", "broken header");
                return null;
            }

            octets = plain;
        }

        return octets;
    }

    private ReadOnlyMemory<byte>? Unpack(SevenZipHeader header, SevenZipFolder folder, bool isHeader)
    {
        if (!folder.IsEncrypted)
        {
            var plain = new SevenZipGraph(unpacking, _cipher, header, folder, "").Run();
            if (plain is null && !unpacking.NamesOnly)
                unpacking.Note("damaged-archive", "broken data");
            return plain;
        }

        return _trials.Open(password => folder.Coders.Where(coder => coder.Id == SevenZipCoder.Aes).Sum(coder => SevenZipCipher.CostOf(coder.Properties.Span, password)), password =>
            new SevenZipGraph(unpacking, _cipher, header, folder, password).Run() is { } plain && IsProven(folder, plain.Span, isHeader) ? plain : (ReadOnlyMemory<byte>?)null);
    }

    private static bool IsProven(SevenZipFolder folder, ReadOnlySpan<byte> plain, bool isHeader)
    {
        if (folder.Crc is { } sum)
            return Crc32.Of(plain) == sum;
        if (isHeader)
            return !plain.IsEmpty && plain[0] is 0x01 or 0x17;
        return folder.Files is not [{ Crc: { } first, Length: var length }, ..] || length <= plain.Length && Crc32.Of(plain[..(int)length]) == first;
    }
}
