using Platform.Engine.Behaviour;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Detectors.Words;

/// <summary>
/// "Press Win+R, paste this line, press Enter": the mail makes its reader run what no attachment could (ClickFix). Manuals and
/// developers tell each other lines that install something too, and write them for a terminal; that is seen fainter.
/// </summary>
internal sealed class PasteCommandLure : IDetector
{
    private const int MostLines = 2_000;
    private const int Longest = 64 * 1024;
    private const int Faint = 50;

    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("paste-command-lure", "The text tells its reader to paste a command that fetches and runs something into the Run dialog, a terminal or the address bar.", "ATT&CK T1204.004", "command"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        if (!PasteInstructions.AreInText(input))
            yield break;
        var text = input.Message.VisibleText;
        var (command, kind) = PastedCommand.In(text.Length > Longest ? text[..Longest] : text, MostLines);
        if (kind < PastedKind.Installs)
            yield break;
        yield return new Sign("paste-command-lure", Seen.Of(EvidenceKind.Text, "text", command), ("command", Seen.Cut(command, 160))) { Percent = IsForDevelopers(input, kind) ? Faint : 100 };
    }

    private static bool IsForDevelopers(DetectionInput input, PastedKind kind) =>
        input.Survey.IsConversation || kind == PastedKind.Installs && !PasteInstructions.InBox(input);
}
