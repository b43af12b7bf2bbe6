using Platform.Engine.Mail;

namespace Platform.Engine.Attachments.DiskImages;

/// <summary>
/// Opens images of discs and disks, whose files Windows starts without the mark of the web: CD and DVD (ISO 9660, Joliet, UDF), floppy and
/// hard disks (FAT, NTFS) as they are, in partitions, or in a virtual disk (VHD, VHDX). The files become members of the image.
/// </summary>
/// <remarks>Notes: damaged-image; with Limit as for archives. Facts: file-unread.</remarks>
internal sealed class DiskImageReader : IFileReader
{
    public bool Reads(MailAttachment file) => KindOf(file) is not null;

    public void Read(MailAttachment file, FileContents contents)
    {
        var image = new OpenedImage(file, contents);
        switch (KindOf(file))
        {
            case "iso":
                OpticalDisc.Read(file.Content, image);
                break;
            case "disk":
                if (VirtualDisk.Open(file.Content, image) is { } disk)
                    HardDisk.Read(disk, image);
                break;
            default:
                image.Unread(file.FileName, "a disk image of a kind that is not read");
                break;
        }
    }

    // Systems mount an image by its name; what stands in its first sectors is free.
    private static string? KindOf(MailAttachment file) => file.Type.Id switch
    {
        "iso" => "iso",
        "vhd" or "disk" => "disk",
        _ when FileTypes.Extension(file.FileName) is not ("iso" or "img" or "udf" or "vhd" or "vhdx" or "dmg" or "wim" or "daa") => null,
        _ when OpticalDisc.IsDisc(file.Content.Span) => "iso",
        "unknown" => "other",
        _ => null,
    };
}
