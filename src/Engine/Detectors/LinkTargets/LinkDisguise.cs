using Platform.Engine.Links;
using Platform.Engine.Mail;

namespace Platform.Engine.Detectors.LinkTargets;

/// <summary>Addresses written to be misread: a known name in the wrong place of the URL.</summary>
internal sealed class LinkDisguise : IDetector
{
    private const int ShortestBrand = 5;

    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("link-user-info", "A link shows a name before @ that is not its host.", "RFC 3986 7.6", "shown", "host"),
        new("link-look-alike", "A link's host resembles a brand, the tenant or a correspondent.", "UTS #39; ATT&CK T1583.001; X.1236 7.2.2", "host", "known", "trick"),
        new("link-brand-host", "A link's host carries a brand's name but belongs to somebody else.", "ATT&CK T1583.001", "host", "brand"),
        new("link-carries-recipient", "A link carries the recipient's address, plain or coded, for a page that greets its victim.", "ATT&CK T1598.003", "host"),
        new("link-query-recipient", "A parameter of a link to a foreign page holds a mail address of the reader.", "ATT&CK T1598.003", "host"),
        new("link-ip-disguised", "A link writes an IP address as one number, in octal or in hexadecimal.", "RFC 3986 7.4; ATT&CK T1027", "shown", "host"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        HashSet<string> said = [];
        var imitations = new Imitations(input);
        foreach (var link in input.Message.Links)
        {
            if (link.Kind is LinkKind.Image or LinkKind.Script || link.Destination?.Scheme is not ("http" or "https"))
                continue;
            if (Judge(link, input, imitations) is { } sign && said.Add(sign.Id))
                yield return sign;
        }
    }

    private static Sign? Judge(MailLink link, DetectionInput input, Imitations imitations)
    {
        var uri = link.Destination!;
        if (uri.HostNameType == UriHostNameType.IPv4 && WrittenHost(uri) is { } written && written != uri.Host)
            return new Sign("link-ip-disguised", Seen.Link(link), ("shown", Seen.Cut(written, 80)), ("host", uri.Host));
        if (uri.UserInfo.Contains('.', StringComparison.Ordinal) && !uri.UserInfo.Split(':')[0].Equals(link.Host, StringComparison.OrdinalIgnoreCase))
            return new Sign("link-user-info", Seen.Link(link), ("shown", Seen.Cut(uri.UserInfo, 80)), ("host", link.Host));

        var domain = input.Domains.Of(link.Host);
        if (domain.Length > 0 && domain != input.Sender.OrganisationalDomain && !Brands.Embedded.IsOfBrand(domain) && !SenderView.IsWithin(link.Host, input.Context.TenantDomains))
        {
            if (!IsCorrespondent(domain, input) && !IsAuthorsPreview(link.Host, input) && imitations.Of(link.Host) is var (known, trick))
                return new Sign("link-look-alike", Seen.Link(link), ("host", OrganisationalDomain.ToUnicode(link.Host)), ("known", known), ("trick", trick.ToString()));
            if (BrandIn(link.Host) is { } brandName)
                return new Sign("link-brand-host", Seen.Link(link), ("host", link.Host), ("brand", brandName));
        }

        return domain == input.Sender.OrganisationalDomain || SenderView.IsWithin(link.Host, input.Context.TenantDomains) || LinkSurvey.IsFarewell(link) ? null : Carried(link, input);
    }

    // Behind # or in the path it is for the page alone; in a parameter mailing services hold it too.
    private static Sign? Carried(MailLink link, DetectionInput input)
    {
        var uri = link.Destination!;
        if (uri.Fragment.Length > 3 && CarriesRecipient(uri.Fragment, input) || uri.AbsolutePath.Length > 6 && !input.Survey.HasOwn && !input.Survey.IsConversation && CarriesRecipient(uri.AbsolutePath, input))
            return new Sign("link-carries-recipient", Seen.Link(link), ("host", link.Host));
        return uri.Query.Length > 6 && input.Survey.AllForeign && !KnownDomains.Embedded.IsClickTracker(link.Host) && CarriesRecipient(uri.Query, input) ? new Sign("link-query-recipient", Seen.Link(link), ("host", link.Host)) { Percent = input.Survey.Percent } : null;
    }

