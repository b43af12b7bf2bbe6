using System.Globalization;
using Platform.Engine.Transport;
using Platform.Grains.Bounces;
using Platform.Grains.Deliveries;
using Platform.Grains.Deliveries.Smtp;
using Platform.Grains.Transport.Dane;
using Platform.Grains.Transport.MtaSts;
using Platform.Storage.Transport;

namespace Platform.Grains.Transport.Policies;

/// <summary>
/// Says what must hold at each mail host of a domain outside (OUT14): what the tenant set, else what the domain publishes. DANE goes first
/// and MTA-STS never makes good what DANE refuses (RFC 8461, 2); a host without TLSA records is left to MTA-STS. A host at which the
/// policy itself fails is not used; where none is left the mail waits, and is never sent with less than the policy asks.
/// </summary>
internal sealed class TransportPlanner(ITransportPolicies policies, DaneLookup dane, MtaStsPolicies mtaSts)
{
    /// <summary>Of class 4: the mail waits for a better policy until it is too old.</summary>
    private const string PolicyStatus = "4.7.5";

    /// <summary>Records shown of a host.</summary>
    private const int MaxTold = 20;

    /// <param name="isTlsReport">Mail that no policy on TLS may stop.</param>
    public async Task<TransportPlan> PlanAsync(Guid tenantId, string domain, OutsideHosts.Found found, bool isTlsReport, CancellationToken cancellationToken)
    {
        var name = AsciiOf(domain);
        if (found.AreOperators)
            return Ready(name, [.. found.Hosts.Select(host => host with { Policy = new HopPolicy(KindOf(host.Tls), TransportSource.Operator) })]);
        if (isTlsReport)
            return Ready(name, [.. found.Hosts.Select(host => With(host, new HopPolicy(TransportPolicyKind.May, TransportSource.Standard)))]);
        var setting = await policies.FindAsync(tenantId, name, cancellationToken);
        if (setting.Tls is not (TransportTls.Automatic or TransportTls.MtaSts or TransportTls.Dane))
            return Ready(name, [.. found.Hosts.Select(host => With(host, new HopPolicy(KindOf(setting.Tls), setting.Source)))]);
        return await new Published(this, name, setting).PlanAsync(found.Hosts, cancellationToken);
    }

    private static TransportPlan Ready(string domain, IReadOnlyList<SmtpHost> hosts) => new(domain, hosts, [], null);

    private static SmtpHost With(SmtpHost host, HopPolicy policy) => host with { Tls = policy.Tls, Policy = policy };

    private static string AsciiOf(string domain)
    {
        try
        {
            return new IdnMapping().GetAscii(domain).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            // An address in brackets, or what will be found to be no domain.
            return domain.ToLowerInvariant();
        }
    }

    private static TransportPolicyKind KindOf(TlsPolicy tls) => tls switch
    {
        TlsPolicy.None => TransportPolicyKind.None,
        TlsPolicy.Must => TransportPolicyKind.Must,
        TlsPolicy.Verified => TransportPolicyKind.Verified,
        _ => TransportPolicyKind.May,
    };

    private static TransportPolicyKind KindOf(TransportTls tls) => tls switch
    {
        TransportTls.None => TransportPolicyKind.None,
        TransportTls.Must => TransportPolicyKind.Must,
        TransportTls.Verified => TransportPolicyKind.Verified,
        _ => TransportPolicyKind.May,
    };

    /// <summary>The plan for one message by what the domain publishes.</summary>
    private sealed class Published(TransportPlanner planner, string domain, TransportSetting setting)
    {
        private readonly Dictionary<string, DaneAnswer> _dane = new(StringComparer.OrdinalIgnoreCase);
        private readonly List<SmtpHost> _hosts = [];
        private readonly List<TransportSession> _faults = [];
        private MtaStsAnswer? _mtaSts;

        /// <summary>Who is told to have asked: a tenant that names a method, else the domain.</summary>
        private TransportSource Source => setting.Tls == TransportTls.Automatic ? TransportSource.Published : setting.Source;

        public async Task<TransportPlan> PlanAsync(IReadOnlyList<SmtpHost> hosts, CancellationToken cancellationToken)
        {
            foreach (var host in hosts)
            {
                if (setting.Tls != TransportTls.MtaSts && await ByDaneAsync(host, cancellationToken))
                    continue;
                if (setting.Tls == TransportTls.Dane)
                    Refuse(host, TransportPolicyKind.Dane, new TlsFault(TlsResult.DaneRequired, $"DANE is required and {host.Name} has no TLSA records that DNSSEC proves"));
                else
                    await ByMtaStsAsync(host, cancellationToken);
            }

            return new TransportPlan(domain, _hosts, _faults, _hosts.Count > 0 ? null : new DeliveryFailure(PolicyStatus, Sentence()));
        }

