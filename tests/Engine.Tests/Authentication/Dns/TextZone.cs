using Platform.Engine.Authentication.Dns;

namespace Platform.Engine.Tests;

/// <summary>DNS that holds texts and nothing else.</summary>
internal sealed class TextZone(params IReadOnlyList<(string Name, string Text)> texts) : IDnsResolver
{
    private int _asked;

    public int Asked => Volatile.Read(ref _asked);

    public ValueTask<DnsAnswer> QueryAsync(string name, DnsType type, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _asked);
        DnsRecord[] found = type == DnsType.Txt ? [.. texts.Where(text => DnsName.AreSame(text.Name, name)).Select(text => new DnsRecord.Text(text.Text))] : [];
        return ValueTask.FromResult(new DnsAnswer(found.Length > 0 ? DnsStatus.Found : DnsStatus.NoDomain, found));
    }
}
