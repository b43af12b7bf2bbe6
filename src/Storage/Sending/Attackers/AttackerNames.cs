using Platform.Engine.Links;
using Platform.Engine.Misdirection;
using Platform.Engine.Verdicts;

namespace Platform.Storage.Sending.Attackers;

/// <summary>
/// Where an answer to an attack would go: the author's address and those of Reply-To, and their domains where these are no provider's.
/// Anybody can write anybody's address there. So what nobody proves counts only where it is no address of somebody whom the tenant
/// writes to, or one forged mail would cut a partner off.
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
        var isProven = verdict.Authentication?.ProvesAuthor() == true;
        List<AttackerName> names = [];
        Add(verdict.Facts.FromAddress, isProven);
        foreach (var address in verdict.Facts.ReplyTo)
            Add(address, string.Equals(address, verdict.Facts.FromAddress, StringComparison.OrdinalIgnoreCase) && isProven);
        return [.. names.DistinctBy(name => name.Name).Take(Most)];

        void Add(string address, bool proven)
        {
            var normal = SentRecipients.Normal(address);
            var domain = OutgoingRecipients.DomainOf(normal);
            if (normal.LastIndexOf('@') <= 0 || domain.Length == 0 || ownDomains.Any(own => domain == own || domain.EndsWith("." + own, StringComparison.Ordinal)))
                return;
            names.Add(new AttackerName(normal, domain, proven));
            if (!FreeMail.IsProvider(domain) && !FreeMail.IsProvider(OutgoingRecipients.OrganisationOf(normal)))
                names.Add(new AttackerName(domain, domain, IsProven: false));
        }
    }
}

/// <param name="Name">An address or a domain.</param>
/// <param name="Domain">The domain of either.</param>
/// <param name="IsProven">The attack came from there. A whole domain is never proven by one of its mailboxes, which may be stolen.</param>
internal sealed record AttackerName(string Name, string Domain, bool IsProven);
