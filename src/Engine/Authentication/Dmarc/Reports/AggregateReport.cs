using System.Net;

namespace Platform.Engine.Authentication.Dmarc.Reports;

/// <summary>What another receiver saw of mail in a domain's name (RFC 9990, 3.1; RFC 7489, appendix C). Text is as sent, at most 1,000 characters a value.</summary>
/// <param name="Organisation">Who reports (RFC 9990, 3.1).</param>
/// <param name="Email">Of the reporter (RFC 9990, 3.1); empty when absent.</param>
/// <param name="Id">Of the report, unique to the reporter (RFC 9990, 3.1).</param>
/// <param name="Begin">First moment it covers, UTC (RFC 9990, 3.1).</param>
/// <param name="End">Last moment it covers, UTC (RFC 9990, 3.1).</param>
/// <param name="Policy">The record that the reporter found (RFC 9990, 3.1.1.5).</param>
/// <param name="Rows">At most 100,000; RFC 9990, 3.1.1.7 sets no bound.</param>
/// <param name="SkippedRows">Rows without a readable address and count (RFC 9990, 3.1.1.8), and those beyond the bound.</param>
public sealed record AggregateReport(
    string Organisation,
    string Email,
    string Id,
    DateTimeOffset Begin,
    DateTimeOffset End,
    PublishedPolicy Policy,
    IReadOnlyList<AggregateRow> Rows,
    int SkippedRows);

/// <summary>The policy that the reporter found (RFC 9990, 3.1); members it does not name are empty.</summary>
/// <param name="Domain">Where the record was found, lower-case A-labels (RFC 9990, 3.1).</param>
/// <param name="Policy">Tag <c>p</c> as reported (RFC 9990, 3.1).</param>
/// <param name="SubdomainPolicy">Tag <c>sp</c> (RFC 9990, 3.1.1.5).</param>
/// <param name="NonexistentPolicy">Tag <c>np</c> (RFC 9990, 3.1.1.5).</param>
/// <param name="DkimAlignment">Tag <c>adkim</c> (RFC 9990, 3.1.1.5).</param>
/// <param name="SpfAlignment">Tag <c>aspf</c> (RFC 9990, 3.1.1.5).</param>
/// <param name="Percent">Tag <c>pct</c>, in reports of RFC 7489, appendix C alone.</param>
/// <param name="Testing">Tag <c>t</c> (RFC 9990, 3.1.1.5).</param>
/// <param name="DiscoveryMethod"><c>psl</c> or <c>treewalk</c> (RFC 9990, 3.1).</param>
public sealed record PublishedPolicy(
    string Domain,
    string Policy,
    string SubdomainPolicy,
    string NonexistentPolicy,
    string DkimAlignment,
    string SpfAlignment,
    string Percent,
    string Testing,
    string DiscoveryMethod);

/// <summary>Mail of one kind from one address (RFC 9990, 3.1).</summary>
/// <param name="Source">IP address of the sending server (RFC 9990, 3.1).</param>
/// <param name="Count">Messages, 1 or more (RFC 9990, 3.1).</param>
/// <param name="Disposition">What became of them: <c>none</c>, <c>pass</c>, <c>quarantine</c>, <c>reject</c> (RFC 9990, 3.1).</param>
/// <param name="IsDkimAligned">DKIM passed and was aligned (RFC 9990, 3.1).</param>
/// <param name="IsSpfAligned">SPF passed and was aligned (RFC 9990, 3.1).</param>
/// <param name="HeaderFrom">The author domain (RFC 9990, 3.1).</param>
/// <param name="EnvelopeFrom">The domain of MAIL FROM (RFC 9990, 3.1.1.10); empty when absent or null.</param>
/// <param name="EnvelopeTo">The domain of the recipient (RFC 9990, 3.1.1.10); empty when absent.</param>
/// <param name="Overrides">Why another disposition than the policy's was chosen (RFC 9990, 3.1).</param>
/// <param name="Dkim">A result for each signature, at most 100 (RFC 9990, 3.1.1.12).</param>
/// <param name="Spf">What SPF gave, at most 100 results (RFC 9990, 3.1.1.13; more than one by RFC 7489, appendix C).</param>
public sealed record AggregateRow(
    IPAddress Source,
    long Count,
    string Disposition,
    bool IsDkimAligned,
    bool IsSpfAligned,
    string HeaderFrom,
    string EnvelopeFrom,
    string EnvelopeTo,
    IReadOnlyList<ReportedOverride> Overrides,
    IReadOnlyList<ReportedResult> Dkim,
    IReadOnlyList<ReportedResult> Spf);

/// <param name="Type">Such as <c>mailing_list</c>, <c>local_policy</c> (RFC 9990, 3.1).</param>
/// <param name="Comment">For people (RFC 9990, 3.1.1.14); empty when absent.</param>
public sealed record ReportedOverride(string Type, string Comment);

/// <param name="Domain">That was checked (RFC 9990, 3.1).</param>
/// <param name="Detail">The selector of DKIM, the scope of SPF (RFC 9990, 3.1).</param>
/// <param name="Result">As in Authentication-Results (RFC 9990, 3.1).</param>
public sealed record ReportedResult(string Domain, string Detail, string Result);

/// <param name="Report">Null when it could not be read (RFC 9990, 3.1).</param>
/// <param name="Error">One sentence on why it could not be read; null when it was (RFC 9990, 3.1).</param>
public sealed record AggregateReportOutcome(AggregateReport? Report, string? Error);
