namespace Platform.Engine.Feeds;

public enum ListAction
{
    Allow,
    Block,
}

/// <summary>What an entry of a tenant's list names.</summary>
public enum ListEntryKind
{
    /// <summary>The mail address of a sender.</summary>
    Address,

    /// <summary>The domain of a sender, and what stands below it.</summary>
    Domain,

    /// <summary>The host of a link, and what stands below it.</summary>
    Host,

    /// <summary>A link, by <see cref="UrlKey"/>.</summary>
    Url,

    /// <summary>MD5, SHA-1 or SHA-256 of a file in lower-case hex.</summary>
    File,
}

/// <summary>One entry of an allow or block list of a tenant or an MSP (DET8).</summary>
/// <param name="Value">In the form that its kind says.</param>
/// <param name="Networks">CIDR ranges from which alone an allowed name is believed; empty: from anywhere.</param>
/// <param name="Expires">From then on it is as if it were not there; null: never.</param>
/// <param name="Owner">Whose list it stands in: <c>tenant</c>, <c>msp</c>.</param>
public sealed record ListEntry(ListAction Action, ListEntryKind Kind, string Value, IReadOnlyList<string> Networks, DateTimeOffset? Expires, string Note, string Owner);

/// <summary>The entries of one tenant, its MSP's among them, ready to be looked up.</summary>
public sealed class ListEntries
{
    private readonly Dictionary<(ListEntryKind Kind, string Value), List<ListEntry>> _entries = [];

    public ListEntries(IEnumerable<ListEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        foreach (var entry in entries)
        {
            if (!_entries.TryGetValue((entry.Kind, entry.Value), out var same))
                _entries[(entry.Kind, entry.Value)] = same = [];
            same.Add(entry);
        }
    }

    /// <summary>The entries that meet these questions by name and are not expired, in a fixed order.</summary>
    public IReadOnlyList<ListEntry> Match(FeedQuestions questions, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(questions);
        List<ListEntry> met = [];
        if (_entries.Count == 0)
            return met;
        foreach (var sender in questions.Senders)
        {
            Add(ListEntryKind.Address, sender);
            foreach (var domain in SelfAndParents(sender[(sender.LastIndexOf('@') + 1)..]))
                Add(ListEntryKind.Domain, domain);
        }

        foreach (var host in questions.Hosts)
            foreach (var name in SelfAndParents(host))
                Add(ListEntryKind.Host, name);
        foreach (var url in questions.Urls)
            Add(ListEntryKind.Url, url);
        foreach (var file in questions.Files)
            foreach (var digest in (ReadOnlySpan<string>)[file.Sha256, file.Sha1, file.Md5])
                Add(ListEntryKind.File, digest);
        return [.. met.Distinct().Take(FeedAnswers.MaxHits)];

        void Add(ListEntryKind kind, string value)
        {
            if (_entries.TryGetValue((kind, value), out var entries))
                met.AddRange(entries.Where(entry => entry.Expires is not { } end || end > now));
        }
    }

    internal static IEnumerable<string> SelfAndParents(string host)
    {
        for (var name = host; name.Length > 0;)
        {
            yield return name;
            var dot = name.IndexOf('.', StringComparison.Ordinal);
            if (dot < 0)
                yield break;
            name = name[(dot + 1)..];
        }
    }
}
