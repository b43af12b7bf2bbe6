using System.Globalization;
using System.Net;
using Platform.Benchmarks.Product;
using Platform.Benchmarks.Runner;
using Platform.Benchmarks.SendGuard.Laboratory;
using Platform.Storage.Messages;
using Platform.Storage.Model;
using Platform.Storage.Transport;

namespace Platform.Benchmarks.SendGuard;

/// <summary>
/// A laboratory of next hops with good and bad TLS, MTA-STS and TLSA, on loopback addresses, with a signed zone and a validating resolver:
/// one mail to each domain. What the hosts saw is held against what must be, and so is what the relay says that it did. Names, addresses
/// and the order follow from the seed.
/// </summary>
internal sealed class TransportBench : IBench
{
    public IReadOnlyList<string> Figures => ["transport"];

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var random = context.RandomFor("transport");
        var situations = Situations.All.ToArray();
        random.Shuffle(situations);
        using var data = new TempFolder("transport");
        using var certificates = new LabCertificates();
        await using var names = new LabNames(data.Sub("dns"));
        var ports = Ports.Free(2);
        List<Domain> domains = [];
        try
        {
            for (var i = 0; i < situations.Length; i++)
                domains.Add(Domain.Build(situations[i], i, random, names, certificates, (ports[0], ports[1])));
            await names.StartAsync(cancellationToken);
            await using var relay = await LabRelay.StartAsync(data.Sub("data"), names.Resolver, ports[0], ports[1], certificates.Root, cancellationToken);
            foreach (var domain in domains)
                if (domain.Situation.Setting is { } setting)
                    await relay.SetAsync(domain.Name, setting, cancellationToken);
            context.Progress.Say($"{domains.Count} domains are there");
            var wrong = await JudgeAsync(relay, domains, cancellationToken);
            return
            [
                new Figure("transport", domains.Count - wrong.Count, $"of {domains.Count} next hops right: delivered or not, in TLS or clear, policy and result told", "all", wrong.Count == 0)
                {
                    Detail = wrong.Count == 0 ? string.Create(CultureInfo.InvariantCulture, $"seed {context.Options.Seed}") : string.Join("; ", wrong),
                },
            ];
        }
        finally
        {
            foreach (var domain in domains)
                await domain.DisposeAsync();
        }
    }

    private static async Task<List<string>> JudgeAsync(LabRelay relay, List<Domain> domains, CancellationToken cancellationToken)
    {
        List<string> wrong = [];
        var changing = domains.Where(domain => domain.Situation.Later is not null).ToList();
        var first = await relay.SendAsync([.. changing.Select(domain => domain.Name)], cancellationToken);
        foreach (var domain in changing)
        {
            if (first[domain.Name].State != DeliveryState.Delivered || !domain.Host.Taken.TryDequeue(out var inTls) || !inTls)
                wrong.Add($"{domain.Situation.Name}: the first mail did not go well ({first[domain.Name].LastStatus})");
            domain.Turn();
        }

        var before = (await relay.SessionsAsync(cancellationToken)).Select(KeyOf).ToHashSet();
        var sent = await relay.SendAsync([.. domains.Select(domain => domain.Name)], cancellationToken);
        var sessions = (await relay.SessionsAsync(cancellationToken)).Where(row => !before.Contains(KeyOf(row))).ToLookup(row => row.Domain);
        var destinations = (await relay.DestinationsAsync(cancellationToken)).ToDictionary(row => row.Domain);
        wrong.AddRange(domains.Select(domain => domain.Fault(sent[domain.Name], [.. sessions[domain.Name]], destinations.GetValueOrDefault(domain.Name))).OfType<string>());
        return wrong;
    }

    private static (string, TransportPolicyKind, Engine.Transport.TlsResult) KeyOf(TransportSessionRow row) => (row.Domain, row.Policy, row.Result);

    /// <summary>One situation as it stands: names in DNS, a mail host, and a policy host where there is one.</summary>
    private sealed record Domain(Situation Situation, string Name, LabMailHost Host, LabPolicyHost? PolicyHost, LabCertificate Then) : IAsyncDisposable
    {
        public static Domain Build(Situation situation, int number, Random random, LabNames names, LabCertificates certificates, (int Mx, int Policy) ports)
        {
            var isSigned = situation.Zone != LabZone.Unsigned;
            var name = string.Create(CultureInfo.InvariantCulture, $"{random.Word()}{number}.{(isSigned ? "test" : "plain.test")}");
            var host = $"{random.Word()}.{name}";
            var (octet, policyOctet) = (random.Next(1, 120), random.Next(130, 250));
            var address = new IPAddress([127, 2, (byte)(number + 1), (byte)octet]);
            var policyAddress = new IPAddress([127, 2, (byte)(number + 1), (byte)policyOctet]);
            var certificate = certificates.For(host, situation.Certificate, situation.ShowsAnchor);
            Publish(situation, names, (name, host, address, policyAddress), situation.Tlsa(certificate, certificates), (isSigned, ports.Mx));
            var policy = situation.Policy is not { } published ? null : new LabPolicyHost(
                new IPEndPoint(policyAddress, ports.Policy),
                certificates.For($"mta-sts.{name}", published.Host == LabPolicyHostKind.BadCertificate ? LabCertificateKind.SelfSigned : LabCertificateKind.Trusted),
                published.Text.Replace("HOST", host, StringComparison.Ordinal).Replace("DOMAIN", name, StringComparison.Ordinal),
                published.Host);
            return new Domain(situation, name, new LabMailHost(new IPEndPoint(address, ports.Mx), situation.Server, certificate), policy, certificates.For(host, situation.Later ?? situation.Certificate));
        }

        /// <summary>What comes after the first mail.</summary>
        public void Turn()
        {
            Host.Certificate = Then;
            PolicyHost!.Kind = LabPolicyHostKind.Down;
        }

        /// <summary>What is not as it must be; null: nothing.</summary>
        public string? Fault(DeliveryRow sent, IReadOnlyList<TransportSessionRow> sessions, TransportDestinationRow? destination)
        {
            var expected = Situation.Expected;
            List<string> faults = [];
            if ((sent.State == DeliveryState.Delivered) != expected.IsDelivered || (!expected.IsDelivered && (sent.State != DeliveryState.Queued || sent.LastStatus is not ['4', ..])))
                faults.Add($"is {sent.State} ({sent.LastStatus})");
            var taken = Host.Taken.ToArray();
            if (!taken.SequenceEqual(expected.IsDelivered ? [expected.InTls] : []))
                faults.Add($"the host took {(taken.Length == 0 ? "nothing" : string.Join(", ", taken.Select(inTls => inTls ? "one under TLS" : "one in the clear")))}");
            if (Host.HeardMailInClear && (expected.InTls || !expected.IsDelivered))
                faults.Add("the host heard of the mail in the clear");
            if (expected.Result is { } result ? sessions is not [{ Sessions: 1 } one] || (one.Policy, one.Source, one.Result) != (expected.Kind, expected.Source, result) : sessions.Count > 0)
                faults.Add($"told {(sessions.Count == 0 ? "nothing" : string.Join(", ", sessions.Select(row => $"{row.Sessions} {row.Policy} {row.Source} {row.Result}")))}");
            if (expected.Result is not null && destination is null)
                faults.Add("the destination is not shown");
            if (destination is not null && (destination.Policy, destination.Source) != (expected.Kind, expected.Source))
                faults.Add($"the destination shows {destination.Policy} {destination.Source}");
            if (expected.IsDelivered && destination?.LastTlsVersion is not null != expected.InTls)
                faults.Add($"the destination shows {destination?.LastTlsVersion ?? "no TLS"}");
            return faults.Count == 0 ? null : $"{Situation.Name}: {string.Join(", ", faults)}; expected {expected}";
        }

        public async ValueTask DisposeAsync()
        {
            await Host.DisposeAsync();
            if (PolicyHost is not null)
                await PolicyHost.DisposeAsync();
        }

        private static void Publish(
            Situation situation, LabNames names, (string Name, string Host, IPAddress Address, IPAddress PolicyAddress) at, IReadOnlyList<string> tlsa, (bool Signed, int Port) zone)
        {
            if (situation.Zone == LabZone.Forged)
            {
                names.Forge(at.Name, $"@ MX 10 {at.Host}.", $"{at.Host}. A {at.Address}");
                return;
            }

            names.Add(zone.Signed, $"{at.Name}. MX 10 {(situation.IsAlias ? "alias." + at.Host : at.Host)}.");
            if (situation.IsAlias)
                names.Add(zone.Signed, $"alias.{at.Host}. CNAME {at.Host}.");
            names.Add(zone.Signed, $"{at.Host}. A {at.Address}");
            var records = tlsa.Select(data => $"_{zone.Port.ToString(CultureInfo.InvariantCulture)}._tcp.{at.Host}. TLSA {data}");
            if (situation.Zone == LabZone.ForgedTlsa)
                names.Forge($"_tcp.{at.Host}", records);
            else if (situation.Zone == LabZone.LameTlsa)
                names.Abandon($"_tcp.{at.Host}");
            else
                foreach (var record in records)
                    names.Add(zone.Signed, record);
            if (situation.Policy is not { } policy)
                return;
            names.Add(zone.Signed, $"mta-sts.{at.Name}. A {at.PolicyAddress}");
            names.Add(zone.Signed, $"_mta-sts.{at.Name}. TXT \"v=STSv1; id=20261128T000000;\"");
            if (policy.HasTwoRecords)
                names.Add(zone.Signed, $"_mta-sts.{at.Name}. TXT \"v=STSv1; id=20261127T000000;\"");
        }
    }
}
