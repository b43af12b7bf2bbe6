using Platform.Engine.Misdirection;
using Platform.Engine.Verdicts;

namespace Platform.Storage.Sending.Attackers;

/// <summary>
/// Where an answer to an attack would go: the author's address, and its domain where that is no provider's, if the author is proven; and
/// the addresses of Reply-To. Anybody can write anybody's address into From: what nobody proves is somebody else's, and left out. In
/// Reply-To it is where the answer goes, so that it counts unless the tenant writes there itself; never for its whole domain.
/// </summary>
internal static class AttackerNames
{
    private const int Most = 20;

    /// <summary>Malware, phishing, and mail that is suspicious for impersonation or fraud.</summary>
    public static bool IsAttack(Verdict verdict) =>
        verdict.Kind is VerdictKind.Phishing or VerdictKind.Malware
        || (verdict.Kind == VerdictKind.Suspicious && verdict.Type is { } type && AttackTypes.ClassOf(type) is AttackClass.Impersonation or AttackClass.Phishing or AttackClass.Malware);

    /// <param name="ownDomains">Of the tenant: whoever forges them is not to be found there.</param>
    public static IReadOnlyList<AttackerName> Of(Verdict verdict, IReadOnlyList<string> ownDomains)
    {
        var author = SentRecipients.Normal(verdict.Facts.FromAddress);
        List<AttackerName> names = [];
        if (verdict.Authentication?.ProvesAuthor() == true && DomainOf(author) is { } proven)
        {
            names.Add(new AttackerName(author, proven, IsProven: true));
            if (!IsProviders(proven))
                names.Add(new AttackerName(proven, proven, IsProven: false));
        }

        foreach (var address in verdict.Facts.ReplyTo.Select(SentRecipients.Normal))
        {
            // The same as in From says no more than that.
            if (address != author && DomainOf(address) is { } domain)
                names.Add(new AttackerName(address, domain, IsProven: false));
        }

        return [.. names.DistinctBy(name => name.Name).Take(Most)];

        string? DomainOf(string address) =>
            address.LastIndexOf('@') > 0 && OutgoingRecipients.DomainOf(address) is { Length: > 0 } domain && !ownDomains.Any(own => domain == own || domain.EndsWith("." + own, StringComparison.Ordinal))
                ? domain
                : null;
    }

    /// <summary>Anybody may have a mailbox there.</summary>
    public static bool IsProviders(string domain) => MailProviders.IsProvider(domain) || MailProviders.IsProvider(OutgoingRecipients.OrganisationOf("@" + domain));
}

/// <param name="Name">An address or a domain.</param>
/// <param name="Domain">The domain of either.</param>
/// <param name="IsProven">The attack came from there. A whole domain is never proven by one of its mailboxes, which may be stolen.</param>
internal sealed record AttackerName(string Name, string Domain, bool IsProven)
{
    /// <summary>Whose mail says that it is no attacker's: the domain's, or of a provider's mailbox its own alone.</summary>
    public string Correspondent => AttackerNames.IsProviders(Domain) ? Name : Domain;
}