        /// <returns>False: DANE says nothing of the host.</returns>
        private async Task<bool> ByDaneAsync(SmtpHost host, CancellationToken cancellationToken)
        {
            if (!host.IsProven)
                return false;
            if (!_dane.TryGetValue(host.Name, out var answer))
                _dane[host.Name] = answer = await planner.FindAsync(host.Name, cancellationToken);
            switch (answer)
            {
                case DaneAnswer.Broken broken:
                    Refuse(host, TransportPolicyKind.Dane, new TlsFault(TlsResult.DnssecInvalid, broken.Reason));
                    return true;
                case DaneAnswer.Found found:
                    ByRecords(host, found);
                    return true;
                default:
                    return false;
            }
        }

        private void ByRecords(SmtpHost host, DaneAnswer.Found found)
        {
            var usable = TlsaRecord.Strongest(found.Records);
            var text = string.Join('\n', found.Records.Take(MaxTold).Select(record => string.Create(
                CultureInfo.InvariantCulture, $"{(int)record.Usage} {record.Selector} {record.MatchingType} {Convert.ToHexString(record.Data.Span[..Math.Min(record.Data.Length, 64)])}")));
            var unusable = new TlsFault(TlsResult.TlsaInvalid, $"{host.Name} has TLSA records, but none that can be used");
            if (usable.Count > 0)
                _hosts.Add(With(host, new HopPolicy(TransportPolicyKind.Dane, Source) { Tlsa = usable, Names = [found.Name, host.Name, domain], ServerName = found.Name, Text = text }));
            else if (setting.Tls == TransportTls.Dane)
                Refuse(host, TransportPolicyKind.Dane, unusable, text);
            else
                // Not authenticated, and never in the clear (RFC 7672, 2.2).
                _hosts.Add(With(host, new HopPolicy(TransportPolicyKind.DaneUnusable, Source) { Fault = unusable, Text = text }));
        }

        private async Task ByMtaStsAsync(SmtpHost host, CancellationToken cancellationToken)
        {
            var answer = _mtaSts ??= domain.StartsWith('[') ? new MtaStsAnswer(null) : await planner.MtaStsOf(domain, cancellationToken);
            var policy = answer.Policy is { Mode: not MtaStsMode.None } some ? some : null;
            var isBinding = policy is not null && (policy.Mode == MtaStsMode.Enforce || setting.Tls == TransportTls.MtaSts);
            var mismatch = policy is not null && !policy.Names(host.Name) ? new TlsFault(TlsResult.ValidationFailure, $"the MTA-STS policy of {domain} does not name {host.Name}") : null;
            if (policy is null && setting.Tls == TransportTls.MtaSts)
                Refuse(host, TransportPolicyKind.MtaSts, answer.Fault ?? new TlsFault(TlsResult.StsPolicyFetchError, $"MTA-STS is required and {domain} has no policy"), answer.Text);
            else if (policy is null)
                _hosts.Add(With(host, new HopPolicy(TransportPolicyKind.May, TransportSource.Standard) { Fault = answer.Fault }));
            else if (isBinding && mismatch is not null)
                Refuse(host, TransportPolicyKind.MtaSts, mismatch, answer.Text);
            else
                _hosts.Add(With(host, new HopPolicy(isBinding ? TransportPolicyKind.MtaSts : TransportPolicyKind.MtaStsTesting, Source) { Fault = mismatch ?? answer.Fault, Text = answer.Text }));
        }

        private void Refuse(SmtpHost host, TransportPolicyKind kind, TlsFault fault, string text = "") => _faults.Add(
            new TransportSession(domain, kind, Source, host.Name, host.Address.Address.ToString(), fault.Result, IsDelivered: false) { Reason = fault.Reason, PolicyText = text });

        private string Sentence() => _faults is [.., { Reason: { } reason }] ? $"No mail host may be used: {reason}." : "No mail host may be used.";
    }

    private Task<DaneAnswer> FindAsync(string host, CancellationToken cancellationToken) => dane.FindAsync(host, cancellationToken);

    private Task<MtaStsAnswer> MtaStsOf(string domain, CancellationToken cancellationToken) => mtaSts.FindAsync(domain, cancellationToken);
}
