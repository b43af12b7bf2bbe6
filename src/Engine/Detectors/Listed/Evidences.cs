using Platform.Engine.Feeds;

namespace Platform.Engine.Detectors.Listed;

/// <summary>A hit in one line: what is known, by whom, and what they say of it.</summary>
internal static class Evidences
{
    public static string Of(FeedHit hit) => hit.Detail.Length > 0 ? $"{hit.Value} ({hit.Source}: {hit.Detail})" : $"{hit.Value} ({hit.Source})";
}
