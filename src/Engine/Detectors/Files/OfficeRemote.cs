using System.Text;
using Platform.Engine.Mail;

namespace Platform.Engine.Detectors.Files;

/// <summary>What Office documents fetch from elsewhere or start without any macro.</summary>
internal sealed class OfficeRemote : IDetector
{
    private const int MaxScanned = 8 * 1024 * 1024;

    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("external-template", "An Office document that fetches a template or object from elsewhere when opened.", "ECMA-376; ATT&CK T1221", "file", "target"),
        new("dynamic-data-exchange", "An Office document or sheet that starts a program by DDE.", "ATT&CK T1559.002", "file"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        HashSet<string> said = [];
        foreach (var file in input.Message.Attachments)
            foreach (var sign in Judge(file, input.Examined))
                if (said.Add(sign.Id))
                    yield return sign;
    }

    private static IEnumerable<Sign> Judge(MailAttachment file, Examination examined)
    {
        var package = file.Type.Id.StartsWith("ooxml", StringComparison.Ordinal);
        if (!package && FileKinds.ExtensionOf(file.FileName) is not ("csv" or "slk" or "rtf"))
            yield break;
        var bytes = examined.Take(file, MaxScanned);
        if (!package)
        {
            if (OfficePackage.StartsByDde(Encoding.Latin1.GetString(bytes.Span)))
                yield return new Sign("dynamic-data-exchange", Seen.File(file), ("file", file.FileName));
            yield break;
        }

        var found = OfficePackage.Read(bytes, examined);
        if (found.ExternalTarget is { } target)
            yield return new Sign("external-template", Seen.File(file, target), ("file", file.FileName), ("target", target));
        if (found.HasDde)
            yield return new Sign("dynamic-data-exchange", Seen.File(file), ("file", file.FileName));
    }
}
