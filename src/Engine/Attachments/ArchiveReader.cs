using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Platform.Engine.Detectors.Files;
using Platform.Engine.Mail;
using Platform.Engine.Mail.Content;
using SharpCompress.Archives;
using SharpCompress.Readers;

namespace Platform.Engine.Attachments;

/// <summary>
/// Opens archives inside archives, in memory, never to disk. Nothing an archive says of itself is believed: bytes are counted
/// as they come out, against <see cref="ScanLimits.MaxDecodedBytes"/> and a ratio no honest file has; entries and depth
/// are counted over the whole mail, so archives that hold themselves end. A member that cannot be read costs itself, never
/// its neighbours; past a bound the names are still read, so that a program cannot hide behind filler.
/// </summary>
/// <remarks>
/// Notes: damaged-archive, overlapping-entries; with Limit: limit-archive-depth, limit-archive-entries, limit-archive-ratio,
/// limit-bytes, limit-time.
/// </remarks>
internal sealed class ArchiveReader(ReadBudget budget, Func<MailAttachment, bool> found)
{
    private const int SuspiciousSize = 16 * 1024 * 1024;
    private const int HighestRatio = 200;
    private const int MostNames = 20_000;

    // What members that claim each other's bytes may still unpack to, together.
    private long _sharedLeft = SuspiciousSize;

    /// <summary>The kind of archive as which programs open the file; null when it is none. A zip may begin with anything.</summary>
    public static FileType? KindOf(FileType type, ReadOnlyMemory<byte> content, string name)
    {
        if (type.Id is "zip" or "jar" or "rar" or "7z" or "tar" or "gz" or "bz2" or "xz")
            return type;
        return FileTypes.Extension(name) is "zip" or "jar" && ZipTypes.StartOf(content.Span) is not null ? FileTypes.Get("zip") : null;
    }

    /// <summary>True when the whole archive is encrypted and not even its names can be read.</summary>
    public bool Open(ReadOnlyMemory<byte> content, FileType type, string path, int depth)
    {
        if (depth > budget.Limits.MaxArchiveDepth)
        {
            budget.Cut("limit-archive-depth", path, $"archives nested deeper than {budget.Limits.MaxArchiveDepth}");
            return false;
        }

        try
        {
            switch (type.Id)
            {
                case "zip" or "jar":
                    OpenZip(content, path, depth);
                    break;
                case "gz":
                    OpenStream(new GZipStream(AsStream(content), CompressionMode.Decompress), content.Length, path, depth);
                    break;
                case "bz2":
                    OpenStream(SharpCompress.Compressors.BZip2.BZip2Stream.Create(AsStream(content), SharpCompress.Compressors.CompressionMode.Decompress, true, false, false), content.Length, path, depth);
                    break;
                case "xz":
                    OpenStream(new SharpCompress.Compressors.Xz.XZStream(AsStream(content)), content.Length, path, depth);
                    break;
                case "7z":
                    return OpenSevenZip(content, path, depth);
                default:
                    OpenByReader(content, path, depth);
                    break;
            }
        }
        catch (CryptographicException)
        {
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The decoders throw many kinds of exception on damaged input; what came out before stays.
            budget.Note("damaged-archive", path, exception.GetType().Name);
        }

        return false;
    }

    private void OpenZip(ReadOnlyMemory<byte> content, string path, int depth)
    {
        content = content[(ZipTypes.StartOf(content.Span) ?? 0)..];
        ZipArchive zip;
        try
        {
            // Names without the UTF-8 flag come as Latin-1, so that their octets can be guessed at.
            zip = new ZipArchive(AsStream(content), ZipArchiveMode.Read, leaveOpen: false, Encoding.Latin1);
            _ = zip.Entries.Count;
        }
        catch (InvalidDataException)
        {
            budget.Note("damaged-archive", path, "no central directory");
            OpenByReader(content, path, depth);
            return;
        }

        using (zip)
        {
            long packed = 0;
            foreach (var entry in zip.Entries.Take(MostNames))
            {
                if (entry.FullName.EndsWith('/') && entry.Length == 0)
                    continue;
                var name = Name(entry.FullName, latin1: true);
                packed += Math.Max(0, entry.CompressedLength);
                var shared = packed > content.Length;
                if (shared)
                    budget.Note("overlapping-entries", path, "members share the same bytes");
                var go = !budget.HasArchiveTime(path) || !TakeEntry(path) ? ByNameAlone(path, name, depth, entry.IsEncrypted)
                    : entry.IsEncrypted ? Member(path, name, ReadOnlyMemory<byte>.Empty, depth, encrypted: true)
                    : Member(path, name, ReadZipEntry(content, entry, path, shared), depth, encrypted: false);
                if (!go)
                    return;
            }
        }
    }

