using Platform.Engine.Feeds;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Detectors.Listed;

/// <summary>Links, senders and addresses that stand on lists: threat feeds, DNS block lists, block lists of the tenant.</summary>
internal sealed class ListedTarget : IDetector
{
    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("url-listed", "A list of threats holds the very URL of a link.", "X.1236 7.1.3; DET8", "url", "source", "detail"),
        new("domain-listed", "A list of threats holds the host of a link or its domain.", "X.1236 7.1.3; RFC 5782; DET8", "host", "source", "detail"),
        new("sender-listed", "A list of threats holds the sender's address or domain.", "RFC 5782; DET8", "sender", "source", "detail"),
        new("address-listed", "A block list holds the address whence the message came.", "RFC 5782; X.1236 7.2.1; DET8", "address", "source", "detail"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        HashSet<string> said = [];
        foreach (var hit in input.Feeds.Hits)
            if (Make(hit) is { } sign && said.Add(sign.Id))
                yield return sign;
        foreach (var entry in input.Feeds.Entries)
            if (entry.Action == ListAction.Block && Make(entry) is { } sign && said.Add(sign.Id))
                yield return sign;
    }

    private static Sign? Make(FeedHit hit)
    {
        var (id, kind, name) = hit.Kind switch
        {
            HitKind.Url => ("url-listed", EvidenceKind.Link, "url"),
            HitKind.Domain => ("domain-listed", EvidenceKind.Link, "host"),
            HitKind.Sender => ("sender-listed", EvidenceKind.Header, "sender"),
            HitKind.Address => ("address-listed", EvidenceKind.Network, "address"),
            _ => ("", default, ""),
        };
        return id.Length == 0 ? null : new Sign(id, Seen.Of(kind, "", Evidences.Of(hit)), (name, Seen.Cut(hit.Value, 200)), ("source", hit.Source), ("detail", hit.Detail));
    }

    private static Sign? Make(ListEntry entry)
    {
        var (id, name) = entry.Kind switch
        {
            ListEntryKind.Url => ("url-listed", "url"),
            ListEntryKind.Host => ("domain-listed", "host"),
            _ => ("", ""),
        };
        return id.Length == 0 ? null : new Sign(id, Evidences.Of(entry, EvidenceKind.Link, ""), (name, Seen.Cut(entry.Value, 200)), ("source", entry.Owner), ("detail", Seen.Cut(entry.Note, 100)), ("entry", entry.Id));
    }
}
