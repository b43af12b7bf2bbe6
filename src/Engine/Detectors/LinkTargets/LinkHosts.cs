using Platform.Engine.Links;
using Platform.Engine.Mail;

namespace Platform.Engine.Detectors.LinkTargets;

/// <summary>What the host of a link alone gives away.</summary>
internal sealed class LinkHosts : IDetector
{
    // Whoever has pages of their own, and links to them, may have one more beside them: of code, of a trial, of a friend.
    private const int BesideOwnPages = 15;

    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("link-ip-host", "A link leads to a bare IP address.", "ATT&CK T1566.002", "host"),
        new("link-punycode-host", "A link leads to an internationalised host that mixes scripts or imitates Latin letters.", "RFC 5890; UTS #39", "host"),
        new("link-odd-port", "A link leads to an unusual port.", "ATT&CK T1571", "host"),
        new("link-shortener", "A link hides its target behind a shortener.", "ATT&CK T1608.005", "host"),
        new("link-free-hosting", "A link leads to a page that anyone can publish under a provider's name.", "ATT&CK T1583.006", "host"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        HashSet<string> said = [];
        foreach (var link in input.Message.Links)
        {
            if (link.Kind is LinkKind.Image or LinkKind.Script || link.Destination?.Scheme is not ("http" or "https" or "ftp") || Judge(link, input) is not { } id || !said.Add(id))
                continue;
            yield return new Sign(id, Seen.Link(link), ("host", id == "link-odd-port" ? link.Destination.Authority : OrganisationalDomain.ToUnicode(link.Host)))
            {
                Percent = id == "link-free-hosting" && input.Survey.HasOwn ? BesideOwnPages : 100,
            };
        }
    }

    private static string? Judge(MailLink link, DetectionInput input)
    {
        var host = link.Host;
        if (link.Destination!.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6)
            return "link-ip-host";
        if (host.Contains("xn--", StringComparison.Ordinal) && Imitates(OrganisationalDomain.ToUnicode(host)))
            return "link-punycode-host";
        if (KnownDomains.Embedded.IsShortener(host))
            return "link-shortener";
        if (KnownDomains.Embedded.IsFreeHosting(host) && input.Domains.Of(host) != input.Sender.OrganisationalDomain)
            return "link-free-hosting";
        return link.Destination.IsDefaultPort || link.Destination.Port is 8080 or 8443 ? null : "link-odd-port";
    }

    // An honest Cyrillic or Greek name has letters with no Latin double; an imitation has none.
    private static bool Imitates(string host) => host.Split('.').Any(label =>
        Confusables.MixesScripts(label) || label.Any(char.IsLetter) && label.Any(letter => letter > '\u007f') && label.All(letter => letter <= '\u007f' || Confusables.LatinOf(letter) is not null));
}
