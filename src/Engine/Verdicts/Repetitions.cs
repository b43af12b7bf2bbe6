using Platform.Engine.Detectors;

namespace Platform.Engine.Verdicts;

/// <summary>
/// Of one file each thing is said once, by the sign that knows most of it: what a page was seen to do is not said again as what its
/// calls look like, and a page that does something is not called one that does nothing.
/// </summary>
internal static class Repetitions
{
    private const string Plain = "html-attachment-plain";

    // Signs that tell anything at all of a file weigh this much.
    private const int Telling = 14;

    // The first says all that the others say.
    private static readonly (string Sign, string[] Less)[] SaidBetter =
    [
        ("behaviour-smuggle", ["html-smuggling", "html-obfuscated-script", "html-redirect-attachment", "svg-script", "html-attachment"]),
        ("html-smuggling", ["html-obfuscated-script", "html-redirect-attachment"]),
        ("behaviour-paste-command", ["html-obfuscated-script", "html-redirect-attachment"]),
        ("behaviour-redirect", ["html-redirect-attachment", "html-link-only"]),
        ("html-redirect-attachment", ["html-link-only"]),
        ("behaviour-remote-code", ["html-remote-script", "html-link-only", "html-obfuscated-script"]),
        ("html-remote-script", ["html-link-only"]),
    ];

    public static List<Sign> Without(IEnumerable<Sign> signs)
    {
        var seen = signs.ToList();
        HashSet<Sign> said = [];
        foreach (var (best, less) in SaidBetter)
            if (seen.Find(sign => sign.Id == best) is { } better)
                said.UnionWith(seen.Where(sign => less.Contains(sign.Id) && sign.Evidence.Where == better.Evidence.Where));
        if (seen.Find(sign => sign.Id == Plain) is { } plain && seen.Exists(sign => IsOf(sign, plain.Evidence.Where)))
            said.Add(plain);
        return seen.FindAll(sign => !said.Contains(sign));
    }

    // Told of the file itself, of what it holds, or of what it builds.
    private static bool IsOf(Sign sign, string path) =>
        sign.Evidence.Kind == EvidenceKind.Attachment && sign.Id != Plain && Weights.Of(sign) is { Family: SignFamily.Files, Points: >= Telling }
        && (sign.Evidence.Where == path || sign.Evidence.Where.StartsWith($"{path}/", StringComparison.Ordinal));
}
