using System.Text;
using Platform.Engine.Mail;

namespace Platform.Engine.Detectors.Files;

// Office files come in two shapes. OLE2 ([MS-CFB], first bytes D0 CF 11 E0): a small file system whose directory names are
// UTF-16LE; a VBA project shows as storage `VBA` with stream `_VBA_PROJECT` ([MS-OVBA]). OOXML (ECMA-376): a zip, whose
// members reach this engine as attachments of their own: `word/vbaProject.bin` is the VBA project, and a relationship
// part (`_rels/*.rels`) with TargetMode="External" and type attachedTemplate, oleObject, frame or subDocument is fetched
// as soon as the document is opened.

/// <summary>Programs in Office documents, and what they fetch from elsewhere.</summary>
internal sealed class OfficeMacro : IDetector
{
    private const int MaxScanned = 8 * 1024 * 1024;
    private static readonly byte[] VbaProject = Encoding.Unicode.GetBytes("_VBA_PROJECT");
    private static readonly byte[] MacroStorage = Encoding.Unicode.GetBytes("Macros");
    private static readonly string[] FetchedTypes = ["attachedTemplate", "oleObject", "/frame", "subDocument", "externalLinkPath"];

    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("macro-document", "An Office document with a macro project (VBA).", "[MS-OVBA]; ATT&CK T1137, T1059.005; X.1236 7.1.1", "file"),
        new("external-template", "An Office document that fetches a template or object from elsewhere when opened.", "ECMA-376; ATT&CK T1221", "file", "target"),
        new("dynamic-data-exchange", "An Office document or sheet that starts a program by DDE.", "ATT&CK T1559.002", "file"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        HashSet<string> said = [];
        foreach (var file in input.Message.Attachments)
        {
            var bytes = file.Content.Span[..Math.Min(file.Content.Length, MaxScanned)];
            Sign? sign = null;
            if (file.Path.EndsWith("/vbaProject.bin", StringComparison.OrdinalIgnoreCase)
                || file.Type.Id is "ole" or "doc" or "xls" or "ppt" && (bytes.IndexOf(VbaProject) >= 0 || bytes.IndexOf(MacroStorage) >= 0))
                sign = new Sign("macro-document", Seen.File(file), ("file", Outer(file)));
            else if (file.FileName.EndsWith(".rels", StringComparison.OrdinalIgnoreCase) && ExternalTarget(Encoding.UTF8.GetString(bytes)) is { } target)
                sign = new Sign("external-template", Seen.File(file, target), ("file", Outer(file)), ("target", target));
            else if (IsOfficeText(file) && HasDde(Encoding.Latin1.GetString(bytes)))
                sign = new Sign("dynamic-data-exchange", Seen.File(file), ("file", Outer(file)));
            if (sign is not null && said.Add(sign.Id))
                yield return sign;
        }
    }

    // The document a person sees, not the member inside it.
    private static string Outer(MailAttachment file)
    {
        var slash = file.Path.IndexOf('/');
        return file.Depth > 0 && slash > 0 ? file.Path[..slash] : file.FileName;
    }

    private static bool IsOfficeText(MailAttachment file) => file.FileName is "document.xml" or "sharedStrings.xml" || FileKinds.ExtensionOf(file.FileName) is "csv" or "slk" or "rtf";

    private static bool HasDde(string text) =>
        text.Contains("DDEAUTO", StringComparison.Ordinal) || text.Contains(">DDE ", StringComparison.Ordinal)
        || text.Contains("=cmd|", StringComparison.OrdinalIgnoreCase) || text.Contains("+cmd|", StringComparison.OrdinalIgnoreCase) || text.Contains("=msexcel|", StringComparison.OrdinalIgnoreCase);

    private static string? ExternalTarget(string relations)
    {
        foreach (var relation in relations.Split("<Relationship ", 2_000))
        {
            if (!relation.Contains("TargetMode=\"External\"", StringComparison.OrdinalIgnoreCase) || !FetchedTypes.Any(type => relation.Contains(type, StringComparison.OrdinalIgnoreCase)))
                continue;
            var at = relation.IndexOf("Target=\"", StringComparison.Ordinal);
            if (at < 0)
                continue;
            var start = at + "Target=\"".Length;
            var end = relation.IndexOf('"', start);
            var target = relation[start..(end < 0 ? relation.Length : end)];
            if (target.Contains("://", StringComparison.Ordinal) || target.StartsWith(@"\\", StringComparison.Ordinal) || target.StartsWith("mhtml:", StringComparison.OrdinalIgnoreCase))
                return target;
        }

        return null;
    }
}
