using Platform.Engine.Attachments;
using Platform.Engine.Mail;

namespace Platform.Engine.Behaviour.JavaScript.Pages;

/// <summary>
/// Whether a file that a page hands over is one that was hidden in it. A report saves its table or picture when asked; nobody needs to
/// build a program, an archive, a script or a disk image in a page, and no honest page hands over a document unasked.
/// </summary>
internal static class SavedFile
{
    private static readonly HashSet<string> Plain = new(StringComparer.OrdinalIgnoreCase)
    {
        "csv", "tsv", "txt", "json", "geojson", "xml", "md", "log", "yaml", "yml", "ics", "vcf", "png", "jpg", "jpeg", "gif", "webp", "bmp", "svg", "ipynb", "gpx", "kml", "tex", "bib", "webm", "mp4", "mp3", "wav",
    };

    private static readonly HashSet<string> Documents = new(StringComparer.OrdinalIgnoreCase) { "pdf", "xlsx", "docx", "pptx", "xls", "doc", "ppt", "rtf", "odt", "ods", "eml", "html", "htm" };

    public static bool IsSmuggled(string name, FileType kind, string mediaType, bool unasked)
    {
        var extension = FileTypes.Extension(name);
        if (kind.Id is "exe" or "zip" or "rar" or "7z" or "iso" or "vhd" or "vhdx" or "lnk" or "msi" or "cab" or "jar" or "hta" or "elf" or "wsf" or "one" or "js" or "vbs" or "ps1" or "bat" or "img" or "gz" or "tar" or "ole")
            return !(kind.Id is "zip" or "ole" && Documents.Contains(extension) && !unasked);
        if (extension.Length == 0)
            return unasked && mediaType.Length > 0 && !mediaType.StartsWith("image/", StringComparison.OrdinalIgnoreCase) && !mediaType.StartsWith("text/", StringComparison.OrdinalIgnoreCase) && !mediaType.Contains("json", StringComparison.OrdinalIgnoreCase);
        if (Plain.Contains(extension))
            return false;
        return !Documents.Contains(extension) || unasked;
    }
}
