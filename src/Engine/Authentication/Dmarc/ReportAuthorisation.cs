using Platform.Engine.Authentication.Author;
using Platform.Engine.Authentication.Dns;
using Platform.Engine.Links;

namespace Platform.Engine.Authentication.Dmarc;

/// <summary>Whether another domain agreed to get reports on this one (RFC 9990, 4; RFC 7489, 7.1), so that records cannot be used to flood strangers.</summary>
public static class ReportAuthorisation
{
    private const int MaxName = 253;

    /// <summary>Asks for <c>POLICY-DOMAIN._report._dmarc.REPORT-DOMAIN</c> (RFC 9990, 4). Nothing is asked when both are of one organisation.</summary>
    /// <param name="policyDomain">Where the policy record was found.</param>
    /// <param name="reportDomain">Of a report address in it.</param>
    /// <returns><see cref="AuthenticationResult.Pass"/> when reports may be sent there, <see cref="AuthenticationResult.Fail"/> when not, <see cref="AuthenticationResult.TempError"/> when DNS gave no answer.</returns>
    public static async ValueTask<ReportAuthorisationOutcome> CheckAsync(string policyDomain, string reportDomain, IDnsResolver resolver, IOrganisationalDomains domains, CancellationToken cancellationToken)
    {
        var policy = MailDomain.Normalise(policyDomain);
        var report = MailDomain.Normalise(reportDomain);
        var name = $"{policy}._report._dmarc.{report}";
        if (policy.Length == 0 || report.Length == 0 || name.Length > MaxName)
            return new ReportAuthorisationOutcome(AuthenticationResult.Fail, []);
        if (IdentifierAlignment.IsAligned(report, policy, DmarcAlignment.Relaxed, domains))
            return new ReportAuthorisationOutcome(AuthenticationResult.Pass, []);
        var answer = await resolver.QueryAsync(name, DnsType.Txt, cancellationToken).ConfigureAwait(false);
        if (answer.IsTemporary)
            return new ReportAuthorisationOutcome(AuthenticationResult.TempError, []);
        List<DmarcRecord> records = [.. answer.Records.OfType<DnsRecord.Text>().Select(text => DmarcRecordParser.Parse(text.Value)).OfType<DmarcRecord>()];
        if (records.Count == 0)
            return new ReportAuthorisationOutcome(AuthenticationResult.Fail, []);

        // Another address may be named, of the same host alone: the agreement is that host's (RFC 9990, 4).
        var named = records.SelectMany(record => record.AggregateReports).Where(address => address.Domain == report);
        return new ReportAuthorisationOutcome(AuthenticationResult.Pass, [.. named]);
    }
}

/// <param name="Result">Pass, Fail or TempError (RFC 9990, 4).</param>
/// <param name="Replacements">Addresses that the destination names in place of the one asked for (RFC 9990, 4); empty for none.</param>
public sealed record ReportAuthorisationOutcome(AuthenticationResult Result, IReadOnlyList<DmarcReportAddress> Replacements);
