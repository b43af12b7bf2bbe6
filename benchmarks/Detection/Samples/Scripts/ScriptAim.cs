using Platform.Engine.Verdicts;

namespace Platform.Benchmarks.Detection.Samples.Scripts;

/// <summary>What a hostile script is made for, and the reason that must be told.</summary>
internal sealed record ScriptAim(string Name, AttackType Type, params IReadOnlyList<string> Reasons)
{
    public static ScriptAim Download { get; } = new("fetches and starts", AttackType.Behaviour, "behaviour-installs");

    public static ScriptAim Drop { get; } = new("writes and starts", AttackType.Behaviour, "behaviour-installs");

    public static ScriptAim Persist { get; } = new("stays", AttackType.Behaviour, "behaviour-persist");

    public static ScriptAim Elevate { get; } = new("takes rights", AttackType.Behaviour, "behaviour-elevate");

    public static ScriptAim Ransom { get; } = new("takes files", AttackType.Ransomware, "behaviour-disable-recovery", "behaviour-encrypt");

    public static ScriptAim Exfiltrate { get; } = new("sends out", AttackType.Behaviour, "behaviour-exfiltrate");

    public static ScriptAim Blind { get; } = new("switches protection off", AttackType.Behaviour, "behaviour-disable-defence");

    public static IReadOnlyList<ScriptAim> All { get; } = [Download, Drop, Persist, Elevate, Ransom, Exfiltrate, Blind];
}
