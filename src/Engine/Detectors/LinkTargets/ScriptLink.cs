using Platform.Engine.Mail;

namespace Platform.Engine.Detectors.LinkTargets;

/// <summary>Links that carry their page or program themselves.</summary>
internal sealed class ScriptLink : IDetector
{
    public IReadOnlyList<SignDescription> Signs { get; } =
        [new("link-script-scheme", "A link or form holds a script or a whole page (javascript:, vbscript:, data:text/html).", "RFC 2397; ATT&CK T1059.007", "scheme")];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        foreach (var link in input.Message.Links)
        {
            if (link.Kind == LinkKind.Image)
                continue;
            var target = string.Concat(link.Target.Take(64).Where(character => !char.IsWhiteSpace(character) && !char.IsControl(character))).ToLowerInvariant();
            var scheme = target.StartsWith("javascript:", StringComparison.Ordinal) && !IsEmptyScript(target) ? "javascript"
                : target.StartsWith("vbscript:", StringComparison.Ordinal) ? "vbscript"
                : target.StartsWith("data:", StringComparison.Ordinal) && (target.Contains("html", StringComparison.Ordinal) || target.Contains("svg", StringComparison.Ordinal) || target.Contains("script", StringComparison.Ordinal)) ? "data"
                : null;
            if (scheme is null)
                continue;
            yield return new Sign("link-script-scheme", Seen.Link(link), ("scheme", scheme));
            yield break;
        }
    }

    // "javascript:;" and "javascript:void(0)" do nothing: web pages mailed as they are hold them.
    private static bool IsEmptyScript(string target) => target["javascript:".Length..].TrimEnd(';') is "" or "false" or "void(0)" or "void0" or "//" or "#" or "return" or "history.back()" or "window.print()" or "print()";
}
