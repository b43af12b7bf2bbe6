using System.IO.Compression;
using System.Runtime.InteropServices;
using Platform.Engine.Mail;

namespace Platform.Engine.Attachments.Ooxml;

/// <param name="Name">Path in the package, no slash before it.</param>
internal sealed record OoxmlPart(string Name, ZipArchiveEntry Entry)
{
    public string Extension => FileTypes.Extension(Name);

    public string Folder => Name.LastIndexOf('/') is >= 0 and var slash ? Name[..slash] : "";
}

/// <summary>The parts of one package while it is read; what they unpack to is counted against the budget of the mail.</summary>
internal sealed class OoxmlPackage : IDisposable
{
    private const int MaxParts = 4_000;
    private const int MaxPart = 16 * 1024 * 1024;

    private readonly ZipArchive _zip;
    private readonly FileContents _contents;
    private readonly string _path;

    private OoxmlPackage(ZipArchive zip, FileContents contents, string path)
    {
        (_zip, _contents, _path) = (zip, contents, path);
        Parts = [.. zip.Entries.Where(entry => entry.Name.Length > 0).Take(MaxParts).Select(entry => new OoxmlPart(entry.FullName.Replace('\\', '/').TrimStart('/'), entry))];
        if (zip.Entries.Count > MaxParts)
            contents.Budget.Cut("limit-archive-entries", path, $"more than {MaxParts} parts");
    }

    public IReadOnlyList<OoxmlPart> Parts { get; }

    /// <summary>Null, and a note, when the package has no directory.</summary>
    public static OoxmlPackage? Open(MailAttachment file, FileContents contents)
    {
        try
        {
            var stream = MemoryMarshal.TryGetArray(file.Content, out var segment)
                ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
                : new MemoryStream(file.Content.ToArray(), writable: false);
            return new OoxmlPackage(new ZipArchive(stream, ZipArchiveMode.Read), contents, file.Path);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or ArgumentException)
        {
            contents.Budget.Note("damaged-file", file.Path, exception.GetType().Name);
            return null;
        }
    }

    public OoxmlPart? Find(string name) => Parts.FirstOrDefault(part => part.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>What the part unpacks to, at most 16 MiB and what the budget grants; damaged parts as far as they go.</summary>
    public byte[] Read(OoxmlPart part)
    {
        using var output = new MemoryStream();
        try
        {
            using var stream = part.Entry.Open();
            var buffer = new byte[16 * 1024];
            for (int read; output.Length < MaxPart && (read = stream.Read(buffer, 0, buffer.Length)) > 0;)
            {
                var granted = _contents.Budget.TakeUnpacked(read, _path);
                output.Write(buffer, 0, granted);
                if (granted < read)
                    break;
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or NotSupportedException)
        {
            _contents.Budget.Note("damaged-file", $"{_path}/{part.Name}", exception.GetType().Name);
        }

        return output.ToArray();
    }

    public void Dispose() => _zip.Dispose();
}
