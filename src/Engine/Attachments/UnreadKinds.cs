using System.Collections.Frozen;
using Platform.Engine.Mail;

namespace Platform.Engine.Attachments;

/// <summary>Files that no reader opens, and that are more than something to look at, listen to or read as it stands.</summary>
internal static class UnreadKinds
{
    private const int ShortestFile = 64;

    // Shown, played or read by a program that runs nothing of them; signatures and certificates.
    private static readonly FrozenSet<string> Plain = new[]
    {
        "png", "jpeg", "gif", "bmp", "tiff", "webp", "ico", "mp3", "mp4", "wav", "font", "text", "csv", "json", "xml", "vcf", "pem", "ics", "eml", "tnef", "html", "svg",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> PlainNames = new[] { "p7s", "sig", "asc", "aac", "flac", "ogg", "oga", "opus", "wma", "amr", "avi", "mkv", "webm", "wmv", "mpg", "mpeg", "psd", "heic", "jp2", "dwg", "dxf", "stl", "step", "stp", "emf", "wmf" }
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The kind by content, or by name where the content tells nothing; null when there is nothing to say.</summary>
    public static string? Of(MailAttachment file)
    {
        if (file.Content.Length < ShortestFile || Plain.Contains(file.Type.Id))
            return null;
        var extension = FileTypes.Extension(file.FileName);
        if (file.Type.Id != "unknown")
            return file.Type.Id;
        return PlainNames.Contains(extension) ? null : extension.Length is > 0 and <= 12 ? extension : "unknown";
    }
}
