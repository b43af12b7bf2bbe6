using System.Net;
using Platform.Engine.Links;
using Platform.Engine.Mail;

namespace Platform.Engine.Detectors.LinkTargets;

/// <summary>What name and path of a link give away of the page behind it.</summary>
internal sealed class LinkPath : IDetector
{
    private const int ManyLabels = 4;

    // A newsletter leads to dozens of sites, with whatever paths they have.
    private const int FewOrganisations = 3;
    private const int MostLinks = 1_000;

    // Folders of site software in which no page belongs, and pages that kits put into broken-into sites.
    private static readonly string[] OddFolders = ["/wp-content/", "/wp-includes/", "/wp-admin/", "/.well-known/", "/.tmp/", "/cgi-sys/", "/.git/", "/plugins/", "/uploads/", "/components/com_", "/vendor/", "/~"];
    private static readonly string[] KitPages = ["login", "signin", "sign-in", "verify", "account", "webmail", "webscr", "owa", "roundcube", "zimbra", "mailbox", "password", "secure", "update", "validate", "auth", "office365", "o365", "outlook", "sharepoint", "onedrive", "docusign", "excel", "adobe"];
    private static readonly string[] PageEndings = [".php", ".html", ".htm", ".aspx", ".jsp", ".shtml", ".phtml"];
    private static readonly string[] RiskyEndings = [".exe", ".scr", ".js", ".jse", ".vbs", ".vbe", ".wsf", ".hta", ".bat", ".cmd", ".ps1", ".msi", ".msix", ".appx", ".iso", ".img", ".vhd", ".vhdx", ".lnk", ".jar", ".apk", ".dmg", ".pkg", ".cpl", ".pif", ".com", ".one", ".xll", ".chm"];
    private static readonly string[] PackedEndings = [".zip", ".rar", ".7z", ".gz", ".tgz", ".cab", ".arj", ".lzh", ".z", ".iso", ".img", ".vhd", ".vhdx"];
    private static readonly string[] BrandFolders = ["sharepoint", "onedrive", "office365", "o365", "microsoft365", "docusign", "outlook", "owa", "webmail", "netflix", "amazon", "paypal", "dropbox", "wetransfer", "icloud", "dhl", "fedex", "usps", "coinbase", "binance", "metamask", "ledger", "trezor", "bankofamerica", "wellsfargo", "rakuten"];

    // Providers of free pages make up names for those who choose none.
    private const int NamedByProvider = 40;

    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("link-kit-path", "A link leads to a page in a folder of a site where no page belongs, or to a sign-in script on a foreign site.", "ATT&CK T1584.004, T1566.002", "host", "path"),
        new("link-brand-path", "The path of a link carries a brand's name; the host belongs to somebody else.", "ATT&CK T1583.001", "host", "brand"),
        new("link-risky-file", "A link leads straight to a program, script or disk image.", "ATT&CK T1204.002, T1608.001", "host", "path"),
        new("link-archive-password", "A link leads straight to an archive or disk image on a foreign site, and the mail gives its password.", "ATT&CK T1027.013, T1566.002", "host", "path"),
        new("link-server-name", "A link leads to a rented machine by its technical name, which holds its IP address.", "ATT&CK T1583.003", "host"),
        new("link-random-host", "A link's host has a name that a program made up.", "ATT&CK T1568.002", "host"),
        new("link-many-labels", "A link's host has an unusual number of sub-domains.", "ATT&CK T1583.001", "host"),
        new("link-cheap-suffix", "A link leads below a top-level domain where names cost next to nothing (weak).", "Interisle Phishing Landscape", "host"),
        new("link-mail-farm", "A button writes a mail to several strangers instead of opening a page.", "RFC 6068; ATT&CK T1566", "count"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        HashSet<string> said = [];
        HashSet<string> judged = new(StringComparer.Ordinal);
        foreach (var link in input.Message.Links.Take(MostLinks))
        {
            if (link.Kind is LinkKind.Image or LinkKind.Script || link.Destination is not { } uri || !judged.Add(uri.AbsoluteUri))
                continue;
            foreach (var sign in uri.Scheme == "mailto" ? MailTo(link, uri, input) : Judge(link, uri, input))
                if (said.Add(sign.Id))
                    yield return sign;
        }
    }

