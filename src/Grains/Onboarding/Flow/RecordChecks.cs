using Platform.Engine.Authentication.Dns;
using Platform.Storage.Onboarding.Flow;

namespace Platform.Grains.Onboarding.Flow;

/// <summary>What DNS says of a domain's mail: MX (RFC 5321, 5.1) and SPF (RFC 7208).</summary>
internal sealed class RecordChecks(IDnsResolver dns, FlowSettings settings)
{
    private const string SpfVersion = "v=spf1";

    private IReadOnlyList<string> MailHosts => settings.Onboarding.MailHosts is { Count: > 0 } named ? named : [settings.Hostname];

    public async Task<FlowFinding> MxAsync(string domain, CancellationToken cancellationToken)
    {
        var answer = await dns.QueryAsync(domain, DnsType.Mx, cancellationToken);
        if (answer.IsTemporary)
            return new FlowFinding(FlowStepState.Failed, "dns-silent", ("domain", domain));
        var records = answer.Records.OfType<DnsRecord.Exchanger>().OrderBy(mx => mx.Preference).ToList();
        var found = string.Join(", ", records.Take(5).Select(mx => mx.Host.Length == 0 ? "." : mx.Host));
        if (records.Count == 0)
            return new FlowFinding(FlowStepState.Failed, "mx-none", ("domain", domain), ("host", MailHosts[0]));
        if (!records.Exists(IsOurs))
            return new FlowFinding(FlowStepState.Failed, "mx-elsewhere", ("domain", domain), ("host", MailHosts[0]), ("found", found));
        return records.TrueForAll(IsOurs)
            ? new FlowFinding(FlowStepState.Passed, "mx-here", ("domain", domain), ("found", found))
            : new FlowFinding(FlowStepState.Warned, "mx-partly", ("domain", domain), ("host", MailHosts[0]), ("found", found));
    }

    public async Task<FlowFinding> SpfAsync(string domain, CancellationToken cancellationToken)
    {
        if (settings.Onboarding.SpfInclude is not { } include)
            return FlowFinding.Skipped;
        var answer = await dns.QueryAsync(domain, DnsType.Txt, cancellationToken);
        if (answer.IsTemporary)
            return new FlowFinding(FlowStepState.Warned, "dns-silent", ("domain", domain));
        // RFC 7208, 4.5: the version, and then a space or the end.
        var policies = answer.Records.OfType<DnsRecord.Text>().Select(text => text.Value)
            .Where(text => text.Equals(SpfVersion, StringComparison.OrdinalIgnoreCase) || text.StartsWith(SpfVersion + " ", StringComparison.OrdinalIgnoreCase)).ToList();
        return policies switch
        {
            [] => new FlowFinding(FlowStepState.Warned, "spf-none", ("domain", domain), ("include", include)),
            [var policy] when Permits(policy, include) => new FlowFinding(FlowStepState.Passed, "spf-permits", ("domain", domain), ("include", include)),
            [var policy] => new FlowFinding(FlowStepState.Warned, "spf-lacks", ("domain", domain), ("include", include), ("found", policy)),
            _ => new FlowFinding(FlowStepState.Warned, "spf-many", ("domain", domain), ("include", include)),
        };
    }

    private bool IsOurs(DnsRecord.Exchanger mx) => MailHosts.Any(host => DnsName.AreSame(host, mx.Host));

    /// <summary>Named by the record itself (RFC 7208, 5.2, 6.1); what an included one includes is not followed.</summary>
    private static bool Permits(string policy, string include) => policy.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1)
        .Select(term => term.TrimStart('+'))
        .Any(term => Names(term, "include:", include) || Names(term, "redirect=", include));

    private static bool Names(string term, string prefix, string include) => term.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && DnsName.AreSame(term.AsSpan(prefix.Length), include);
}
