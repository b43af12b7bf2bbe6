using Platform.Engine.Mail;

namespace Platform.Engine.Detectors.Files;

/// <summary>Names made to deceive: two extensions, text turned right to left, a name of another kind than the content.</summary>
internal sealed class FileNames : IDetector
{
    private const char RightToLeftOverride = '\u202e';

    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("double-extension", "A document extension stands before the executable one that counts.", "ATT&CK T1036.007", "file"),
        new("right-to-left-name", "The file name turns the reading direction so that its extension is misread.", "ATT&CK T1036.002; UTR #36", "file"),
        new("type-mismatch", "The content is of another kind than the name says.", "ATT&CK T1036.008", "file", "type"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        HashSet<string> said = [];
        var plain = FactSigns.PathsOf(input, "shortcut-plain");
        foreach (var file in input.Message.Attachments)
        {
            var name = file.FileName;
            if (name.Contains(RightToLeftOverride) && said.Add("right-to-left-name"))
                yield return new Sign("right-to-left-name", Seen.File(file), ("file", Escaped(name)));
            if (!plain.Contains(file.Path) && IsDouble(name) && said.Add("double-extension"))
                yield return new Sign("double-extension", Seen.File(file), ("file", name)) { Type = IsPageName(FileKinds.ExtensionOf(name)) ? Verdicts.AttackType.CredentialPhishing : null };
            if (IsMismatch(file) && said.Add("type-mismatch"))
                yield return new Sign("type-mismatch", Seen.File(file), ("file", name), ("type", file.Type.Id));
        }
    }

    private static bool IsDouble(string name)
    {
        var extension = FileKinds.ExtensionOf(name);
        if (!FileKinds.IsExecutableName(extension) && !IsPageName(extension) && extension is not ("iso" or "img"))
            return false;
        var rest = name.TrimEnd(' ', '.')[..^(extension.Length + 1)].TrimEnd();
        var inner = FileKinds.ExtensionOf(rest);
        return FileKinds.IsDocumentName(inner) && inner is not ("html" or "htm") && inner != extension;
    }

    // A page under a document's name asks for something; a program does something.
    private static bool IsPageName(string extension) => extension is "html" or "htm" or "svg";

    // Kinds that mail programs and people mix up without harm are left alone: text for text, one picture for another.
    private static bool IsMismatch(MailAttachment file)
    {
        var extension = FileKinds.ExtensionOf(file.FileName);
        if (extension.Length == 0 || file.Type.Id is "unknown" or "text" or "csv" || file.Type.Extensions.Count == 0 || file.Type.Extensions.Contains(extension) || !FileKinds.IsDocumentName(extension))
            return false;
        return file.Type.Id is "exe" or "dll" or "elf" or "mach-o" or "msi" or "lnk" or "onenote" or "iso" or "rar" or "7z" or "cab" or "jar"
            || file.Type.Id is "html" or "svg" && extension is not ("xml" or "txt" or "eml" or "doc" or "xls" or "htm" or "html")
            || file.Type.Id == "zip" && extension is ("pdf" or "jpg" or "png" or "gif")
            || file.Type.Id == "rtf" && extension is ("pdf" or "docx" or "xls" or "xlsx");
    }

    private static string Escaped(string name) => string.Concat(name.Select(character => Language.NormalText.IsInvisible(character) ? $"\\u{(int)character:x4}" : character.ToString()));
}
