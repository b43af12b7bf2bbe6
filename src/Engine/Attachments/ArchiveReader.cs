using Platform.Engine.Mail;

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
internal sealed class ArchiveReader : IFileReader
{
    public bool Reads(MailAttachment file) => KindOf(file.Type, file.Content, file.FileName) is not null;

    public void Read(MailAttachment file, FileContents contents)
    {
        if (KindOf(file.Type, file.Content, file.FileName) is { } kind && new OpenedArchive(file, contents).ReadAs(kind))
            contents.MarkEncrypted();
    }

    /// <summary>The kind of archive as which programs open the file; null when it is none. A zip may begin with anything.</summary>
    private static FileType? KindOf(FileType type, ReadOnlyMemory<byte> content, string name)
    {
        if (type.Id is "zip" or "jar" or "rar" or "7z" or "tar" or "gz" or "bz2" or "xz")
            return type;
        return FileTypes.Extension(name) is "zip" or "jar" && ZipTypes.StartOf(content.Span) is not null ? FileTypes.Get("zip") : null;
    }
}
