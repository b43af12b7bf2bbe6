using Platform.Engine.Behaviour;
using Platform.Engine.Behaviour.Basic;
using Platform.Engine.Behaviour.JavaScript;
using Platform.Engine.Detectors.Words;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Detectors.Behaviours;

/// <summary>What the scripts, macros and shortcuts of a file would do, as their emulation showed.</summary>
internal sealed class ScriptBehaviour : IDetector
{
    private const int FaintCommand = 15;

    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        Of("behaviour-installs", "A script fetches or writes a program and starts it.", "ATT&CK T1105, T1204.002; X.1236 7.1.1"),
        Of("behaviour-download", "A script fetches something from the network.", "ATT&CK T1105"),
        Of("behaviour-drop", "A script writes a file.", "ATT&CK T1027"),
        Of("behaviour-execute", "A script starts a program or command.", "ATT&CK T1059, T1204.002"),
        Of("behaviour-remote-code", "A page runs code that it fetches from another site.", "ATT&CK T1059.007, T1105"),
        Of("behaviour-start", "A script opens a document, an address or a program of the system.", "ATT&CK T1059"),
        Of("behaviour-by-hand", "A macro that a person has to start would do harm.", "ATT&CK T1204.002"),
        Of("behaviour-persist", "A script sees to it that it is started again.", "ATT&CK T1547.001, T1053.005"),
        Of("behaviour-elevate", "A script gains higher rights without asking.", "ATT&CK T1548.002"),
        Of("behaviour-disable-defence", "A script switches off protection or logging.", "ATT&CK T1562.001"),
        Of("behaviour-disable-recovery", "A script takes away what would bring files back (shadow copies, recovery, backups).", "ATT&CK T1490; X.1236 7.1.1"),
        Of("behaviour-encrypt", "A script encrypts or overwrites many files.", "ATT&CK T1486; X.1236 7.1.1"),
        Of("behaviour-exfiltrate", "A script sends out what it read on the machine.", "ATT&CK T1041"),
        Of("behaviour-ask-credential", "A page of the mail asks for a secret and takes it to another place.", "ATT&CK T1056.003; X.1236 7.2.4"),
        Of("behaviour-smuggle", "A page builds a file in the browser and hands it over.", "ATT&CK T1027.006"),
        Of("behaviour-hidden-page", "A page builds a form, a frame or a way on out of encoded text.", "ATT&CK T1027; X.1236 7.2.4"),
        Of("behaviour-redirect", "A page leads on to another by script.", "ATT&CK T1204.001"),
        Of("behaviour-paste-command", "A page puts a command on the clipboard that fetches and runs something, for its reader to paste where it is run.", "ATT&CK T1204.004"),
        Of("behaviour-evade", "A script looks whether it is watched.", "ATT&CK T1497"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        HashSet<string> said = [];
        foreach (var file in input.Message.Behaviours.GroupBy(seen => seen.FilePath, StringComparer.Ordinal))
            foreach (var (id, seen) in Judge([.. file]))
                if (said.Add(id))
                    yield return new Sign(id, Seen.Of(EvidenceKind.Attachment, seen.FilePath, $"{seen.Where}: {seen.Value}"), ("file", NameOf(seen.FilePath)), ("action", Seen.Cut(seen.Value, 160)), ("technique", seen.Technique)) { Percent = PercentOf(seen, input) };
    }

    // Manuals have a button that copies the line which installs what they describe; they tell nobody to paste it into the Run dialog.
    private static int PercentOf(ObservedBehaviour seen, DetectionInput input) =>
        seen.Kind != BehaviourKind.PasteCommand || PastedCommand.Of(seen.Value).Kind == PastedKind.Disguised || PasteInstructions.AreAnywhere(input) ? 100 : FaintCommand;

    private static IEnumerable<(string Id, ObservedBehaviour Seen)> Judge(List<ObservedBehaviour> everything)
    {
        // What a command would do that is put on the clipboard is told by the command.
        var all = everything.Exists(seen => seen.Kind == BehaviourKind.PasteCommand)
            ? everything.FindAll(seen => !seen.Where.Contains(PastedCommand.Clipboard, StringComparison.Ordinal) || seen.Kind is not (BehaviourKind.Download or BehaviourKind.Drop or BehaviourKind.Execute or BehaviourKind.Start))
            : everything;
        // What nothing starts by itself says less: macros behind a button do much in honest workbooks.
        var behaviours = all.FindAll(seen => !seen.Where.Contains(BasicEmulator.ByHand, StringComparison.Ordinal));
        if (all.Find(seen => !behaviours.Contains(seen) && seen.Kind is not (BehaviourKind.Start or BehaviourKind.Drop or BehaviourKind.Download)) is { } byHand)
            yield return ("behaviour-by-hand", byHand);
        var brought = behaviours.Find(seen => seen.Kind is BehaviourKind.Download or BehaviourKind.Drop);
        var executed = behaviours.Find(seen => seen.Kind is BehaviourKind.Execute);
        var installs = brought is not null && executed is not null;
        if (installs)
            yield return ("behaviour-installs", executed!);
        // The parts of one deed are not told again.
        foreach (var seen in behaviours)
            if (!installs || seen.Kind is not (BehaviourKind.Download or BehaviourKind.Drop or BehaviourKind.Execute or BehaviourKind.Start))
                yield return (seen.Kind == BehaviourKind.Execute && seen.Value.StartsWith(World.CodeFrom, StringComparison.Ordinal) ? "behaviour-remote-code" : IdOf(seen.Kind), seen);
    }

    private static string IdOf(BehaviourKind kind) => kind switch
    {
        BehaviourKind.Download => "behaviour-download",
        BehaviourKind.Drop => "behaviour-drop",
        BehaviourKind.Execute => "behaviour-execute",
        BehaviourKind.Start => "behaviour-start",
        BehaviourKind.Persist => "behaviour-persist",
        BehaviourKind.Elevate => "behaviour-elevate",
        BehaviourKind.DisableDefence => "behaviour-disable-defence",
        BehaviourKind.DisableRecovery or BehaviourKind.DeleteShadowCopies => "behaviour-disable-recovery",
        BehaviourKind.Encrypt => "behaviour-encrypt",
        BehaviourKind.Exfiltrate => "behaviour-exfiltrate",
        BehaviourKind.AskCredential => "behaviour-ask-credential",
        BehaviourKind.Smuggle => "behaviour-smuggle",
        BehaviourKind.WritePage => "behaviour-hidden-page",
        BehaviourKind.Redirect => "behaviour-redirect",
        BehaviourKind.Evade => "behaviour-evade",
        BehaviourKind.PasteCommand => "behaviour-paste-command",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no sign for this behaviour"),
    };

    private static SignDescription Of(string id, string sees, string references) => new(id, sees, references, "file", "action", "technique");

    private static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];
}