    private ReadOnlyMemory<byte> ReadZipEntry(ReadOnlyMemory<byte> content, ZipArchiveEntry entry, string path, bool shared)
    {
        var most = shared ? _sharedLeft : long.MaxValue;
        ReadOnlyMemory<byte> read = default;
        try
        {
            using var stream = entry.Open();
            read = Drain(stream, entry.CompressedLength, path, most).Content;
        }
        catch (Exception exception) when (exception is InvalidDataException or NotSupportedException)
        {
            // A method the runtime does not know (LZMA, PPMd, BZip2): the other library may.
            read = ReadByOtherLibrary(content, entry, path, most);
        }

        if (shared)
            _sharedLeft -= read.Length;
        return read;
    }

    private ReadOnlyMemory<byte> ReadByOtherLibrary(ReadOnlyMemory<byte> content, ZipArchiveEntry entry, string path, long most)
    {
        try
        {
            using var archive = SharpCompress.Archives.Zip.ZipArchive.OpenArchive(AsStream(content), new ReaderOptions());
            var other = archive.Entries.FirstOrDefault(e => e.Crc == entry.Crc32 && e.CompressedSize == entry.CompressedLength);
            if (other is not null)
            {
                using var stream = other.OpenEntryStream();
                return Drain(stream, other.CompressedSize, path, most).Content;
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // As many kinds of exception as in Open.
            budget.Note("damaged-archive", path, exception.GetType().Name);
        }

        return ReadOnlyMemory<byte>.Empty;
    }

    private bool OpenSevenZip(ReadOnlyMemory<byte> content, string path, int depth)
    {
        using var archive = ArchiveFactory.OpenArchive(AsStream(content), new ReaderOptions());
        if (archive.Entries.Any(e => e.IsEncrypted))
        {
            foreach (var entry in archive.Entries)
                if (!entry.IsDirectory && TakeEntry(path))
                    Member(path, Name(entry.Key ?? "", latin1: false), ReadOnlyMemory<byte>.Empty, depth, encrypted: true);
            return false;
        }

        // Solid archives are read in their order: by single entries every one would unpack all before it.
        using var reader = archive.ExtractAllEntries();
        ReadAll(reader, content, path, depth);
        return false;
    }

    private void OpenByReader(ReadOnlyMemory<byte> content, string path, int depth)
    {
        using var reader = ReaderFactory.OpenReader(AsStream(content), new ReaderOptions());
        ReadAll(reader, content, path, depth);
    }

    private void ReadAll(IReader reader, ReadOnlyMemory<byte> content, string path, int depth)
    {
        var any = false;
        while (reader.MoveToNextEntry())
        {
            any = true;
            var entry = reader.Entry;
            if (entry.IsDirectory)
                continue;
            if (!budget.HasArchiveTime(path) || !TakeEntry(path))
            {
                NamesAlone(content, path, depth);
                return;
            }

            var name = Name(entry.Key ?? "", latin1: false);
            if (entry.IsEncrypted)
            {
                Member(path, name, ReadOnlyMemory<byte>.Empty, depth, encrypted: true);
                continue;
            }

            using var stream = reader.OpenEntryStream();
            var (member, whole) = Drain(stream, entry.CompressedSize > 0 ? entry.CompressedSize : content.Length, path);
            if (!whole)
                // Else the library unpacks the rest of a bomb only to pass over it.
                reader.Cancel();
            if (!Member(path, name, member, depth, encrypted: false))
                return;
            if (!whole)
            {
                NamesAlone(content, path, depth);
                return;
            }
        }

        if (!any)
            budget.Note("damaged-archive", path, "no member could be read");
    }

    private void NamesAlone(ReadOnlyMemory<byte> content, string path, int depth)
    {
        using var archive = ArchiveFactory.OpenArchive(AsStream(content), new ReaderOptions());
        foreach (var entry in archive.Entries.Take(MostNames))
            if (!entry.IsDirectory && !ByNameAlone(path, Name(entry.Key ?? "", latin1: false), depth, entry.IsEncrypted))
                return;
    }

    private bool ByNameAlone(string path, string name, int depth, bool encrypted) =>
        !FileKinds.IsExecutableName(FileKinds.ExtensionOf(name)) || Member(path, name, ReadOnlyMemory<byte>.Empty, depth, encrypted);

    // A compressed stream holds one file, named as the archive without its last extension.
    private void OpenStream(Stream stream, long packed, string path, int depth)
    {
        using (stream)
        {
            if (!TakeEntry(path))
                return;
            var file = path[(path.LastIndexOf('/') + 1)..];
            var dot = file.LastIndexOf('.');
            var extension = FileTypes.Extension(file);
            var name = dot <= 0 ? file : extension is "tgz" or "tbz" or "tbz2" or "txz" ? file[..dot] + ".tar" : file[..dot];
            Member(path, name, Drain(stream, packed, path).Content, depth, encrypted: false);
        }
    }

    private bool Member(string archivePath, string name, ReadOnlyMemory<byte> content, int depth, bool encrypted)
    {
        var type = FileTypes.Detect(content.Span, name, budget.TakeText(content.Length));
        var path = $"{archivePath}/{name}";
        var member = new MailAttachment(path, name[(name.LastIndexOf('/') + 1)..], "", type, content, depth, encrypted);
        if (!found(member))
            return false;
        if (!encrypted && KindOf(type, content, name) is { } kind)
            Open(content, kind, path, depth + 1);
        return true;
    }

    /// <summary>What a member unpacks to, and whether that is all of it.</summary>
    private (ReadOnlyMemory<byte> Content, bool Whole) Drain(Stream stream, long packed, string path, long most = long.MaxValue)
    {
        var whole = true;
        using var output = new MemoryStream();
        var buffer = new byte[64 * 1024];
        try
        {
            for (int read; (read = stream.Read(buffer, 0, buffer.Length)) > 0;)
            {
                var granted = budget.TakeUnpacked(read, path);
                output.Write(buffer, 0, granted);
                whole = granted == read && budget.HasArchiveTime(path) && output.Length < most;
                if (whole && output.Length > SuspiciousSize && output.Length > HighestRatio * Math.Max(1, packed))
                {
                    budget.Cut("limit-archive-ratio", path, $"unpacks to more than {HighestRatio} times its size");
                    whole = false;
                }

                if (!whole)
                    break;
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or SharpCompress.Common.SharpCompressException)
        {
            budget.Note("damaged-archive", path, exception.GetType().Name);
        }

        return (output.ToArray(), whole);
    }

    private bool TakeEntry(string path) => budget.TakeEntry(path);

    private static string Name(string written, bool latin1)
    {
        var name = written;
        if (latin1 && name.All(c => c < 256) && name.Any(c => c >= 128))
            name = Charsets.Guess(Encoding.Latin1.GetBytes(name));
        name = string.Concat(name.Replace('\\', '/').Where(c => !char.IsControl(c))).TrimStart('/');
        if (name.Length > 500)
            name = name[^500..];
        return name.Length == 0 ? "unnamed" : name;
    }

    private static MemoryStream AsStream(ReadOnlyMemory<byte> content) =>
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(content, out var segment)
            ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
            : new MemoryStream(content.ToArray(), writable: false);
}