    private static IEnumerable<Sign> Judge(MailLink link, Uri uri, DetectionInput input)
    {
        if (uri.Scheme is not ("http" or "https" or "ftp"))
            yield break;
        var host = link.Host;
        var domain = input.Domains.Of(host);
        if (IsServerName(host))
            yield return new Sign("link-server-name", Seen.Link(link), ("host", host));
        if (domain.Length == 0 || domain == input.Sender.OrganisationalDomain && !input.Survey.IsConversation && input.Sender.IsFreeMail)
            yield break;
        var known = Brands.Embedded.IsOfBrand(domain) || KnownDomains.Embedded.IsClickTracker(host) || KnownDomains.Embedded.IsCommonplace(host);
        var own = domain == input.Sender.OrganisationalDomain;
        if (!known && !input.Survey.IsConversation)
        {
            if (KnownDomains.Embedded.HasCheapSuffix(host))
                yield return new Sign("link-cheap-suffix", Seen.Link(link), ("host", host));
            // What the sender's own name is like is told of the sender.
            if (!own && link.Kind != LinkKind.Attachment && input.Survey.ForeignOrganisations <= FewOrganisations && HasRandomName(host, domain))
                yield return new Sign("link-random-host", Seen.Link(link), ("host", host)) { Percent = KnownDomains.Embedded.IsFreeHosting(host) ? NamedByProvider : 100 };
            if (host.AsSpan(0, host.Length - domain.Length).Count('.') >= ManyLabels)
                yield return new Sign("link-many-labels", Seen.Link(link), ("host", host));
        }

        if (known || own)
            yield break;
        var path = uri.AbsolutePath;
        if (path.Length > 5 && Array.Exists(RiskyEndings, ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) && !IsPartOfPage(link, path))
            yield return new Sign("link-risky-file", Seen.Link(link), ("host", host), ("path", Seen.Cut(path, 80)));
        if (Array.Exists(PackedEndings, ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) && link.Kind != LinkKind.Attachment && input.Text.Has("password-in-text") && !input.Text.Has("password-elsewhere"))
            yield return new Sign("link-archive-password", Seen.Link(link), ("host", host), ("path", Seen.Cut(path, 80)));
        if (input.Survey.IsListPost || input.Survey.HasOwn || input.Survey.ForeignOrganisations > FewOrganisations)
            yield break;
        if (IsKit(path))
            yield return new Sign("link-kit-path", Seen.Link(link), ("host", host), ("path", Seen.Cut(path, 80))) { Percent = input.Survey.Percent };
        if (BrandIn(path) is { } brand)
            yield return new Sign("link-brand-path", Seen.Link(link), ("host", host), ("brand", brand)) { Percent = input.Survey.Percent };
    }

    // "Report the user", "Yes, me": buttons that answer to a list of addresses, so that any click tells the sender.
    private static IEnumerable<Sign> MailTo(MailLink link, Uri uri, DetectionInput input)
    {
        const int Several = 3;
        var addresses = Uri.UnescapeDataString(uri.OriginalString).Count(character => character == '@');
        if (addresses >= Several && link.Kind is LinkKind.Anchor or LinkKind.Area && !input.Survey.IsConversation)
            yield return new Sign("link-mail-farm", Seen.Link(link), ("count", addresses.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    private static bool IsKit(string path)
    {
        var ending = Array.Exists(PageEndings, page => path.EndsWith(page, StringComparison.OrdinalIgnoreCase));
        if (Array.Exists(OddFolders, folder => path.Contains(folder, StringComparison.OrdinalIgnoreCase)))
            return ending || path.EndsWith('/');
        return ending && path.Split('/', 12) is { Length: > 1 } parts && Array.Exists(KitPages, page => parts[^1].StartsWith(page, StringComparison.OrdinalIgnoreCase) || parts.Length > 2 && parts[^2].Equals(page, StringComparison.OrdinalIgnoreCase));
    }

    private static string? BrandIn(string path)
    {
        foreach (var part in path.Split('/', 12, StringSplitOptions.RemoveEmptyEntries))
        {
            var end = part.AsSpan().IndexOfAny("-_.");
            var word = (end > 0 ? part[..end] : part).ToLowerInvariant();
            if (Array.IndexOf(BrandFolders, word) >= 0)
                return word;
        }

        return null;
    }

    // 213.159.66.148.host.provider.test, ec2-1-2-3-4.compute.test: what the provider calls an address.
    private static bool IsServerName(string host)
    {
        var numbers = 0;
        foreach (var part in host.Split('.', '-'))
        {
            if (part.Length is > 0 and <= 3 && part.All(char.IsAsciiDigit) && int.Parse(part, System.Globalization.CultureInfo.InvariantCulture) <= byte.MaxValue)
            {
                if (++numbers == 4)
                    return !IPAddress.TryParse(host, out _);
            }
            else
            {
                numbers = 0;
            }
        }

        return host.StartsWith("vps-", StringComparison.Ordinal) && host.Contains(".vps.", StringComparison.Ordinal);
    }

    private static bool HasRandomName(string host, string domain)
    {
        const int LongLabel = 28;
        foreach (var label in host.AsSpan(0, host.Length - domain.Length).ToString().Split('.', StringSplitOptions.RemoveEmptyEntries))
            if (label.Length >= LongLabel && !label.Contains('-', StringComparison.Ordinal))
                return true;
        return Gibberish.IsRandom(domain.AsSpan(0, domain.IndexOf('.')));
    }

    // What a page in a file loads for itself, nobody is led to.
    private static bool IsPartOfPage(MailLink link, string path) => link.Kind == LinkKind.Attachment && path.EndsWith(".js", StringComparison.OrdinalIgnoreCase);
}
