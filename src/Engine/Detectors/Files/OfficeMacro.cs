using System.Text;
using Platform.Engine.Mail;

namespace Platform.Engine.Detectors.Files;

/// <summary>Programs in Office documents, and what they fetch from elsewhere.</summary>
internal sealed class OfficeMacro : IDetector
{
    private const int MaxScanned = 8 * 1024 * 1024;
    private static readonly byte[] VbaProject = Encoding.Unicode.GetBytes("_VBA_PROJECT");

    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("macro-document", "An Office document with a macro project (VBA).", "[MS-OVBA]; ATT&CK T1137, T1059.005; X.1236 7.1.1", "file"),
        new("external-template", "An Office document that fetches a template or object from elsewhere when opened.", "ECMA-376; ATT&CK T1221", "file", "target"),
        new("dynamic-data-exchange", "An Office document or sheet that starts a program by DDE.", "ATT&CK T1559.002", "file"),
        new("macro-lure", "Asks to switch on the macros of the document it brings.", "ATT&CK T1204.002; X.1236 7.1.1", "words"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        HashSet<string> said = [];
        foreach (var file in input.Message.Attachments)
            foreach (var sign in Judge(file, input.Examined))
                if (said.Add(sign.Id))
                    yield return sign;
        if (said.Contains("macro-document") && input.Text.Find("enable-content") is [var ask, ..])
            yield return new Sign("macro-lure", Seen.Words([ask]), ("words", ask.Phrase));
    }

    private static IEnumerable<Sign> Judge(MailAttachment file, Examination examined)
    {
        if (!IsOffice(file))
            yield break;
        var bytes = examined.Take(file, MaxScanned);
        if (file.Type.Id.StartsWith("ooxml", StringComparison.Ordinal))
        {
            var package = OfficePackage.Read(bytes, examined);
            if (package.HasMacros || file.Type.Id.EndsWith("-macro", StringComparison.Ordinal))
                yield return new Sign("macro-document", Seen.File(file), ("file", file.FileName));
            if (package.ExternalTarget is { } target)
                yield return new Sign("external-template", Seen.File(file, target), ("file", file.FileName), ("target", target));
            if (package.HasDde)
                yield return new Sign("dynamic-data-exchange", Seen.File(file), ("file", file.FileName));
        }
        else if (IsOle(file))
        {
            if (bytes.Span.IndexOf(VbaProject) < 0)
                yield break;
            yield return new Sign("macro-document", Seen.File(file), ("file", file.FileName));
        }
        else if (OfficePackage.StartsByDde(Encoding.Latin1.GetString(bytes.Span)))
        {
            yield return new Sign("dynamic-data-exchange", Seen.File(file), ("file", file.FileName));
        }
    }

    private static bool IsOffice(MailAttachment file) =>
        file.Type.Id.StartsWith("ooxml", StringComparison.Ordinal) || IsOle(file) || FileKinds.ExtensionOf(file.FileName) is "csv" or "slk" or "rtf";

    private static bool IsOle(MailAttachment file) => file.Type.Id is "ole" or "ole-word" or "ole-excel" or "ole-powerpoint";
}
