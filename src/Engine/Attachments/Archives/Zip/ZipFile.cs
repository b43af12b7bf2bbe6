using System.Buffers.Binary;
using System.IO.Compression;
using Platform.Engine.Attachments.Archives.Streams;
using Platform.Engine.Detectors.Files;

namespace Platform.Engine.Attachments.Archives.Zip;

/// <summary>Reads the members of a ZIP; see <see cref="ZipDirectory"/>.</summary>
internal sealed class ZipFile(Unpacking unpacking)
{
    private const int DeflateCost = 2, LzmaCost = 4, BlockSortCost = 30, ModelCost = 60;
    private const int LargestModel = 64 * 1024 * 1024;
    private const int SharedMost = 16 * 1024 * 1024;
    private const int OldTrial = 1, AesTrial = 2;
    private const int LongRubbish = 256 * 1024;

    private readonly PasswordTrials _trials = new(unpacking);

    // What members that claim each other's bytes may still unpack to, together.
    private long _sharedLeft = SharedMost;

    public void Read()
    {
        var entries = ZipDirectory.Read(unpacking.Content, out var hasDirectory);
        if (!hasDirectory)
            unpacking.Note("damaged-archive", "no central directory");
        var shared = Shared(entries);
        if (shared.Count > 0)
            unpacking.Note("overlapping-entries", "members share the same bytes");
        foreach (var entry in entries)
        {
            if (entry.IsDirectory)
                continue;
            if (hasDirectory && !entry.Listed)
                unpacking.Fact("archive-hidden-entry", $"offset {entry.Start}", entry.Name);
            if (entry.LocalName is { } other && FileKinds.ExtensionOf(other) != FileKinds.ExtensionOf(entry.Name))
                unpacking.Fact("archive-name-disagrees", entry.Name, other);
            if (!Open(entry, shared.Contains(entry)))
                return;
        }
    }

    private bool Open(ZipEntry entry, bool shared)
    {
        if (!unpacking.TakeEntry())
            return unpacking.Member(entry.Name, ReadOnlyMemory<byte>.Empty, entry.IsEncrypted);
        var most = shared ? _sharedLeft : long.MaxValue;
        ReadOnlyMemory<byte>? content = entry.IsEncrypted ? Decrypt(entry, most) : Unpack(entry, entry.Method, entry.Data, most, out _);
        if (content is null)
            return unpacking.Member(entry.Name, ReadOnlyMemory<byte>.Empty, encrypted: true);
        if (shared)
            _sharedLeft -= content.Value.Length;
        var go = unpacking.Member(entry.Name, content.Value);
        // Who goes by the local header saves it under the other name.
        if (entry.LocalName is { } other && FileKinds.IsExecutableName(FileKinds.ExtensionOf(other)) && !FileKinds.IsExecutableName(FileKinds.ExtensionOf(entry.Name)))
            go = go && unpacking.Member(other, content.Value);
        return go;
    }

    private ReadOnlyMemory<byte>? Decrypt(ZipEntry entry, long most)
    {
        if (entry.PlainByLocalHeader && Unpack(entry, entry.Method, entry.Data, most, out var isWhole) is var plain && isWhole)
            return plain;
        var isAes = entry.Method == ZipEntry.AesMethod;
        return _trials.Open(_ => isAes ? AesTrial : OldTrial, password =>
        {
            if (ZipDecryption.Decrypt(entry, password) is not { } data)
                return null;
            var content = Unpack(entry, isAes ? entry.Aes.Method : entry.Method, data, most, out var proven);
            return isAes || proven ? content : (ReadOnlyMemory<byte>?)null;
        });
    }

