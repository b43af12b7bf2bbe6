using Platform.Engine.Authentication.Author;
using Platform.Engine.Authentication.Dns;
using Platform.Engine.Authentication.Spf;
using Platform.Engine.Links;

namespace Platform.Engine.Authentication.Dmarc;

// DMARC (RFC 9989, before it RFC 7489) joins what SPF and DKIM prove to what the reader sees. The owner of a domain publishes at
// `_dmarc.DOMAIN` what shall become of mail that bears it in the From and is not proven. The receiver finds the record of
// the author domain, else that of its organisational domain, by asking from the author domain towards the root (the tree
// walk); records of public suffixes (psd=y) mark where one owner ends and the next begins. Mail passes when a DKIM signature
// verifies or SPF passes for MAIL FROM, and that domain is aligned with the author's: the same, or, unless the record says
// strict, of the same organisation. Else it fails, and the policy asked for is p, for sub-domains sp, for names that do not
// exist np; t=y asks for one step less. A pass says who wrote, never that the mail is good.

/// <summary>Evaluates DMARC for one message (RFC 9989, 5.3).</summary>
public static class DmarcEvaluator
{
    private const int MaxIdentifiers = 20;

    /// <summary>Never throws for any input or DNS answer but <see cref="OperationCanceledException"/> (RFC 9989, 5.3.2 to 5.3.6).</summary>
    /// <param name="domains">Asked in RFC 7489 mode alone (RFC 7489, 3.2).</param>
    public static async ValueTask<DmarcOutcome> EvaluateAsync(DmarcInput input, IDnsResolver resolver, IOrganisationalDomains domains, DmarcOptions options, CancellationToken cancellationToken)
    {
        var author = MailDomain.Normalise(input.AuthorDomain);
        if (author.Length == 0)
            return new DmarcOutcome(AuthenticationResult.None, "", "There is no author domain to ask for.");
        var lookup = new DmarcLookup(resolver, options.MaxQueries);
        IPolicyDiscovery discovery = options.Specification == DmarcSpecification.Rfc9989 ? new TreeWalkDiscovery(lookup) : new SuffixListDiscovery(lookup, domains);
        var evaluation = new DmarcEvaluation(author, options.Specification, lookup, discovery);
        var outcome = await evaluation.RunAsync(Distinct(input.Dkim), [.. input.Spf.Where(spf => spf.Identity == SpfIdentity.MailFrom)], cancellationToken).ConfigureAwait(false);
        return outcome with { Queries = lookup.Queries };
    }

    /// <summary>The organisational domain by the tree walk (RFC 9989, 4.10.2); empty when it is no domain, null when DNS gave no answer.</summary>
    public static async ValueTask<string?> FindOrganisationalDomainAsync(string domain, IDnsResolver resolver, DmarcOptions options, CancellationToken cancellationToken)
    {
        var name = MailDomain.Normalise(domain);
        return name.Length == 0 ? "" : await new TreeWalkDiscovery(new DmarcLookup(resolver, options.MaxQueries)).OrganisationAsync(name, cancellationToken).ConfigureAwait(false);
    }

    private static IReadOnlyList<DkimIdentifier> Distinct(IReadOnlyList<DkimIdentifier> dkim) =>
        [.. dkim.Where(signature => signature.Result is AuthenticationResult.Pass or AuthenticationResult.TempError).Distinct().OrderBy(signature => signature.Result).Take(MaxIdentifiers)];
}
