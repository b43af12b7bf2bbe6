using Platform.Engine.Feeds;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Detectors.Listed;

/// <summary>A hit, or an entry of a list, in one line: what is known, by whom, and what they say of it.</summary>
internal static class Evidences
{
    public static string Of(FeedHit hit) => Line(hit.Value, hit.Source, hit.Detail);

    public static Evidence Of(ListEntry entry, EvidenceKind kind, string where) => Seen.Of(kind, where, Line(entry.Value, entry.Owner, entry.Note));

    private static string Line(string value, string source, string detail) => detail.Length > 0 ? $"{value} ({source}: {detail})" : $"{value} ({source})";
}
