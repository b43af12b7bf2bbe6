using System.Globalization;
using Platform.Engine.Detectors;
using Platform.Engine.Links;
using Platform.Engine.Mail;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Learning;

/// <summary>
/// How a message is made: who claims to write, where answers and links go, what the HTML is built of, what is attached, and the
/// signs that detectors saw. Left out on purpose, since they tell where a mail was collected and not what it wants: dates, the
/// path it came by, list headers, mail programs, character sets, encodings, threads, and every host and address itself.
/// </summary>
/// <param name="authored">The body as its author wrote it, folded.</param>
internal sealed class BuildFeatures(FeatureVector vector, DetectionInput input, string authored)
{
    private const int MaxLinks = 40;
    private const int MaxSegments = 7;
    private const int MaxPictures = 10;
    private const int MaxText = 6_000;

    private readonly Dictionary<string, string> _organisations = new(StringComparer.Ordinal);

    public void Read(IReadOnlyList<Sign> signs)
    {
        foreach (var sign in signs)
            if (!Weights.IsOfList(sign.Id))
                vector.AddBuild($"sign {sign.Id}");
        ReadSender();
        ReadRecipients();
        ReadSubject();
        ReadText();
        ReadLinks();
        ReadHtml();
        ReadFiles();
    }

    private void ReadSender()
    {
        var message = input.Message;
        var sender = input.Sender;
        if (sender.Address is not { } address)
        {
            vector.AddBuild("from missing");
            return;
        }

        vector.AddBuild(sender.IsFreeMail ? "from free-mail" : "from own-domain");
        if (SuffixClass(sender.Domain) is var suffix and not ("classic" or "country" or "reserved"))
            vector.AddBuild($"from suffix {suffix}");
        vector.AddBuild($"from name {NameShape(address)}");
        vector.AddBuild($"from mailbox {MailboxShape(address.LocalPart)}");
        if (sender.OrganisationalDomain.Length == 0)
            vector.AddBuild("from no-organisation");
        else
        {
            vector.AddBuild($"from domain {LabelShape(sender.OrganisationalDomain.AsSpan(0, sender.OrganisationalDomain.IndexOf('.')))}");
            vector.AddBuild($"from name-domain {Relation(sender.Name, sender.OrganisationalDomain)}");
        }

        if (message.ReplyTo.Count > 0)
        {
            var reply = OrganisationOf(message.ReplyTo[0].Domain);
            vector.AddBuild(reply == sender.OrganisationalDomain ? "reply-to same" : KnownDomains.Embedded.IsFreeMail(reply) ? "reply-to free-mail" : "reply-to other");
        }

        if (message.Headers.Any(header => header.Name.Equals("X-Priority", StringComparison.OrdinalIgnoreCase) && header.Value.StartsWith('1') || header.Name.Equals("Importance", StringComparison.OrdinalIgnoreCase) && header.Value.StartsWith("high", StringComparison.OrdinalIgnoreCase)))
            vector.AddBuild("header urgent");
    }

    private void ReadRecipients()
    {
        var to = input.Message.To;
        vector.AddBuild(to.Count switch { 0 => "to nobody", 1 => "to one", < 5 => "to few", _ => "to many" });
        if (to.Count == 0 || input.Sender.Address is not { } from)
            return;
        if (to.Any(other => other.Address.Equals(from.Address, StringComparison.OrdinalIgnoreCase)))
            vector.AddBuild("to oneself");
        if (to[0].Name.Length > 0 && to[0].Name.Equals(to[0].Address, StringComparison.OrdinalIgnoreCase))
            vector.AddBuild("to name is address");
        if (input.Text.Body.Contains(to[0].Address.ToLowerInvariant(), StringComparison.Ordinal))
            vector.AddBuild("text recipient-address");
        if (to[0].Address.Length > 5 && input.Message.Links.Any(link => link.Kind != LinkKind.Image && link.Target.Contains(to[0].Address, StringComparison.OrdinalIgnoreCase) && link.Uri?.Scheme != "mailto"))
            vector.AddBuild("link recipient-address");
    }

    private void ReadSubject()
    {
        var subject = input.Message.Subject;
        vector.AddBuild($"subject length {Bucket(subject.Length, 1, 12, 30, 60, 100)}");
        var letters = subject.Count(char.IsLetter);
        if (letters > 5 && subject.Count(char.IsUpper) * 10 > letters * 7)
            vector.AddBuild("subject shouts");
        if (subject.Any(c => char.IsSurrogate(c) || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.OtherSymbol))
            vector.AddBuild("subject symbols");
        if (subject.Count(char.IsDigit) > 5)
            vector.AddBuild("subject number");
        if (subject.Contains('!') || subject.Contains('！'))
            vector.AddBuild("subject exclaims");
    }

