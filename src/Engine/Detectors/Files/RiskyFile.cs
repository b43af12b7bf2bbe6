using Platform.Engine.Mail;

namespace Platform.Engine.Detectors.Files;

/// <summary>Files that are no programs but start or fetch one: shortcuts, web queries, notebooks, disk images, pages.</summary>
internal sealed class RiskyFile : IDetector
{
    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("shortcut-attachment", "A shortcut (.lnk, .url) is attached.", "[MS-SHLLINK]; ATT&CK T1204.002, T1547.009", "file"),
        new("web-query-attachment", "A web query (.iqy) that makes Excel fetch data is attached.", "ATT&CK T1221", "file"),
        new("onenote-attachment", "A OneNote notebook is attached; it may hold programs under a button.", "[MS-ONESTORE]; ATT&CK T1204.002", "file"),
        new("disk-image-attachment", "A disk image is attached; its content escapes the mark of the web.", "ATT&CK T1553.005", "file"),
        new("html-attachment-plain", "A web page is attached that asks for nothing, writes nothing and leads nowhere by itself.", "ATT&CK T1566.001", "file"),
        new("disk-image-of-documents", "A disk image is attached that holds nothing but documents.", "ATT&CK T1553.005", "file"),
        new("html-attachment", "A web page is attached; it opens outside every link filter.", "ATT&CK T1027.006, T1566.001", "file"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        HashSet<string> said = [];
        // Read to the end and found to start or fetch nothing from elsewhere.
        var plain = FactSigns.PathsOf(input, "shortcut-plain", "web-query-plain", "onenote-read");
        var pages = FactSigns.PathsOf(input, "page-plain");
        // What its scripts would do is known better than how they look.
        pages.ExceptWith(input.Message.Behaviours.Select(seen => seen.FilePath));
        var remote = FactSigns.PathsOf(input, "web-query-remote");
        foreach (var file in input.Message.Attachments)
            if ((!plain.Contains(file.Path) || remote.Contains(file.Path)) && Judge(file, input, pages) is { } id && said.Add(id))
                yield return new Sign(id, Seen.File(file), ("file", file.FileName.Length > 0 ? file.FileName : file.Path));
    }

    private static string? Judge(MailAttachment file, DetectionInput input, HashSet<string> plainPages)
    {
        if (FileKinds.IsShortcut(file))
            return "shortcut-attachment";
        if (FileKinds.IsWebQuery(file))
            return "web-query-attachment";
        if (FileKinds.IsOneNote(file))
            return "onenote-attachment";
        if (FileKinds.IsDiskImage(file))
            return HoldsOnlyDocuments(file, input) ? "disk-image-of-documents" : "disk-image-attachment";
        if (file.Depth > 0 || !FileKinds.IsMarkUp(file) || IsInline(file, input))
            return null;
        return (plainPages.Contains(file.Path) || IsPlainArchive(file, input, plainPages)) && FactSigns.IsIdle(input, file) ? "html-attachment-plain" : "html-attachment";
    }

    // A page saved with its parts in one file (MHTML, RFC 2557): as plain as the pages in it.
    private static bool IsPlainArchive(MailAttachment file, DetectionInput input, HashSet<string> plainPages)
    {
        if (file.Type.Id != "mhtml")
            return false;
        var inside = input.Message.Attachments.Where(part => part.Path.StartsWith($"{file.Path}/", StringComparison.Ordinal) && FileKinds.IsMarkUp(part)).ToList();
        return inside.Count > 0 && inside.TrueForAll(part => plainPages.Contains(part.Path));
    }

    // Read, with nothing in it that starts when it is opened: an unusual way to send documents.
    private static bool HoldsOnlyDocuments(MailAttachment image, DetectionInput input)
    {
        var inside = input.Message.Attachments.Where(file => file.Path.StartsWith($"{image.Path}/", StringComparison.Ordinal)).ToList();
        return inside.Count > 0 && !inside.Exists(file => file.Encrypted || FileKinds.IsNoDocument(file)) && !input.Message.FileFacts.Any(fact => fact.Id == "file-unread" && fact.File.Path.StartsWith(image.Path, StringComparison.Ordinal));
    }

    // An SVG logo shown inside the body is a picture.
    private static bool IsInline(MailAttachment file, DetectionInput input) =>
        input.Message.Leaves.Any(leaf => leaf.FileName == file.FileName && (leaf.ContentId is not null || leaf.Disposition == "inline") && leaf.MediaType.StartsWith("image/", StringComparison.Ordinal));
}
