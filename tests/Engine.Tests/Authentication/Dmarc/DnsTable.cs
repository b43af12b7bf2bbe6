using Platform.Engine.Authentication.Dns;

namespace Platform.Engine.Tests.Authentication.Dmarc;

/// <summary>DNS of a test: TXT records by name; a name without any exists; <c>null</c> times out.</summary>
internal sealed class DnsTable : IDnsResolver
{
    private readonly Dictionary<string, string[]?> _names = new(StringComparer.OrdinalIgnoreCase);

    public List<string> Asked { get; } = [];

    public string[]? this[string name]
    {
        set => _names[name] = value;
    }

    public ValueTask<DnsAnswer> QueryAsync(string name, DnsType type, CancellationToken cancellationToken)
    {
        Asked.Add($"{name} {type}");
        if (!_names.TryGetValue(name, out var texts))
            return ValueTask.FromResult(new DnsAnswer(DnsStatus.NoDomain, []));
        if (texts is null)
            return ValueTask.FromResult(new DnsAnswer(DnsStatus.TimedOut, []));
        return ValueTask.FromResult(type == DnsType.Txt && texts.Length > 0
            ? new DnsAnswer(DnsStatus.Found, [.. texts.Select(text => new DnsRecord.Text(text))])
            : new DnsAnswer(DnsStatus.NoData, []));
    }
}
