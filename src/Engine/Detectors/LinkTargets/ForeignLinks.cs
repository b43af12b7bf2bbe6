using Platform.Engine.Links;
using Platform.Engine.Mail;

namespace Platform.Engine.Detectors.LinkTargets;

/// <summary>
/// Mail whose links have nothing to do with its author. Honest senders lead to their own pages, or through the click counter
/// of a mailing service; a page copied from another's mail keeps all its links but the one that matters.
/// </summary>
internal sealed class ForeignLinks : IDetector
{
    private const int EnoughOfOne = 3;

    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("links-lead-elsewhere", "Every link leads to another organisation than the author's.", "ATT&CK T1566.002; X.1236 7.2.4", "host"),
        new("link-odd-one-out", "Links and pictures are those of one organisation that is not the author's, but one link leads elsewhere.", "ATT&CK T1566.002, T1656", "host", "organisation"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        var survey = input.Survey;
        var html = survey.Foreign.FirstOrDefault(link => link.Kind is LinkKind.Anchor or LinkKind.Area or LinkKind.Form);
        if (survey.AllForeign && !survey.IsConversation && html is not null)
            yield return new Sign("links-lead-elsewhere", Seen.Link(html), ("host", html.Host));
        if (OddOneOut(input) is var (odd, organisation))
            yield return new Sign("link-odd-one-out", Seen.Link(odd), ("host", odd.Host), ("organisation", organisation)) { Percent = survey.Percent };
    }

    // The organisation of most links and pictures, when it is neither the author's nor anybody's; and the link that leaves it.
    private static (MailLink Odd, string Organisation)? OddOneOut(DetectionInput input)
    {
        if (input.Survey.IsListPost || input.Message.Html.Count == 0)
            return null;
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        foreach (var link in input.Message.Links)
        {
            if (link.Kind is LinkKind.Attachment or LinkKind.Text || link.Destination?.Scheme is not ("http" or "https" or "mailto") || KnownDomains.Embedded.IsCommonplace(link.Host))
                continue;
            var host = link.Destination.Scheme == "mailto" ? link.Destination.Host : link.Host;
            if (input.Domains.Of(host) is { Length: > 0 } domain && !KnownDomains.Embedded.IsClickTracker(host) && !KnownDomains.Embedded.IsFreeMail(domain))
                counts[domain] = counts.GetValueOrDefault(domain) + 1;
        }

        if (counts.Count == 0)
            return null;
        var most = counts.MaxBy(count => (count.Value, count.Key));
        var sender = input.Sender.OrganisationalDomain;
        if (most.Value < EnoughOfOne || most.Key == sender || counts.ContainsKey(sender) || KnownDomains.Embedded.IsFreeHosting(most.Key))
            return null;
        var odd = input.Survey.Foreign.Where(link => input.Domains.Of(link.Host) != most.Key).ToList();
        var others = odd.Select(link => input.Domains.Of(link.Host)).Distinct(StringComparer.Ordinal).Count();
        return odd.Count > 0 && others == 1 && odd.Count * 2 <= most.Value && odd[0].Kind is LinkKind.Anchor or LinkKind.Area or LinkKind.Form ? (odd[0], most.Key) : null;
    }
}
