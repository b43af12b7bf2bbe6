using System.Collections.Frozen;

namespace Platform.Engine.Links;

/// <summary>What a host is that leads on to another address.</summary>
internal enum RedirectorKind
{
    /// <summary>Wraps the links of mail that it lets through.</summary>
    Filter,

    /// <summary>Counts clicks for senders of mail.</summary>
    Counter,

    /// <summary>Passes anybody on, under its own good name.</summary>
    Redirector,
}

/// <param name="PathStart">Beginning of the path, compared without regard to case.</param>
/// <param name="Places">Where the address stands: a parameter, <c>*path</c>, <c>*query</c> or a decoder (<c>@name</c>).</param>
internal sealed record Redirector(string PathStart, IReadOnlyList<string> Places, RedirectorKind Kind);

/// <summary>The embedded list of hosts that lead on.</summary>
internal sealed class Redirectors
{
    private static readonly Lazy<Redirectors> FromResource = new(() => new Redirectors(EmbeddedText.Lines("Links/redirectors.txt")));

    private readonly FrozenDictionary<string, Redirector[]> _exact;
    private readonly FrozenDictionary<string, Redirector[]> _below;
    private readonly FrozenDictionary<string, Redirector[]> _anySuffix;

    /// <exception cref="FormatException">A line has not four fields.</exception>
    public Redirectors(IEnumerable<string> lines)
    {
        var entries = lines.Select(Parse).ToList();
        _exact = Group(entries.Where(entry => entry.Host[0] != '.' && !entry.Host.EndsWith(".*", StringComparison.Ordinal)));
        _below = Group(entries.Where(entry => entry.Host[0] == '.').Select(entry => (entry.Host[1..], entry.Entry)));
        _anySuffix = Group(entries.Where(entry => entry.Host.EndsWith(".*", StringComparison.Ordinal)).Select(entry => (entry.Host[..^2], entry.Entry)));
    }

    public static Redirectors Embedded => FromResource.Value;

    /// <summary>The entries for a host (lower case, A-labels) whose path begins as theirs do.</summary>
    public IEnumerable<Redirector> For(string host, string path)
    {
        foreach (var entry in Of(host))
            if (path.StartsWith(entry.PathStart, StringComparison.OrdinalIgnoreCase))
                yield return entry;
    }

    /// <summary>Whether the host passes on whom it is given, under its own good name.</summary>
    public bool IsListed(string host) => Of(host).Any(entry => entry.Kind == RedirectorKind.Redirector);

    private IEnumerable<Redirector> Of(string host)
    {
        if (_exact.TryGetValue(host, out var exact))
            foreach (var entry in exact)
                yield return entry;
        for (var dot = host.IndexOf('.'); dot >= 0; dot = host.IndexOf('.', dot + 1))
        {
            if (_below.TryGetValue(host[(dot + 1)..], out var below))
                foreach (var entry in below)
                    yield return entry;
            // google.co.jp: what follows the name is a suffix of one or two short labels.
            if (host.Length - dot <= ".com.xx".Length && _anySuffix.TryGetValue(host[..dot], out var any))
                foreach (var entry in any)
                    yield return entry;
        }
    }

    private static (string Host, Redirector Entry) Parse(string line)
    {
        var fields = line.Split('|', StringSplitOptions.TrimEntries);
        return fields.Length == 4 && Enum.TryParse<RedirectorKind>(fields[3], ignoreCase: true, out var kind)
            ? (fields[0], new Redirector(fields[1], fields[2].Split(' ', StringSplitOptions.RemoveEmptyEntries), kind))
            : throw new FormatException($"'{line}' names no redirector.");
    }

    private static FrozenDictionary<string, Redirector[]> Group(IEnumerable<(string Host, Redirector Entry)> entries) =>
        entries.GroupBy(entry => entry.Host, StringComparer.Ordinal).ToFrozenDictionary(group => group.Key, group => group.Select(entry => entry.Entry).ToArray(), StringComparer.Ordinal);
}
