using System.Text.RegularExpressions;
using Platform.Engine.Links;

namespace Platform.Engine.Detectors.Sender;

/// <summary>An address written into the display name, or the recipient's own domain: many clients show nothing else.</summary>
internal sealed partial class DisplayNameAddress : IDetector
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

        var match = Address().Match(sender.Name);
        if (match.Success)
        {
            var shown = input.Domains.Of(match.Groups["domain"].Value);
            if (shown.Length > 0 && sender.OrganisationalDomain.Length > 0 && shown != sender.OrganisationalDomain)
            {
                yield return new Sign("address-in-display-name", Seen.Header(input, "From"), ("shown", match.Value), ("address", sender.Address.Address));
                yield break;
            }
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

    [GeneratedRegex(@"[a-z0-9._%+\-]{1,64}@(?<domain>[a-z0-9\-]{1,63}(\.[a-z0-9\-]{1,63}){1,6})", RegexOptions.NonBacktracking)]
    private static partial Regex Address();
}
