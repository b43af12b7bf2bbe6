using Platform.Engine.Attachments.Archives.SevenZip;
using Platform.Engine.Attachments.Archives.Zip;
using Platform.Engine.Mail;

namespace Platform.Engine.Attachments.Archives;

/// <summary>
/// Opens archives in memory, never to disk. Nothing an archive says of itself is believed: bytes are counted as they come out,
/// against <see cref="ScanLimits.MaxDecodedBytes"/> and a ratio no honest file has; entries and depth are counted over the whole
/// mail, so archives that hold themselves end. A member that cannot be read costs itself, never its neighbours; past a bound
/// the names are still read. Encrypted ones are tried with the words that the mail names as passwords.
/// </summary>
/// <remarks>
/// Notes: damaged-archive, overlapping-entries; with Limit: limit-archive-depth, limit-archive-entries, limit-archive-ratio,
/// limit-bytes, limit-time. Facts: archive-password, archive-hidden-entry, archive-name-disagrees, file-unread.
/// </remarks>
internal sealed class ArchiveReader : IFileReader
{
    public bool Reads(MailAttachment file) => KindOf(file) is not null;

    public void Read(MailAttachment file, FileContents contents)
    {
        var unpacking = new Unpacking(file, contents);
        switch (KindOf(file))
        {
            case "zip":
                new ZipFile(unpacking).Read();
                break;
            case "7z":
                new SevenZipFile(unpacking).Read();
                break;
            case "rar":
                new RarFile(unpacking).Read();
                break;
            case "tar":
                TarFile.Read(unpacking);
                break;
            case "cab":
                new CabinetFile(unpacking).Read();
                break;
            case "lha" or "arj" or "ace":
                OldArchives.Read(unpacking);
                break;
            case "split":
                unpacking.Unread(file.FileName, "a part of a split archive");
                break;
            case "foreign":
                unpacking.Unread(file.FileName, "an archive of a kind that is not read");
                break;
            default:
                PackedFile.Read(unpacking);
                break;
        }
    }

    /// <summary>The kind of archive as which programs open the file; null when it is none. A zip may begin with anything.</summary>
    private static string? KindOf(MailAttachment file) => file.Type.Id switch
    {
        "zip" or "jar" => "zip",
        "7z" or "rar" or "tar" or "cab" or "lha" or "arj" or "ace" or "gz" or "bz2" or "xz" or "lzip" or "zstd" => file.Type.Id,
        _ when FileTypes.Extension(file.FileName) is "zip" or "jar" && ZipTypes.StartOf(file.Content.Span) is not null => "zip",
        "unknown" => FileTypes.Extension(file.FileName) switch
        {
            "001" or "002" or "003" or "z01" or "z02" or "r00" or "r01" => "split",
            "alz" or "egg" or "zoo" or "arc" or "sit" or "sitx" or "uha" => "foreign",
            _ => null,
        },
        _ => null,
    };
}