    private void ReadText()
    {
        vector.AddBuild($"text length {Bucket(authored.Length, 1, 60, 200, 600, 1_500, 4_000)}");
        vector.AddBuild($"text exclaims {Bucket(authored.AsSpan().Count('!'), 1, 3, 8)}");
        var text = input.Message.VisibleText.AsSpan(0, Math.Min(input.Message.VisibleText.Length, MaxText));
        int letters = 0, upper = 0;
        foreach (var c in text)
        {
            if (char.IsLetter(c))
            {
                letters++;
                if (char.IsUpper(c))
                    upper++;
            }
        }

        if (letters > 40 && upper * 3 > letters)
            vector.AddBuild("text shouts");
        var hidden = input.Message.HiddenText.Length;
        if (hidden > 0)
            vector.AddBuild($"hidden text {(hidden > input.Message.VisibleText.Length ? "more than shown" : Bucket(hidden, 100, 500, 2_000))}");
    }

    private void ReadLinks()
    {
        var links = input.Message.Links.Where(link => link.Kind is not (LinkKind.Image or LinkKind.Script) && link.Uri is { IsAbsoluteUri: true } uri && uri.Scheme is "http" or "https").Take(MaxLinks).ToList();
        // The host of a link is worked out anew at each asking.
        var hostOf = links.ConvertAll(link => link.Host);
        var hosts = hostOf.Distinct(StringComparer.Ordinal).ToList();
        var organisations = hosts.Select(host => OrganisationOf(host)).Distinct(StringComparer.Ordinal).ToList();
        vector.AddBuild($"links {Bucket(links.Count, 1, 2, 4, 10, 30)}");
        vector.AddBuild($"link targets {Bucket(links.Select(link => link.Target).Distinct(StringComparer.Ordinal).Count(), 1, 2, 4, 10, 30)}");
        vector.AddBuild($"link organisations {Bucket(organisations.Count, 1, 2, 3, 6)}");
        if (links.Count == 0)
            return;
        var own = input.Sender.OrganisationalDomain;
        var toOwn = organisations.Contains(own);
        vector.AddBuild(!toOwn ? "links none to sender" : organisations.Count == 1 ? "links all to sender" : "links some to sender");
        if (!toOwn && organisations.Count == 1)
            vector.AddBuild("links all to one other");
        foreach (var host in hosts)
        {
            var organisation = OrganisationOf(host);
            if (organisation == own)
                continue;
            if (SuffixClass(host) is var suffix and not ("classic" or "country" or "reserved"))
                vector.AddBuild($"link suffix {suffix}");
            if (KnownDomains.Embedded.IsFreeHosting(host))
                vector.AddBuild("link free-hosting");
            if (KnownDomains.Embedded.IsShortener(host))
                vector.AddBuild("link shortener");
            if (KnownDomains.Embedded.IsClickTracker(host))
                vector.AddBuild("link click-tracker");
            if (organisation.Length > 0)
            {
                vector.AddBuild($"link domain {LabelShape(organisation.AsSpan(0, organisation.IndexOf('.')))}");
                vector.AddBuild($"link sub-domain {SubDomainShape(host, organisation)}");
            }
        }

        for (var index = 0; index < links.Count; index++)
        {
            var uri = links[index].Uri!;
            if (uri.Fragment.Length > 1)
                vector.AddBuild($"link fragment {Bucket(uri.Fragment.Length, 1, 20)}");
            if (!uri.IsDefaultPort)
                vector.AddBuild("link port");
            var path = uri.AbsolutePath;
            if (OrganisationOf(hostOf[index]) != own)
                ReadPath(path);
            var dot = path.LastIndexOf('.');
            if (dot >= 0 && path.Length - dot is > 2 and < 6)
                vector.AddBuild($"link file {path[(dot + 1)..].ToLowerInvariant()}");
        }
    }

    private void ReadPath(ReadOnlySpan<char> path)
    {
        var left = MaxSegments;
        foreach (var range in path.Split('/'))
        {
            if (LabelShape(path[range]) is var shape && shape.StartsWith("random", StringComparison.Ordinal))
                vector.AddBuild($"link segment {shape}");
            if (--left == 0)
                return;
        }
    }

    private void ReadHtml()
    {
        var message = input.Message;
        if (message.Html.Count == 0)
        {
            vector.AddBuild("html none");
            return;
        }

        var plain = message.Leaves.Any(leaf => leaf.MediaType == "text/plain" && leaf.Disposition != "attachment" && !leaf.Content.IsEmpty);
        vector.AddBuild(plain ? "html with plain text" : "html alone");
        var images = message.Links.Count(link => link.Kind == LinkKind.Image);
        vector.AddBuild($"html images {Bucket(images, 1, 2, 5, 15)}");
        if (images > 0)
            vector.AddBuild($"html text of an image {Bucket(message.VisibleText.Length / images, 20, 100, 400)}");
        var anchors = message.Links.Count(link => link.Kind == LinkKind.Anchor);
        if (anchors > 0 && message.Links.Count(link => link.Kind == LinkKind.Anchor && link.Text.Length == 0) * 2 >= anchors)
            vector.AddBuild("html links on images");
        if (message.Links.Any(link => link.Kind == LinkKind.Form))
            vector.AddBuild("html form");
        if (message.Links.Any(link => link.Kind == LinkKind.Area))
            vector.AddBuild("html image map");
        var own = input.Sender.OrganisationalDomain;
        var pictures = message.Links.Where(link => link is { Kind: LinkKind.Image, Uri.Scheme: "http" or "https" }).Take(MaxPictures).Select(link => OrganisationOf(link.Host)).Distinct().ToList();
        if (pictures.Count > 0)
            vector.AddBuild(pictures.Contains(own) ? "html images of sender" : "html images of others");
    }