    /// <param name="proven">The check sum is right.</param>
    private ReadOnlyMemory<byte> Unpack(ZipEntry entry, int method, ReadOnlyMemory<byte> data, long most, out bool proven)
    {
        var buffer = unpacking.Buffer(data.Length, CostOf(method), most);
        switch (method)
        {
            case 0:
                buffer.Write(data.Span);
                break;
            case 8:
                Drain(entry, buffer, new DeflateStream(Unpacking.AsStream(data), CompressionMode.Decompress));
                break;
            case 9:
                Told(entry, buffer, new Inflater(buffer, large: true).Read(data.Span));
                break;
            case 12:
                Guarded(entry, () => Drain(entry, buffer, SharpCompress.Compressors.BZip2.BZip2Stream.Create(Unpacking.AsStream(data), SharpCompress.Compressors.CompressionMode.Decompress, true, false, false)));
                break;
            case 14:
                Told(entry, buffer, Lzma(entry, data.Span, buffer));
                break;
            case 93 when PackedFile.ZstandardWindow(data.Span) <= LargestModel:
                Guarded(entry, () => Drain(entry, buffer, new SharpCompress.Compressors.ZStandard.DecompressionStream(Unpacking.AsStream(data), 0, true, false)));
                break;
            case 95:
                Told(entry, buffer, XzFile.Read(data.Span, buffer, out _));
                break;
            case 98 when data.Length > 2 && ModelSize(data.Span) <= LargestModel:
                Guarded(entry, () => Drain(entry, buffer, SharpCompress.Compressors.PPMd.PpmdStream.Create(new SharpCompress.Compressors.PPMd.PpmdProperties(data[..2].ToArray()), Unpacking.AsStream(data[2..]), false)));
                break;
            default:
                unpacking.Unread(entry.Name, $"method {method}");
                break;
        }

        // What a bound cut short has no sum to tell; rubbish does not unpack that far.
        proven = entry.Crc == Crc32.Of(buffer.Written) || (buffer.IsCut && buffer.Length > LongRubbish);
        if (!entry.IsEncrypted || proven || method != entry.Method)
            return buffer.Take();
        buffer.Discard();
        return ReadOnlyMemory<byte>.Empty;
    }

    private static int CostOf(int method) => method switch { 9 => DeflateCost, 12 => BlockSortCost, 14 or 95 => LzmaCost, 98 => ModelCost, _ => 1 };

    // APPNOTE 5.10.3: order less one in 4 bits, megabytes less one in 8.
    private static int ModelSize(ReadOnlySpan<byte> data) => (((BinaryPrimitives.ReadUInt16LittleEndian(data) >> 4) & 0xFF) + 1) * 1024 * 1024;

    // APPNOTE 5.8.8: version, length of properties, properties, then LZMA to its end mark or to the length.
    private static bool Lzma(ZipEntry entry, ReadOnlySpan<byte> data, UnpackBuffer buffer)
    {
        const int header = 9;
        const int endMarkFlag = 2;
        if (data.Length < header)
            return false;
        var decoder = new LzmaDecoder(buffer);
        if (!decoder.SetProperties(data[4]))
            return false;
        return decoder.Read(data[header..], (entry.Flags & endMarkFlag) != 0 ? null : entry.Unpacked) >= 0;
    }

    private void Drain(ZipEntry entry, UnpackBuffer buffer, Stream stream) =>
        Guarded(entry, () =>
        {
            using (stream)
                buffer.Drain(stream);
        });

    // A wrong password gives rubbish, which is no damage.
    private void Guarded(ZipEntry entry, Action decode)
    {
        if (!entry.IsEncrypted)
        {
            unpacking.Try(decode);
            return;
        }

        try
        {
            decode();
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or OutOfMemoryException))
        {
            // Told by the check sum.
        }
    }

    private void Told(ZipEntry entry, UnpackBuffer buffer, bool whole)
    {
        if (!whole && !buffer.IsCut && !entry.IsEncrypted)
            unpacking.Note("damaged-archive", $"{entry.Name}: broken data");
    }

    /// <summary>Members whose data reaches into that of another (Fifield, "A better zip bomb", 2019).</summary>
    private static HashSet<ZipEntry> Shared(List<ZipEntry> entries)
    {
        HashSet<ZipEntry> shared = new(ReferenceEqualityComparer.Instance);
        ZipEntry? furthest = null;
        foreach (var entry in entries.Where(entry => !entry.Data.IsEmpty).OrderBy(entry => entry.Start))
        {
            if (furthest is not null && entry.Start < furthest.Start + furthest.Data.Length)
            {
                shared.Add(entry);
                shared.Add(furthest);
            }

            if (furthest is null || entry.Start + entry.Data.Length > furthest.Start + furthest.Data.Length)
                furthest = entry;
        }

        return shared;
    }
}
