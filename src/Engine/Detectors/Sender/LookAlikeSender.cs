using Platform.Engine.Links;

namespace Platform.Engine.Detectors.Sender;

/// <summary>A sender or reply domain that resembles the tenant's, a correspondent's or a known brand's.</summary>
internal sealed class LookAlikeSender : IDetector
{
    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("look-alike-own", "The sender's domain resembles one of the tenant's own (homoglyph, typo, added word, sub-domain, other suffix).", "UTS #39; ATT&CK T1583.001; X.1236 7.2.2", "domain", "known", "trick"),
        new("look-alike-correspondent", "The sender's domain resembles one the mailbox exchanges mail with.", "UTS #39; ATT&CK T1583.001; X.1236 7.2.2", "domain", "known", "trick"),
        new("look-alike-brand", "The sender's domain resembles that of a widely abused brand.", "UTS #39; ATT&CK T1583.001; X.1236 7.2.2", "domain", "known", "trick"),
        new("look-alike-official", "The sender's domain holds the ending of offices in the wrong place.", "ATT&CK T1583.001; X.1236 7.2.2", "domain", "known"),
        new("mixed-script-domain", "The sender's domain mixes Latin letters with letters of another script that look like them.", "UTS #39 5; RFC 5890", "domain"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        List<(string Header, string Domain)> candidates = [.. input.Senders.Select(sender => ("From", sender.Domain))];
        if (input.Message.ReplyTo.Count > 0)
            candidates.Add(("Reply-To", OrganisationalDomain.ToAscii(input.Message.ReplyTo[0].Domain)));

        foreach (var (header, domain) in candidates.Where(candidate => candidate.Domain.Length > 0).DistinctBy(candidate => candidate.Domain))
        {
            if (SenderView.IsWithin(domain, input.Context.TenantDomains))
                continue;
            if (Find(domain, input.Context.TenantDomains, input, otherSuffix: true) is { } own)
                yield return Of("look-alike-own", input, header, domain, own);
            else if (!IsCorrespondent(domain, input) && Find(domain, input.Context.History.CorrespondentDomains, input, otherSuffix: false) is { } correspondent)
                yield return Of("look-alike-correspondent", input, header, domain, correspondent);
            else if (FindBrand(domain, input) is { } brand)
                yield return Of("look-alike-brand", input, header, domain, brand);
            else if (OfficialNames.ImitatedBy(domain) is { } official)
                yield return new Sign("look-alike-official", Seen.Header(input, header), ("domain", OrganisationalDomain.ToUnicode(domain)), ("known", official));

            var shown = OrganisationalDomain.ToUnicode(domain);
            if (shown.Split('.').Any(label => Confusables.MixesScripts(label)))
                yield return new Sign("mixed-script-domain", Seen.Header(input, header), ("domain", shown));
        }
    }

    /// <summary>Whether the author's domain resembles the tenant's, a correspondent's, a brand's or an office's.</summary>
    public static bool IsLookAlike(DetectionInput input) =>
        input.Sender is { IsOwn: false, Domain: { Length: > 0 } domain }
        && (Find(domain, input.Context.TenantDomains, input, otherSuffix: true) is not null
            || !IsCorrespondent(domain, input) && Find(domain, input.Context.History.CorrespondentDomains, input, otherSuffix: false) is not null
            || FindBrand(domain, input) is not null
            || OfficialNames.ImitatedBy(domain) is not null);

    private static bool IsCorrespondent(string domain, DetectionInput input) => SenderView.IsWithin(domain, input.Context.History.CorrespondentDomains);

    private static (string Known, LookAlikeTrick Trick)? Find(string domain, IReadOnlyList<string> known, DetectionInput input, bool otherSuffix)
    {
        foreach (var candidate in known)
            if (LookAlike.Judge(domain, candidate, input.Domains, otherSuffix) is { } trick)
                return (candidate, trick);
        return null;
    }

    private static (string Known, LookAlikeTrick Trick)? FindBrand(string domain, DetectionInput input)
    {
        if (KnownDomains.Embedded.IsFreeMail(input.Domains.Of(domain)) || NamedHost.Of(domain, input.Domains) is not { } host || Brands.Embedded.ImitatedBy(host) is not { } imitated)
            return null;
        return (imitated.Brand.Main.Domain, imitated.Trick);
    }

    private static Sign Of(string id, DetectionInput input, string header, string domain, (string Known, LookAlikeTrick Trick) found) =>
        new(id, Seen.Header(input, header), ("domain", OrganisationalDomain.ToUnicode(domain)), ("known", found.Known), ("trick", found.Trick.ToString()));
}
