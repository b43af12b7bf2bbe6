using Platform.Engine.Links;

namespace Platform.Engine.Detectors.Sender;

/// <summary>An address written into the display name, or the recipient's own domain: many clients show nothing else.</summary>
internal sealed class DisplayNameAddress : IDetector
{
    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("address-in-display-name", "The display name shows a mail address of another domain than the real one.", "RFC 5322 3.4; X.1236 7.2.1", "shown", "address"),
        new("recipient-domain-as-sender", "The display name names the recipient's own domain; the address is foreign.", "X.1236 7.2.1", "domain", "address"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        var sender = input.Sender;
        if (sender.Address is null || sender.Name.Length == 0)
            yield break;

        if (AddressInName.Find(sender.Name, input.Domains) is { } named && sender.OrganisationalDomain.Length > 0 && named.Domain != sender.OrganisationalDomain)
        {
            yield return new Sign("address-in-display-name", Seen.Header(input, "From"), ("shown", named.Shown), ("address", sender.Address.Address));
            yield break;
        }

        foreach (var domain in RecipientDomains(input))
        {
            if (sender.OrganisationalDomain == input.Domains.Of(domain) || !Names(sender.Name, domain))
                continue;
            yield return new Sign("recipient-domain-as-sender", Seen.Header(input, "From"), ("domain", domain), ("address", sender.Address.Address));
            yield break;
        }
    }

    private static IEnumerable<string> RecipientDomains(DetectionInput input) =>
        input.Context.TenantDomains
            .Concat(input.Message.To.Take(10).Select(to => OrganisationalDomain.ToAscii(to.Domain)))
            .Where(domain => domain.Length > 4 && domain.Contains('.') && !KnownDomains.Embedded.IsFreeMail(domain))
            .Distinct(StringComparer.Ordinal);

    private static bool Names(string name, string domain)
    {
        var at = name.IndexOf(domain, StringComparison.Ordinal);
        return at >= 0 && (at == 0 || !char.IsAsciiLetterOrDigit(name[at - 1])) && (at + domain.Length == name.Length || !char.IsAsciiLetterOrDigit(name[at + domain.Length]));
    }
}
