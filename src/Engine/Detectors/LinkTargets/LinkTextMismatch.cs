using Platform.Engine.Detectors.Sender;
using Platform.Engine.Links;
using Platform.Engine.Mail;

namespace Platform.Engine.Detectors.LinkTargets;

/// <summary>
/// A link that shows one address and leads to another. Only a text that is itself a URL or host counts, and only when the
/// two belong to different organisations. Newsletters show their own address and count the click elsewhere first: there
/// the text names the sender, which is a much weaker sign.
/// </summary>
internal sealed class LinkTextMismatch : IDetector
{
    private const int LongestShown = 300;

    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("link-text-mismatch", "The link's text is an address of one organisation, its target belongs to another.", "ATT&CK T1566.002; X.1236 7.2.4", "shown", "target"),
        new("link-text-redirected", "The link shows the sender's own address but leads through another host (click counter or forgery).", "X.1236 7.2.4", "shown", "target"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        MailLink? redirected = null;
        var named = AddressInName.Find(input.Sender.Name, input.Domains)?.Domain;
        foreach (var link in input.Message.Links)
        {
            if (link.Kind is not (LinkKind.Anchor or LinkKind.Area) || link.Destination?.Scheme is not ("http" or "https") || ShownHost(link.Text, input.Domains) is not { } shown)
                continue;
            var shownDomain = input.Domains.Of(shown);
            var target = input.Domains.Of(link.Host);
            if (shownDomain == target || KnownDomains.Embedded.IsClickTracker(link.Host) || KnownDomains.Embedded.IsShortener(shown))
                continue;
            // The sender's own page, or its own counter: newsletters show the address that they count on the way. Their own is also what an
            // address in the name says, which forwarders under an alias put there.
            if ((shownDomain == input.Sender.OrganisationalDomain || target == input.Sender.OrganisationalDomain || target == named) && !Brands.Embedded.IsOfBrand(shownDomain))
            {
                redirected ??= link;
                continue;
            }

            yield return new Sign("link-text-mismatch", Seen.Link(link), ("shown", shown), ("target", link.Host.Length > 0 ? link.Host : link.Target));
            yield break;
        }

        if (redirected is not null)
            yield return new Sign("link-text-redirected", Seen.Link(redirected), ("shown", ShownHost(redirected.Text, input.Domains)!), ("target", redirected.Host));
    }

    /// <summary>The host when a text is nothing but a URL or host name; null when it is anything else.</summary>
    private static string? ShownHost(string text, OrganisationalDomain domains)
    {
        var shown = text.Trim().Trim('<', '>', '"', '\'', '.', ',');
        if (shown.Length is < 4 or > LongestShown || shown.Any(char.IsWhiteSpace) || shown.Contains('@'))
            return null;
        var hasScheme = shown.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || shown.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
        if (!LinkTarget.TryParse(hasScheme ? shown : $"http://{shown}", out var uri) || uri.HostNameType != UriHostNameType.Dns)
            return null;
        var host = uri.IdnHost.ToLowerInvariant();
        // "Node.js", "invoice.pdf": without scheme or www only a registered suffix makes a host of it.
        if (!hasScheme && !host.StartsWith("www.", StringComparison.Ordinal) && (!domains.HasKnownSuffix(host) || LooksLikeFile(host)))
            return null;
        return domains.Of(host).Length > 0 ? host : null;
    }

    private static bool LooksLikeFile(string host) => host[(host.LastIndexOf('.') + 1)..] is "zip" or "mov" or "py" or "sh" or "rs" or "md" or "pl" or "ps" or "cc";
}
