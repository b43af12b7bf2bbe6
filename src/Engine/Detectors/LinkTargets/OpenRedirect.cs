using Platform.Engine.Links;
using Platform.Engine.Mail;

namespace Platform.Engine.Detectors.LinkTargets;

/// <summary>A good name in front, the real target in a parameter: redirectors, translators, caches, AMP.</summary>
internal sealed class OpenRedirect : IDetector
{
    public IReadOnlyList<SignDescription> Signs { get; } =
        [new("link-open-redirect", "A link leads through one organisation's redirector to another one's page.", "CWE-601; ATT&CK T1566.002", "host", "target")];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        foreach (var link in input.Message.Links)
        {
            if (TargetOf(link, input) is not { } target)
                continue;
            yield return new Sign("link-open-redirect", Seen.Link(link), ("host", link.Via[0]), ("target", target));
            yield break;
        }
    }

    /// <summary>The host to which a link leads on under another's good name; null when it does not.</summary>
    public static string? TargetOf(MailLink link, DetectionInput input)
    {
        if (link.Kind is LinkKind.Image or LinkKind.Script || link.Via.Count == 0)
            return null;
        // A mail filter, a click counter or the sender's own redirector tell on their click; a stranger's good name hides the target.
        var hiding = link.Via.FirstOrDefault(via => !KnownDomains.Embedded.IsClickTracker(via) && input.Domains.Of(via) is { Length: > 0 } domain && domain != input.Sender.OrganisationalDomain && IsGoodName(via, domain));
        return hiding is not null && input.Domains.Of(link.Host) is var target && target != input.Sender.OrganisationalDomain && !Brands.Embedded.IsOfBrand(target) && !KnownDomains.Embedded.IsCommonplace(link.Host)
            ? link.Host
            : null;
    }

    private static bool IsGoodName(string host, string domain) =>
        Brands.Embedded.IsOfBrand(domain) || KnownDomains.Embedded.IsFreeHosting(host) || Redirectors.Embedded.IsListed(host);
}
