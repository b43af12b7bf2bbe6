using Platform.Engine.Links;

namespace Platform.Engine.Misdirection;

/// <summary>Recipients whose domain is a slip away from the organisation's own, from one that it writes to often, or from a mail provider's.</summary>
internal static class LookAlikeRecipient
{
    /// <summary>Domains of one mail that are compared.</summary>
    private const int MaxDomains = 50;

    public static IEnumerable<SendFinding> Find(OutgoingRecipients mail, CorrespondenceFacts facts)
    {
        Dictionary<string, Meant?> judged = new(StringComparer.Ordinal);
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

            if (meant is null)
                continue;
            // Whom mail from outside brought into the conversation did not get there by a slip of this sender's finger.
            var isHeld = meant.Likeness == Likeness.Made || (meant.Likeness == Likeness.Name && facts.Thread?.FromOutside.Any(participant => OutgoingRecipients.DomainOf(participant) == domain) == true);
            yield return SendFindings.Of(
                isHeld ? SendFindingKind.PartnerLookAlike : SendFindingKind.LookAlikeDomain, recipient, ("domain", OrganisationalDomain.ToUnicode(domain)), ("known", meant.Known));
        }
    }

    /// <returns>The domain that was meant; null: no other.</returns>
    private static Meant? Judge(string domain, OutgoingRecipients mail, CorrespondenceFacts facts, List<NamedHost> own)
    {
        if (facts.KnownDomains.Contains(domain) || MailProviders.IsProvider(domain) || mail.IsOwn("@" + domain) || NamedHost.Of(domain, OrganisationalDomain.Embedded) is not { } typed)
            return null;
        if (facts.Domains.Names.Contains(typed.Domain) || MailProviders.IsProvider(typed.Domain) || own.Exists(host => host.Domain == typed.Domain))
            return null;
        foreach (var partner in own.Concat(facts.Domains.All.Where(host => !MailProviders.IsProvider(host.Domain))))
        {
            if (IsMade(typed, partner))
                return new Meant(partner.Domain, Likeness.Made);
            if (DomainSlip.Between(typed, partner))
                return new Meant(partner.Domain, DomainSlip.IsOtherEnding(typed, partner) ? Likeness.Ending : Likeness.Name);
        }

        return !MailProviders.IsCompanyOfOne(typed.Domain) && MailProviders.All.FirstOrDefault(provider => DomainSlip.Between(typed, provider, isProvider: true)) is { } meant
            ? new Meant(meant.Domain, Likeness.Ending)
            : null;
    }

    /// <summary>No finger slips to it: a letter that looks like another, a word that lures beside the name, or the name in front of another's domain.</summary>
    private static bool IsMade(NamedHost typed, NamedHost partner) => LookAlike.Judge(typed, partner, otherSuffix: false) switch
    {
        LookAlikeTrick.Homoglyph or LookAlikeTrick.SubDomain => true,
        LookAlikeTrick.AddedWord => LookAlike.HasLure(typed, partner),
        _ => false,
    };

    /// <summary>How a domain resembles that of people that the organisation works with, itself among them.</summary>
    private enum Likeness
    {
        /// <summary>The same name below another ending, which may well be theirs too; or a provider's, which nobody is to be mistaken for.</summary>
        Ending,

        /// <summary>Another name, one slip away.</summary>
        Name,

        /// <summary>Another name, made to be mistaken.</summary>
        Made,
    }

    private sealed record Meant(string Known, Likeness Likeness);
}
