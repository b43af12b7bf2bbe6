using System.Globalization;
using System.Net;
using Platform.Engine.Authentication.Dns;

namespace Platform.Engine.Tests.Authentication.Spf;

/// <summary>DNS in memory, one line a name: <c>name TYPE data</c>, or <c>name ! status</c> for every question to it.</summary>
internal sealed class SpfDns(params string[] lines) : IDnsResolver
{
    public List<(string Name, DnsType Type)> Questions { get; } = [];

    public ValueTask<DnsAnswer> QueryAsync(string name, DnsType type, CancellationToken cancellationToken)
    {
        Questions.Add((name, type));
        var mine = lines.Select(line => line.Split(' ', 3)).Where(parts => parts[0].Equals(name, StringComparison.OrdinalIgnoreCase)).ToList();
        if (mine.FirstOrDefault(parts => parts[1] == "!") is { } broken)
            return ValueTask.FromResult(new DnsAnswer(Enum.Parse<DnsStatus>(broken[2]), []));
        List<DnsRecord> records = [.. mine.Where(parts => parts[1] == NameOf(type)).Select(parts => Read(type, parts[2]))];
        var status = records.Count > 0 ? DnsStatus.Found : mine.Count > 0 ? DnsStatus.NoData : DnsStatus.NoDomain;
        return ValueTask.FromResult(new DnsAnswer(status, records));
    }

    private static string NameOf(DnsType type) => type == DnsType.Reverse ? "PTR" : type.ToString().ToUpperInvariant();

    private static DnsRecord Read(DnsType type, string data) => type switch
    {
        DnsType.A or DnsType.Aaaa => new DnsRecord.Address(IPAddress.Parse(data)),
        DnsType.Mx => new DnsRecord.Exchanger(int.Parse(data.Split(' ')[0], CultureInfo.InvariantCulture), data.Split(' ')[1]),
        DnsType.Txt => new DnsRecord.Text(data),
        _ => new DnsRecord.Name(data),
    };
}
