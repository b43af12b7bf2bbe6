using System.Collections.Frozen;
using System.Text.Json;

namespace Platform.Engine.Behaviour;

/// <summary>What a script, macro or shortcut would do on the machine of its reader.</summary>
public enum BehaviourKind
{
    /// <summary>Fetches something from the network.</summary>
    Download,

    /// <summary>Writes a file.</summary>
    Drop,

    /// <summary>Starts a program or command, or runs code that it made.</summary>
    Execute,

    /// <summary>Opens a document, an address or a program of the system; what that is told to do is a behaviour of its own.</summary>
    Start,

    /// <summary>Sees to it that it is started again: autorun, scheduled task, service, start-up folder.</summary>
    Persist,

    /// <summary>Gains higher rights without asking.</summary>
    Elevate,

    /// <summary>Switches off antivirus, logging or a lock such as AMSI.</summary>
    DisableDefence,

    /// <summary>Switches off what would bring files back: recovery at boot, backups, journals.</summary>
    DisableRecovery,

    /// <summary>Deletes the copies from which the system restores files.</summary>
    DeleteShadowCopies,

    /// <summary>Overwrites or renames many files, or encrypts them.</summary>
    Encrypt,

    /// <summary>Sends out what it read on the machine.</summary>
    Exfiltrate,

    /// <summary>Asks for a secret and takes it elsewhere.</summary>
    AskCredential,

    /// <summary>Hands the reader a file built inside the page.</summary>
    Smuggle,

    /// <summary>Builds a form, a frame or a way on that stands nowhere in the page as it came.</summary>
    WritePage,

    /// <summary>Leads the reader to another page by itself.</summary>
    Redirect,

    /// <summary>Looks whether it is watched, and stops if so.</summary>
    Evade,

    /// <summary>Puts a command on the clipboard for its reader to paste where it is run.</summary>
    PasteCommand,
}

/// <param name="Technique">ATT&amp;CK id: <c>T1059.001</c>.</param>
/// <param name="FilePath">Attachment path of the file whose script did it.</param>
/// <param name="Where">As <see cref="ScriptSource.Where"/>, the layers below it after <c>&gt;</c>.</param>
/// <param name="Value">The command, address or file name; hostile, cut to 512 characters.</param>
public sealed record ObservedBehaviour(BehaviourKind Kind, string Technique, string FilePath, string Where, string Value);

/// <summary>Names of behaviours where other programs read them.</summary>
public static class BehaviourKinds
{
    private static readonly FrozenDictionary<BehaviourKind, string> Names =
        Enum.GetValues<BehaviourKind>().ToFrozenDictionary(kind => kind, kind => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString()));

    /// <summary><c>delete-shadow-copies</c>.</summary>
    public static string WireName(BehaviourKind kind) => Names[kind];
}
