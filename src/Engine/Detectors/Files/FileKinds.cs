using System.Collections.Frozen;
using Platform.Engine.Mail;

namespace Platform.Engine.Detectors.Files;

/// <summary>Kinds of files by what opening them does, from the content where it is known, else from the name.</summary>
internal static class FileKinds
{
    private static readonly FrozenSet<string> Executables = Set("exe", "dll", "elf", "mach-o", "macho", "msi", "com", "scr", "cpl", "pif", "jar", "apk", "class", "msix", "appx", "appimage", "deb", "rpm", "sys", "ocx", "xll", "msp", "gadget");
    private static readonly FrozenSet<string> Scripts = Set("js", "jse", "vbs", "vbe", "wsf", "wsh", "hta", "ps1", "psm1", "bat", "cmd", "sct", "wsc", "chm", "reg", "msc", "inf", "scf", "library-ms", "settingcontent-ms", "application", "jnlp", "command", "scpt");
    // Their interpreters read past any beginning: GIF89a=1;... is a script when it is called .js.
    private static readonly FrozenSet<string> Interpreted = Set("js", "jse", "vbs", "vbe", "wsf", "wsh", "hta", "ps1", "bat", "cmd", "sct", "wsc");
    private static readonly FrozenSet<string> Shortcuts = Set("lnk", "url", "website", "desktop", "webloc", "search-ms");
    private static readonly FrozenSet<string> WebQueries = Set("iqy", "rqy", "dqy", "oqy");
    private static readonly FrozenSet<string> DiskImages = Set("iso", "img", "vhd", "vhdx", "udf", "dmg", "daa", "wim", "disk");
    private static readonly FrozenSet<string> Archives = Set("zip", "rar", "7z", "gz", "bz2", "xz", "tar", "cab", "ace", "arj", "lzh", "z", "tgz", "uue", "lha", "zst", "zstd", "lz", "lzip");
    private static readonly FrozenSet<string> Documents = Set("pdf", "doc", "docx", "docm", "xls", "xlsx", "xlsm", "ppt", "pptx", "rtf", "txt", "csv", "odt", "ods", "odp", "jpg", "jpeg", "png", "gif", "bmp", "tif", "tiff", "webp", "mp3", "mp4", "mov", "avi", "wav", "eml", "msg", "htm", "html", "xml", "ics", "hwp", "hwpx", "jtd", "key", "pages");
    private static readonly FrozenSet<string> MarkUp = Set("html", "htm", "shtml", "xhtml", "svg", "mht", "mhtml", "xht");

    public static string ExtensionOf(string name)
    {
        var trimmed = name.TrimEnd(' ', '.', '\u00a0', '\u3000');
        var dot = trimmed.LastIndexOf('.');
        return dot < 0 || trimmed.Length - dot > 16 ? "" : trimmed[(dot + 1)..].ToLowerInvariant();
    }

    /// <summary>A program by its content, or by its name where the content says nothing.</summary>
    public static bool IsExecutable(MailAttachment file) => Executables.Contains(file.Type.Id) || Judges(file) && Executables.Contains(ExtensionOf(file.FileName));

    /// <summary>A script that runs when opened. A script called notes.txt or fix.patch is only read.</summary>
    public static bool IsScript(MailAttachment file) =>
        Scripts.Contains(file.Type.Id) && ExtensionOf(file.FileName) is var extension && (extension.Length == 0 || Scripts.Contains(extension))
        || Interpreted.Contains(ExtensionOf(file.FileName))
        || Judges(file) && Scripts.Contains(ExtensionOf(file.FileName));

    public static bool IsShortcut(MailAttachment file) => Shortcuts.Contains(file.Type.Id) || Shortcuts.Contains(ExtensionOf(file.FileName));

    public static bool IsWebQuery(MailAttachment file) => WebQueries.Contains(file.Type.Id) || WebQueries.Contains(ExtensionOf(file.FileName));

    public static bool IsDiskImage(MailAttachment file) => DiskImages.Contains(file.Type.Id) || DiskImages.Contains(ExtensionOf(file.FileName));

    public static bool IsOneNote(MailAttachment file) => file.Type.Id == "onenote" || ExtensionOf(file.FileName) is "one" or "onepkg";

    public static bool IsArchive(MailAttachment file) => Archives.Contains(file.Type.Id) || Judges(file) && Archives.Contains(ExtensionOf(file.FileName));

    /// <summary>A page that a browser opens; HTML called notes.txt is only read.</summary>
    public static bool IsMarkUp(MailAttachment file) => MarkUp.Contains(ExtensionOf(file.FileName)) || file.Type.Id is "html" or "svg" or "mhtml" && ExtensionOf(file.FileName).Length == 0;

    /// <summary>A file that a person would not send as a document: program, script, shortcut, disk image, page, archive of any of them.</summary>
    public static bool IsNoDocument(MailAttachment file) =>
        IsExecutable(file) || IsScript(file) || IsShortcut(file) || IsWebQuery(file) || IsDiskImage(file) || IsOneNote(file)
        || IsMarkUp(file)
        || file.Type.Id is "rar" or "7z" or "cab" or "ace" or "arj" or "lha" || ExtensionOf(file.FileName) is "ace" or "arj" or "r00" or "r01" or "uue" or "z" or "lzh";

    public static bool IsExecutableName(string extension) => Executables.Contains(extension) || Scripts.Contains(extension) || Shortcuts.Contains(extension);

    public static bool IsDocumentName(string extension) => Documents.Contains(extension);

    // Text and unknown content are what their name makes of them when opened.
    private static bool Judges(MailAttachment file) => file.Type.Id is "unknown" or "text" or "ole" or "xml" or "html" or "csv" or "json";

    private static FrozenSet<string> Set(params IEnumerable<string> names) => names.ToFrozenSet(StringComparer.Ordinal);
}
