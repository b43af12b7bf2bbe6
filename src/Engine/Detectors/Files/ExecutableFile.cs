using Platform.Engine.Mail;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Detectors.Files;

/// <summary>Programs and scripts, told by content; the disguised program is proof of ill intent.</summary>
internal sealed class ExecutableFile : IDetector
{
    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("executable-disguised", "A program whose name says document or picture.", "ATT&CK T1036.008; X.1236 7.1.1", "file", "type"),
        new("executable-attachment", "A program is attached.", "ATT&CK T1204.002; X.1236 7.1.1", "file", "type"),
        new("script-attachment", "A script that runs when opened is attached.", "ATT&CK T1059; X.1236 7.1.1", "file", "type"),
        new("archive-with-executable", "A program, script or shortcut is packed inside another file (archive, attached mail).", "ATT&CK T1204.002, T1027; X.1236 7.1.1", "file", "type"),
        new("script-among-sources", "A short script among sources in an archive, whose emulation showed nothing of note.", "ATT&CK T1059", "file", "type"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        HashSet<string> said = [];
        var plain = FactSigns.PathsOf(input, "shortcut-plain");
        var sources = WebProjects.Of(input);
        foreach (var file in input.Message.Attachments)
        {
            if (plain.Contains(file.Path) || sources.Contains(file))
                continue;
            var executable = FileKinds.IsExecutable(file);
            var script = FileKinds.IsScript(file);
            if (!executable && !script && !(file.Depth > 0 && FileKinds.IsShortcut(file)))
                continue;
            var extension = FileKinds.ExtensionOf(file.FileName);
            // Only a real binary proves the disguise; a text that looks like a script may be somebody's notes.
            var id = file.Type.Id is "exe" or "dll" or "elf" or "mach-o" or "msi" && FileKinds.IsDocumentName(extension) ? "executable-disguised"
                : SourceArchives.Holds(file, input) ? "script-among-sources"
                : file.Depth > 0 ? "archive-with-executable"
                : executable ? "executable-attachment"
                : FileKinds.IsDocumentName(extension) ? null : "script-attachment";
            if (id is not null && said.Add(id))
                yield return new Sign(id, Evidence(file, input), ("file", file.FileName.Length > 0 ? file.FileName : file.Path), ("type", TypeOf(file, extension)));
        }
    }

    // Text is what its name makes of it: a script in PowerShell may well look like a table.
    private static string TypeOf(MailAttachment file, string extension) => file.Type.Id is "unknown" or "text" or "csv" or "json" or "xml" && extension.Length > 0 ? extension : file.Type.Id;

    private static Evidence Evidence(MailAttachment file, DetectionInput input) =>
        input.Message.FileFacts.FirstOrDefault(fact => fact.Id == "program-details" && fact.File.Path == file.Path) is { } details
            ? Seen.File(file, $"{file.FileName} ({file.Type.Id}, {file.Content.Length} bytes): {details.Value}")
            : Seen.File(file, $"{file.FileName} ({TypeOf(file, FileKinds.ExtensionOf(file.FileName))}, {file.Content.Length} bytes)");
}
