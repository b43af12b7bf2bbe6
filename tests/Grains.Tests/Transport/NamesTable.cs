using System.Collections.Concurrent;
using System.Net;
using Platform.Engine.Authentication.Dns;

namespace Platform.Grains.Tests.Transport;

/// <summary>DNS that holds what the test wrote, and changes with it.</summary>
internal sealed class NamesTable : IDnsResolver
{
    private readonly ConcurrentDictionary<(string Name, DnsType Type), DnsAnswer> _answers = new();

    /// <summary>What was asked for, <c>name type</c>.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public NamesTable Mx(string domain, string host, bool isProven = false) => Set(domain, DnsType.Mx, isProven, new DnsRecord.Exchanger(10, host));

    public NamesTable Address(string host, IPAddress address, bool isProven = false)
    {
        Set(host, DnsType.Aaaa, isProven);
        return Set(host, DnsType.A, isProven, new DnsRecord.Address(address));
    }

    public NamesTable Text(string name, params IEnumerable<string> texts) => Set(name, DnsType.Txt, false, [.. texts.Select(text => new DnsRecord.Text(text))]);

    public NamesTable Set(string name, DnsType type, bool isProven, params DnsRecord[] records)
    {
        _answers[(name, type)] = new DnsAnswer(records.Length > 0 ? DnsStatus.Found : DnsStatus.NoData, records, TimeSpan.Zero, isProven);
        return this;
    }

    public NamesTable Fail(string name, DnsType type)
    {
        _answers[(name, type)] = new DnsAnswer(DnsStatus.ServerFailure, []);
        return this;
    }

    public ValueTask<DnsAnswer> QueryAsync(string name, DnsType type, CancellationToken cancellationToken)
    {
        Asked.Enqueue($"{name} {type}");
        return ValueTask.FromResult(_answers.GetValueOrDefault((name.ToLowerInvariant(), type), new DnsAnswer(DnsStatus.NoDomain, [])));
    }
}
