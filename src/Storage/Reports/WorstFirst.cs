using Platform.Engine.Verdicts;

namespace Platform.Storage.Reports;

/// <summary>
/// Whoever sends an attack can send a harmless mail of the same Message-ID behind it. Where several mails have the one that is reported,
/// the one with the worst verdict is meant, and of those the newest.
/// </summary>
internal static class WorstFirst
{
    /// <summary>For ORDER BY, of messages as <c>m</c>.</summary>
    public static readonly string Order =
        "CASE m.verdict " + string.Concat(Enum.GetValues<VerdictKind>().Select(kind => $"WHEN '{kind}' THEN {Rank(kind)} ")) + $"ELSE {Rank(null)} END DESC, m.received_at DESC";

    /// <summary>The higher the worse.</summary>
    /// <param name="verdict">Null: it could not be inspected.</param>
    public static int Rank(VerdictKind? verdict) => verdict is { } kind ? (int)kind : -1;
}
