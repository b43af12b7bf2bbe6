using Platform.Engine.Verdicts;

namespace Platform.Storage.Reports;

/// <summary>
/// Whoever sends an attack can send a harmless mail of the same Message-ID behind it. Where several mails have the one that is reported,
/// the one with the worst verdict is meant, and of those the newest.
/// </summary>
internal static class WorstFirst
{
    public static readonly string Order =
        "CASE m.verdict " + string.Concat(Enum.GetValues<VerdictKind>().Select(kind => $"WHEN '{kind}' THEN {(int)kind} ")) + "ELSE -1 END DESC, m.received_at DESC";
}