    private static string? WrittenHost(Uri uri)
    {
        var text = uri.OriginalString;
        var start = text.IndexOf("://", StringComparison.Ordinal);
        if (start < 0)
            return null;
        var rest = text[(start + 3)..].TrimStart('/');
        var end = rest.AsSpan().IndexOfAny("/?#\\");
        var authority = end < 0 ? rest : rest[..end];
        authority = authority[(authority.LastIndexOf('@') + 1)..];
        var colon = authority.IndexOf(':', StringComparison.Ordinal);
        return Uri.UnescapeDataString(colon < 0 ? authority : authority[..colon]).ToLowerInvariant();
    }

    // What an agency builds for the reader it shows on shared hosting, under the reader's name and its own.
    private static bool IsAuthorsPreview(string host, DetectionInput input) =>
        !input.Sender.IsFreeMail
        && KnownDomains.Embedded.IsFreeHosting(host)
        && NamedHost.Of(input.Sender.Domain, input.Domains) is { Label.Length: >= ShortestBrand } author
        && host.Split('.', '-').Contains(author.Label, StringComparer.Ordinal);

    private static bool IsCorrespondent(string domain, DetectionInput input) => input.Context.History.CorrespondentDomains.Contains(domain);

    private static string? BrandIn(string host)
    {
        foreach (var word in host.AsSpan().SplitAny('.', '-'))
            if (Brands.Embedded.WithId(host.AsSpan()[word]) is { OnlyWhole: false, OrdinaryLabel: false, Id.Length: >= ShortestBrand } brand)
                return brand.Id;
        return null;
    }

    // The address itself, any mailbox of the recipient's domain, or the address in base64 or hexadecimal.
    private static bool CarriesRecipient(string part, DetectionInput input)
    {
        var text = Uri.UnescapeDataString(part);
        foreach (var to in input.Message.To.Take(10))
        {
            if (to.Address.Length <= 5)
                continue;
            var bytes = System.Text.Encoding.UTF8.GetBytes(to.Address);
            if (text.Contains(to.Address, StringComparison.OrdinalIgnoreCase)
                || to.Domain.Contains('.', StringComparison.Ordinal) && !KnownDomains.Embedded.IsFreeMail(to.Domain) && text.Contains($"@{to.Domain}", StringComparison.OrdinalIgnoreCase)
                || text.Contains(Convert.ToBase64String(bytes).TrimEnd('=')[..^1], StringComparison.Ordinal)
                || text.Contains(Convert.ToHexString(bytes), StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    // A mail may hold thousands of links: each host is judged once, against names taken apart once.
    private sealed class Imitations(DetectionInput input)
    {
        private readonly Dictionary<string, (string Known, LookAlikeTrick Trick)?> _judged = new(StringComparer.Ordinal);
        private readonly List<NamedHost> _known = [.. input.Context.TenantDomains.Concat(input.Context.History.CorrespondentDomains).Select(domain => NamedHost.Of(domain, input.Domains)).OfType<NamedHost>()];

        public (string Known, LookAlikeTrick Trick)? Of(string host)
        {
            if (!_judged.TryGetValue(host, out var found))
                _judged[host] = found = NamedHost.Of(host, input.Domains) is { } named ? Judge(named) : null;
            return found;
        }

        private (string Known, LookAlikeTrick Trick)? Judge(NamedHost host)
        {
            foreach (var known in _known)
                if (LookAlike.Judge(host, known, otherSuffix: false) is { } trick)
                    return (known.Domain, trick);
            return Brands.Embedded.ImitatedBy(host) is { } imitated ? (imitated.Brand.Main.Domain, imitated.Trick) : null;
        }
    }
}
