using System.Globalization;
using Platform.Engine.Authentication;
using Platform.Engine.Authentication.Author;
using Platform.Engine.Authentication.Dmarc;
using Platform.Engine.Authentication.Results;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Detectors.Sender;

/// <summary>
/// What sender authentication disproves. A pass is no sign: it says who wrote, never that the mail is good. Nor is a wrong record
/// or a broken signature: those are the everyday life of honest senders.
/// </summary>
internal sealed class AuthenticationRisk : IDetector
{
    // Shown to people or deciding what is shown, and to stand once; a second one stands above the signed one, where mail programs look first.
    private static readonly string[] Once = ["Subject", "From", "To", "Reply-To", "Date", "Content-Type", "Content-Transfer-Encoding"];

    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("dmarc-fail-own", "From claims the tenant's own domain, and neither SPF nor DKIM vouches for it; without a DMARC record, when SPF of that domain says fail.", "RFC 9989 5.3.5; RFC 7208 8.4; X.1236 7.2.1", "domain"),
        new("dmarc-fail", "The owner of the author domain asks to refuse or quarantine what it does not vouch for; this is such a mail.", "RFC 9989 5.3.6", "domain", "policy"),
        new("dmarc-undecided", "The owner of the author domain asks to refuse or quarantine what it does not vouch for; DNS of the sender answered too late, or was asked too much, to tell.", "RFC 9989 5.3.6; RFC 7208 11.1", "domain", "policy"),
        new("author-doubtful", "Mail programs and filters may take different domains for the author's.", "RFC 9989 5.3.1, 11.5; RFC 5322 3.6.2", "domains"),
        new("results-forged", "Results of authentication came with the mail in the name of this platform.", "RFC 8601 5, 7.1", "count"),
        new("dkim-text-added", "Text was added behind what a signature covers.", "RFC 6376 8.2", "domain", "octets"),
        new("dkim-field-added", "A field that may stand once stands again, and a signature covers only one of them.", "RFC 6376 8.15; RFC 5322 3.6", "domain", "field"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        if (input.Authentication is not { } report)
            yield break;
        if (Unproven(input, report) is { } unproven)
            yield return unproven;
        if (report.Author is { Fault: AuthorFault.SeveralFields or AuthorFault.SeveralDomains, Domains.Count: > 1 } author)
            yield return new Sign("author-doubtful", Seen.Header(input, "From"), ("domains", Seen.Cut(string.Join(", ", author.Domains.Take(4)), 160)));
        if (report.Incoming.Forged.Count > 0 && !WasHere(input))
            yield return new Sign("results-forged", Seen.Header(input, ResultsWriter.FieldName), ("count", report.Incoming.Forged.Count.ToString(CultureInfo.InvariantCulture)));
        if (report.Dkim.Signatures.FirstOrDefault(signature => signature is { Result: AuthenticationResult.Pass, UnsignedOctets: > 0 }) is { } open)
        {
            yield return new Sign(
                "dkim-text-added",
                Shown(report, "dkim"),
                ("domain", open.Domain),
                ("octets", open.UnsignedOctets.ToString(CultureInfo.InvariantCulture)));
        }

        foreach (var signature in report.Dkim.Signatures.Where(signature => signature.Result == AuthenticationResult.Pass))
        {
            if (Array.Find(Once, name => signature.Uncovered.Contains(name, StringComparer.OrdinalIgnoreCase)) is not { } field)
                continue;
            yield return new Sign("dkim-field-added", Seen.Header(input, field), ("domain", signature.Domain), ("field", field));
            break;
        }
    }

    // Mail that this platform passed on and that came back bears results that were ours.
    private static bool WasHere(DetectionInput input) => input.Message.Header("X-Inspection-Trace") is not null;

    // Without a connection nobody knows whether SPF would have vouched.
    private static Sign? Unproven(DetectionInput input, AuthenticationReport report)
    {
        if (report.MailFrom is not { } sender)
            return null;
        var dmarc = report.Dmarc;
        var isStrict = dmarc.RequestedPolicy is DmarcPolicy.Quarantine or DmarcPolicy.Reject;
        var isOwn = IsOwn(dmarc.AuthorDomain) && !OwnDomainForged.IsList(input);
        return dmarc.Result switch
        {
            AuthenticationResult.Fail when isOwn => new Sign("dmarc-fail-own", Shown(report, "dmarc"), ("domain", dmarc.AuthorDomain)),
            AuthenticationResult.Fail when isStrict => WithPolicy("dmarc-fail", report),
            AuthenticationResult.TempError when isStrict => WithPolicy("dmarc-undecided", report),
            AuthenticationResult.None when isOwn && IsDisowned() => new Sign("dmarc-fail-own", Shown(report, "spf"), ("domain", dmarc.AuthorDomain)),
            _ => null,
        };

        bool IsOwn(string domain) => SenderView.IsWithin(domain, input.Context.TenantDomains);

        // Many domains have no DMARC record. With the tenant's own in From and envelope, its list of servers says as much.
        bool IsDisowned() => sender.Result == AuthenticationResult.Fail && IsOwn(sender.Domain)
            && !report.Dkim.Signatures.Any(signature => signature.Result == AuthenticationResult.Pass && IsOwn(signature.Domain));
    }

    private static Sign WithPolicy(string id, AuthenticationReport report) =>
        new(id, Shown(report, "dmarc"), ("domain", report.Dmarc.AuthorDomain), ("policy", report.Dmarc.RequestedPolicy.ToString().ToLowerInvariant()));

    /// <summary>What stands in the results field on one method.</summary>
    private static Evidence Shown(AuthenticationReport report, string method)
    {
        var value = ResultsWriter.Write(report.Results with { Results = [.. report.Results.Results.Where(result => result.Method == method)] });
        return Seen.Header(ResultsWriter.FieldName, value.Replace("\r\n\t", " ", StringComparison.Ordinal));
    }
}
