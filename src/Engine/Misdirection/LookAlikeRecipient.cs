using Platform.Engine.Links;

namespace Platform.Engine.Misdirection;

/// <summary>Recipients whose domain is a slip away from the organisation's own, from one that it writes to often, or from a mail provider's.</summary>
internal static class LookAlikeRecipient
{
    /// <summary>Domains of one mail that are compared.</summary>
    private const int MaxDomains = 50;

    public static IEnumerable<SendFinding> Find(OutgoingRecipients mail, CorrespondenceFacts facts)
    {
        Dictionary<string, (string Known, bool IsPartner)?> judged = new(StringComparer.Ordinal);
        List<NamedHost> own = [.. mail.OwnDomains.Select(domain => NamedHost.Of(domain, OrganisationalDomain.Embedded)).OfType<NamedHost>()];
        foreach (var recipient in mail.Outside.Take(OutgoingRecipients.MaxExamined))
        {
            var domain = OutgoingRecipients.DomainOf(recipient);
            if (!judged.TryGetValue(domain, out var meant))
            {
                if (judged.Count >= MaxDomains)
                    yield break;
                judged[domain] = meant = Judge(domain, mail, facts, own);
            }

            if (meant is not { } found)
                continue;
            // Who was in the conversation before did not get there by a slip of this sender's finger.
            var fromOutside = found.IsPartner && facts.Thread?.Participants.Any(participant => OutgoingRecipients.DomainOf(participant) == domain) == true;
            yield return SendFindings.Of(
                fromOutside ? SendFindingKind.PartnerLookAlike : SendFindingKind.LookAlikeDomain, recipient, ("domain", OrganisationalDomain.ToUnicode(domain)), ("known", found.Known));
        }
    }

    /// <returns>
    /// The domain that was meant, and whether it is that of people that the organisation works with (itself among them) in another name.
    /// The same name below another ending may well be the partner's too: about it the sender is asked.
    /// </returns>
    private static (string Known, bool IsPartner)? Judge(string domain, OutgoingRecipients mail, CorrespondenceFacts facts, List<NamedHost> own)
    {
        if (facts.KnownDomains.Contains(domain) || MailProviders.IsProvider(domain) || mail.IsOwn("@" + domain) || NamedHost.Of(domain, OrganisationalDomain.Embedded) is not { } typed)
            return null;
        if (facts.Domains.Names.Contains(typed.Domain) || MailProviders.IsProvider(typed.Domain) || own.Exists(host => host.Domain == typed.Domain))
            return null;
        if (own.Concat(facts.Domains.All.Where(host => !MailProviders.IsProvider(host.Domain))).FirstOrDefault(known => DomainSlip.Between(typed, known)) is { } partner)
            return (partner.Domain, typed.Label != partner.Label);
        return MailProviders.All.FirstOrDefault(provider => DomainSlip.Between(typed, provider, isProvider: true)) is { } meant ? (meant.Domain, false) : null;
    }
}
