using System.Text;

namespace Platform.Engine.Detectors.Files;

/// <summary>A page that builds a file in the browser, so that no filter on the way ever sees that file.</summary>
internal sealed class HtmlSmuggling : IDetector
{
    private const int MaxScanned = 8 * 1024 * 1024;
    private const int LongText = 4_000;

    private static readonly string[] Decoders = ["atob(", "fromcharcode", "charcodeat", "unescape(", "decodeuricomponent", "uint8array", "frombase64", "parseint("];
    private static readonly string[] Builders = ["new blob", "createobjecturl", "mssaveblob", "mssaveoropenblob", ".download", "navigator.save", "serviceworker", "document.write(", "eval(", "location.replace", "location.href", "location=", "window.location"];
    private static readonly string[] Savers = ["createobjecturl", "mssaveblob", "mssaveoropenblob", ".download"];

    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("html-smuggling", "An HTML or SVG attachment decodes data and hands it over as a download.", "ATT&CK T1027.006", "file", "calls"),
        new("html-obfuscated-script", "An HTML or SVG attachment runs a script that decodes and writes its own page.", "ATT&CK T1027, T1059.007", "file", "calls"),
        new("svg-script", "An attached SVG picture runs a script that decodes or leads on.", "ATT&CK T1027.017", "file", "calls"),
        new("html-redirect-attachment", "An HTML attachment does little but lead on to another page.", "ATT&CK T1566.001", "file"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        HashSet<string> said = [];
        foreach (var file in input.Message.Attachments)
        {
            if (!FileKinds.IsMarkUp(file) || file.Content.IsEmpty)
                continue;
            var text = Encoding.Latin1.GetString(input.Examined.Take(file, MaxScanned).Span).ToLowerInvariant();
            var hasScript = text.Contains("<script", StringComparison.Ordinal) || text.Contains("onload", StringComparison.Ordinal) || text.Contains("onerror", StringComparison.Ordinal);
            string[] decoders = [.. Decoders.Where(call => text.Contains(call, StringComparison.Ordinal))];
            string[] builders = [.. Builders.Where(call => text.Contains(call, StringComparison.Ordinal))];
            var calls = string.Join(", ", decoders.Concat(builders).Take(5));
            Sign? sign = null;
            if (hasScript && decoders.Length > 0 && builders.Any(Savers.Contains))
                sign = new Sign("html-smuggling", Seen.File(file, calls), ("file", file.FileName), ("calls", calls));
            else if (hasScript && decoders.Length + builders.Length > 0 && (file.Type.Id == "svg" || FileKinds.ExtensionOf(file.FileName) == "svg"))
                sign = new Sign("svg-script", Seen.File(file, calls), ("file", file.FileName), ("calls", calls));
            else if (hasScript && decoders.Length > 0 && builders.Length > 0)
                sign = new Sign("html-obfuscated-script", Seen.File(file, calls), ("file", file.FileName), ("calls", calls));
            else if (text.Length < LongText && (text.Contains("http-equiv=\"refresh\"", StringComparison.Ordinal) || text.Contains("http-equiv=refresh", StringComparison.Ordinal) || hasScript && text.Contains("location", StringComparison.Ordinal)))
                sign = new Sign("html-redirect-attachment", Seen.File(file), ("file", file.FileName));
            if (sign is not null && said.Add(sign.Id))
                yield return sign;
        }
    }
}
