using System.Collections.Concurrent;
using Platform.Engine.Authentication.Dns;

namespace Platform.Grains.Tests.Onboarding;

/// <summary>DNS of the test; a name that it does not know does not exist, a silent one gives no answer.</summary>
internal sealed class ScriptedDns : IDnsResolver
{
    public ConcurrentDictionary<(string Name, DnsType Type), DnsRecord[]> Records { get; } = new();

    public bool IsSilent { get; set; }

    public void Text(string name, params string[] texts) => Records[(name, DnsType.Txt)] = [.. texts.Select(text => new DnsRecord.Text(text))];

    public void Mx(string name, params (int Preference, string Host)[] hosts) => Records[(name, DnsType.Mx)] = [.. hosts.Select(host => new DnsRecord.Exchanger(host.Preference, host.Host))];

    public ValueTask<DnsAnswer> QueryAsync(string name, DnsType type, CancellationToken cancellationToken) => ValueTask.FromResult(
        IsSilent ? new DnsAnswer(DnsStatus.TimedOut, [])
        : Records.TryGetValue((name, type), out var found) ? new DnsAnswer(DnsStatus.Found, found) : new DnsAnswer(DnsStatus.NoDomain, []));
}
