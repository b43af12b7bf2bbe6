using System.Collections.Concurrent;
using Platform.Engine.Authentication.Dns;

namespace Platform.Api.Tests.Hosting;

/// <summary>DNS that knows the TXT records of the test.</summary>
internal sealed class ScriptedDns : IDnsResolver
{
    public ConcurrentDictionary<string, string> Texts { get; } = new(StringComparer.OrdinalIgnoreCase);

    public ValueTask<DnsAnswer> QueryAsync(string name, DnsType type, CancellationToken cancellationToken) => ValueTask.FromResult(
        type == DnsType.Txt && Texts.TryGetValue(name, out var text) ? new DnsAnswer(DnsStatus.Found, [new DnsRecord.Text(text)]) : new DnsAnswer(DnsStatus.NoDomain, []));
}
