using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Platform.Engine.Detectors.Files;
using Platform.Engine.Mail;
using Platform.Engine.Mail.Content;
using SharpCompress.Archives;
using SharpCompress.Readers;

namespace Platform.Engine.Attachments;

/// <summary>One archive while its members are read; see <see cref="ArchiveReader"/>.</summary>
internal sealed class OpenedArchive(MailAttachment file, FileContents contents)
{
    private const int SuspiciousSize = 16 * 1024 * 1024;
    private const int HighestRatio = 200;
    private const int MostNames = 20_000;

    private readonly ReadBudget _budget = contents.Budget;
    private readonly string _path = file.Path;

    // What members that claim each other's bytes may still unpack to, together.
    private long _sharedLeft = SuspiciousSize;

    /// <summary>True when the whole archive is encrypted and not even its names can be read.</summary>
    public bool ReadAs(FileType type)
    {
        var content = file.Content;
        try
        {
            switch (type.Id)
            {
                case "zip" or "jar":
                    OpenZip(content);
                    break;
                case "gz":
                    OpenStream(new GZipStream(AsStream(content), CompressionMode.Decompress), content.Length);
                    break;
                case "bz2":
                    OpenStream(SharpCompress.Compressors.BZip2.BZip2Stream.Create(AsStream(content), SharpCompress.Compressors.CompressionMode.Decompress, true, false, false), content.Length);
                    break;
                case "xz":
                    OpenStream(new SharpCompress.Compressors.Xz.XZStream(AsStream(content)), content.Length);
                    break;
                case "7z":
                    return OpenSevenZip(content);
                default:
                    OpenByReader(content);
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
            _budget.Note("damaged-archive", _path, exception.GetType().Name);
        }

        return false;
    }

    private void OpenZip(ReadOnlyMemory<byte> content)
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
            _budget.Note("damaged-archive", _path, "no central directory");
            OpenByReader(content);
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
                    _budget.Note("overlapping-entries", _path, "members share the same bytes");
                var go = !_budget.HasArchiveTime(_path) || !_budget.TakeEntry(_path) ? ByNameAlone(name, entry.IsEncrypted)
                    : entry.IsEncrypted ? contents.Member(name, ReadOnlyMemory<byte>.Empty, encrypted: true)
                    : contents.Member(name, ReadZipEntry(content, entry, shared), encrypted: false);
                if (!go)
                    return;
            }
        }
    }

    private ReadOnlyMemory<byte> ReadZipEntry(ReadOnlyMemory<byte> content, ZipArchiveEntry entry, bool shared)
    {
        var most = shared ? _sharedLeft : long.MaxValue;
        ReadOnlyMemory<byte> read = default;
        try
        {
            using var stream = entry.Open();
            read = Drain(stream, entry.CompressedLength, most).Content;
        }
        catch (Exception exception) when (exception is InvalidDataException or NotSupportedException)
        {
            // A method the runtime does not know (LZMA, PPMd, BZip2): the other library may.
            read = ReadByOtherLibrary(content, entry, most);
        }

        if (shared)
            _sharedLeft -= read.Length;
        return read;
    }

    private ReadOnlyMemory<byte> ReadByOtherLibrary(ReadOnlyMemory<byte> content, ZipArchiveEntry entry, long most)
    {
        try
        {
            using var archive = SharpCompress.Archives.Zip.ZipArchive.OpenArchive(AsStream(content), new ReaderOptions());
            var other = archive.Entries.FirstOrDefault(e => e.Crc == entry.Crc32 && e.CompressedSize == entry.CompressedLength);
            if (other is not null)
            {
                using var stream = other.OpenEntryStream();
                return Drain(stream, other.CompressedSize, most).Content;
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // As many kinds of exception as in Open.
            _budget.Note("damaged-archive", _path, exception.GetType().Name);
        }

        return ReadOnlyMemory<byte>.Empty;
    }

    private bool OpenSevenZip(ReadOnlyMemory<byte> content)
    {
        using var archive = ArchiveFactory.OpenArchive(AsStream(content), new ReaderOptions());
        if (archive.Entries.Any(e => e.IsEncrypted))
        {
            foreach (var entry in archive.Entries)
                if (!entry.IsDirectory && _budget.TakeEntry(_path))
                    contents.Member(Name(entry.Key ?? "", latin1: false), ReadOnlyMemory<byte>.Empty, encrypted: true);
            return false;
        }

        // Solid archives are read in their order: by single entries every one would unpack all before it.
        using var reader = archive.ExtractAllEntries();
        ReadAll(reader, content);
        return false;
    }

    private void OpenByReader(ReadOnlyMemory<byte> content)
    {
        using var reader = ReaderFactory.OpenReader(AsStream(content), new ReaderOptions());
        ReadAll(reader, content);
    }

    private void ReadAll(IReader reader, ReadOnlyMemory<byte> content)
    {
        var any = false;
        while (reader.MoveToNextEntry())
        {
            any = true;
            var entry = reader.Entry;
            if (entry.IsDirectory)
                continue;
            if (!_budget.HasArchiveTime(_path) || !_budget.TakeEntry(_path))
            {
                NamesAlone(content);
                return;
            }

            var name = Name(entry.Key ?? "", latin1: false);
            if (entry.IsEncrypted)
            {
                contents.Member(name, ReadOnlyMemory<byte>.Empty, encrypted: true);
                continue;
            }

            using var stream = reader.OpenEntryStream();
            var (member, whole) = Drain(stream, entry.CompressedSize > 0 ? entry.CompressedSize : content.Length);
            if (!whole)
                // Else the library unpacks the rest of a bomb only to pass over it.
                reader.Cancel();
            if (!contents.Member(name, member, encrypted: false))
                return;
            if (!whole)
            {
                NamesAlone(content);
                return;
            }
        }

        if (!any)
            _budget.Note("damaged-archive", _path, "no member could be read");
    }

    private void NamesAlone(ReadOnlyMemory<byte> content)
    {
        using var archive = ArchiveFactory.OpenArchive(AsStream(content), new ReaderOptions());
        foreach (var entry in archive.Entries.Take(MostNames))
            if (!entry.IsDirectory && !ByNameAlone(Name(entry.Key ?? "", latin1: false), entry.IsEncrypted))
                return;
    }

    private bool ByNameAlone(string name, bool encrypted) =>
        !FileKinds.IsExecutableName(FileKinds.ExtensionOf(name)) || contents.Member(name, ReadOnlyMemory<byte>.Empty, encrypted);

    // A compressed stream holds one file, named as the archive without its last extension.
    private void OpenStream(Stream stream, long packed)
    {
        using (stream)
        {
            if (!_budget.TakeEntry(_path))
                return;
            var archive = _path[(_path.LastIndexOf('/') + 1)..];
            var dot = archive.LastIndexOf('.');
            var extension = FileTypes.Extension(archive);
            var name = dot <= 0 ? archive : extension is "tgz" or "tbz" or "tbz2" or "txz" ? archive[..dot] + ".tar" : archive[..dot];
            contents.Member(name, Drain(stream, packed).Content, encrypted: false);
        }
    }

    /// <summary>What a member unpacks to, and whether that is all of it.</summary>
    private (ReadOnlyMemory<byte> Content, bool Whole) Drain(Stream stream, long packed, long most = long.MaxValue)
    {
        var whole = true;
        using var output = new MemoryStream();
        var buffer = new byte[64 * 1024];
        try
        {
            for (int read; (read = stream.Read(buffer, 0, buffer.Length)) > 0;)
            {
                var granted = _budget.TakeUnpacked(read, _path);
                output.Write(buffer, 0, granted);
                whole = granted == read && _budget.HasArchiveTime(_path) && output.Length < most;
                if (whole && output.Length > SuspiciousSize && output.Length > HighestRatio * Math.Max(1, packed))
                {
                    _budget.Cut("limit-archive-ratio", _path, $"unpacks to more than {HighestRatio} times its size");
                    whole = false;
                }

                if (!whole)
                    break;
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or SharpCompress.Common.SharpCompressException)
        {
            _budget.Note("damaged-archive", _path, exception.GetType().Name);
        }

        return (output.ToArray(), whole);
    }

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
