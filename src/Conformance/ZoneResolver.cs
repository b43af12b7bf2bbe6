using System.Net;
using System.Text.Json;
using Platform.Engine.Authentication.Dns;

namespace Platform.Conformance;

/// <summary>The DNS of a scenario: its <c>zone</c> member answers every question (shape: README of the suites).</summary>
public sealed class ZoneResolver : IDnsResolver
{
    private const int MaxCnames = 10;

    private readonly Dictionary<string, JsonElement> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="scenario">A scenario; without a zone no name exists.</param>
    public ZoneResolver(JsonElement scenario)
    {
        if (!scenario.TryGetProperty("zone", out var zone))
            return;
        foreach (var name in zone.EnumerateObject())
            _names[name.Name.TrimEnd('.')] = name.Value;
    }

    /// <summary>Questions asked, in order: <c>name TYPE</c>.</summary>
    public List<(string Name, DnsType Type)> Questions { get; } = [];

    public ValueTask<DnsAnswer> QueryAsync(string name, DnsType type, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Questions.Add((name, type));
        return ValueTask.FromResult(Answer(name.TrimEnd('.'), type));
    }

    private DnsAnswer Answer(string name, DnsType type)
    {
        for (var step = 0; step <= MaxCnames; step++)
        {
            if (!_names.TryGetValue(name, out var entry) && !_names.TryGetValue("*", out entry))
                return new DnsAnswer(DnsStatus.NoDomain, []);
            var records = Records(entry, NameOf(type)).Select(Read).ToList();
            if (records.Count > 0)
                return new DnsAnswer(DnsStatus.Found, records);
            if (TimesOut(entry, NameOf(type)))
                return new DnsAnswer(DnsStatus.TimedOut, []);
            if (Records(entry, "CNAME").FirstOrDefault() is not { ValueKind: JsonValueKind.Object } alias || type == DnsType.Cname)
                return new DnsAnswer(DnsStatus.NoData, []);
            name = alias.GetProperty("host").GetString()!.TrimEnd('.');
        }

        return new DnsAnswer(DnsStatus.ServerFailure, []);
    }

    private static IEnumerable<JsonElement> Records(JsonElement entry, string type) =>
        entry.TryGetProperty("records", out var records)
            ? records.EnumerateArray().Where(record => record.GetProperty("type").GetString() == type)
            : [];

    private static bool TimesOut(JsonElement entry, string type) =>
        entry.TryGetProperty("timeout", out var types) && types.EnumerateArray().Any(t => t.GetString() is "*" || t.GetString() == type);

    private static DnsRecord Read(JsonElement record) => record.GetProperty("type").GetString() switch
    {
        "A" or "AAAA" => new DnsRecord.Address(IPAddress.Parse(record.GetProperty("address").GetString()!)),
        "MX" => new DnsRecord.Exchanger(record.GetProperty("preference").GetInt32(), record.GetProperty("host").GetString()!.TrimEnd('.')),
        "TXT" => new DnsRecord.Text(string.Concat(record.GetProperty("strings").EnumerateArray().Select(part => part.GetString()))),
        _ => new DnsRecord.Name(record.GetProperty("host").GetString()!.TrimEnd('.')),
    };

    private static string NameOf(DnsType type) => type == DnsType.Reverse ? "PTR" : type.ToString().ToUpperInvariant();
}