    private void ReadFiles()
    {
        var files = input.Message.Attachments;
        vector.AddBuild($"files {Bucket(files.Count, 1, 2, 4)}");
        foreach (var file in files.Take(20))
            vector.AddBuild($"file {file.Type.Id}");
    }

    private string OrganisationOf(string host)
    {
        if (!_organisations.TryGetValue(host, out var organisation))
            _organisations[host] = organisation = input.Domains.Of(host);
        return organisation;
    }

    private static string SuffixClass(string domain)
    {
        var suffix = domain[(domain.LastIndexOf('.') + 1)..];
        return suffix switch
        {
            "com" or "net" or "org" => "classic",
            "edu" or "gov" or "mil" or "int" => "reserved",
            { Length: 2 } => "country",
            { Length: 0 } => "none",
            _ when suffix.Any(char.IsDigit) => "number",
            _ => "new",
        };
    }

    private static string NameShape(MailAddress address)
    {
        var name = address.Name.Trim().Trim('"', '\'');
        if (name.Length == 0)
            return "none";
        if (name.Equals(address.Address, StringComparison.OrdinalIgnoreCase))
            return "address";
        if (name.Contains('@'))
            return "holds an address";
        var letters = name.Count(char.IsLetter);
        return letters > 3 && name.Where(char.IsLetter).All(char.IsUpper) ? "shouts" : name.Any(char.IsDigit) ? "number" : name.Contains(' ') ? "words" : "word";
    }

    private static string MailboxShape(string mailbox) => mailbox.ToLowerInvariant() switch
    {
        "info" or "office" or "contact" or "mail" or "hello" or "contato" or "kontakt" or "contacto" => "general",
        "support" or "service" or "help" or "helpdesk" or "customerservice" or "care" or "team" => "support",
        "admin" or "administrator" or "postmaster" or "webmaster" or "root" or "mailer-daemon" or "system" => "admin",
        "noreply" or "no-reply" or "donotreply" or "do-not-reply" or "no_reply" => "no-reply",
        "news" or "newsletter" or "marketing" or "notification" or "notifications" or "updates" => "news",
        "billing" or "invoice" or "accounts" or "payment" or "sales" or "orders" => "business",
        var other => LabelShape(other),
    };

    /// <summary>What a machine made looks unlike what a person chose.</summary>
    private static string LabelShape(ReadOnlySpan<char> label)
    {
        int digits = 0, letters = 0, vowels = 0, run = 0, longestRun = 0, hyphens = 0;
        var changes = 0;
        for (var index = 0; index < label.Length; index++)
        {
            var c = char.ToLowerInvariant(label[index]);
            if (char.IsDigit(c))
            {
                digits++;
                run = 0;
                if (index > 0 && char.IsLetter(label[index - 1]))
                    changes++;
            }
            else if (char.IsLetter(c))
            {
                letters++;
                if (c is 'a' or 'e' or 'i' or 'o' or 'u' or 'y')
                {
                    vowels++;
                    run = 0;
                }
                else
                    longestRun = Math.Max(longestRun, ++run);
            }
            else
            {
                hyphens += c is '-' ? 1 : 0;
                run = 0;
            }
        }

        if (label.Length == 0)
            return "empty";
        if (letters == 0 && digits > 0)
            return digits > 5 ? "long number" : "number";
        var random = letters >= 5 && (longestRun >= 5 || vowels * 5 < letters) || changes >= 2;
        return (random ? "random" : digits > 3 ? "name with number" : digits > 0 ? "name with digit" : hyphens > 2 ? "hyphens" : "name") + (label.Length > 20 ? " long" : "");
    }

    private static string SubDomainShape(string host, string organisation)
    {
        if (host.Length <= organisation.Length)
            return "none";
        var sub = host[..^(organisation.Length + 1)];
        return sub == "www" ? "www" : sub.Contains('.') ? "deep" : LabelShape(sub);
    }

    private static string Relation(string name, string organisation)
    {
        if (name.Length == 0)
            return "none";
        var label = organisation[..organisation.IndexOf('.')].Replace("-", "", StringComparison.Ordinal);
        var joined = string.Concat(name.Where(char.IsLetterOrDigit));
        return joined.Length >= 3 && (label.Contains(joined, StringComparison.Ordinal) || joined.Contains(label, StringComparison.Ordinal)) ? "same"
            : name.Split(' ').Any(word => word.Length >= 4 && label.Contains(word, StringComparison.Ordinal)) ? "shared" : "other";
    }

    private static string Bucket(int value, params ReadOnlySpan<int> bounds)
    {
        for (var index = 0; index < bounds.Length; index++)
            if (value < bounds[index])
                return index == 0 && bounds[0] == 1 ? "0" : $"<{bounds[index].ToString(CultureInfo.InvariantCulture)}";
        return $">={bounds[^1].ToString(CultureInfo.InvariantCulture)}";
    }
}
