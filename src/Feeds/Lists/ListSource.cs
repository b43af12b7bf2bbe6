using System.Globalization;
using System.Net;
using Platform.Engine.Feeds;
using Platform.Engine.Links;

namespace Platform.Feeds.Lists;

/// <summary>A list that was loaded into memory; a refresh puts a new table in the place of the old one.</summary>
/// <param name="absent">Why it is not asked while nothing was loaded.</param>
internal sealed class ListSource(string name, string absent = "not loaded yet") : IFeedSource
{
    private volatile State _state = new(null, null, null);

    public string Name => name;

    public SourceKind Kind => SourceKind.List;

    /// <summary>It is asked in memory, whencesoever it came.</summary>
    public bool NeedsNetwork => false;

    public int Count => _state.Table?.Count ?? 0;

    public void Put(IndicatorTable table, DateTimeOffset at) => _state = new State(table, at, null);

    /// <summary>It could not be refreshed; what was there stays.</summary>
    public void Fail(string why) => _state = _state with { Failure = why };

    /// <summary>It was asked for and is the same.</summary>
    public void Confirm(DateTimeOffset at) => _state = _state with { At = at, Failure = null };

    public ValueTask<SourceAnswer> AskAsync(FeedQuestions questions, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        var state = _state;
        if (state.Table is not { } table)
            return ValueTask.FromResult(state.Failure is { } why ? new SourceAnswer(SourceOutcome.Failed, why, []) : SourceAnswer.NotAsked(absent));
        var detail = state.Failure is { } failure ? string.Create(CultureInfo.InvariantCulture, $"as of {state.At:yyyy-MM-dd HH:mm}Z, not refreshed since: {failure}") : "";
        return ValueTask.FromResult(SourceAnswer.Of(Find(questions, table), detail));
    }

    private List<FeedHit> Find(FeedQuestions questions, IndicatorTable table)
    {
        List<FeedHit> hits = [];
        if (table.Count == 0)
            return hits;
        foreach (var file in questions.Files)
        {
            var label = table.Find(IndicatorKind.Sha256, file.Sha256) ?? table.Find(IndicatorKind.Sha1, file.Sha1) ?? table.Find(IndicatorKind.Md5, file.Md5);
            Add(HitKind.File, file.Path, file.Sha256, label);
        }

        foreach (var url in questions.Urls)
            Add(HitKind.Url, "", url, FindUrl(table, url));
        foreach (var host in questions.Hosts)
            Add(HitKind.Domain, "", host, IPAddress.TryParse(host.Trim('[', ']'), out var address) ? table.Find(address) : FindDomain(table, host));
        foreach (var sender in questions.Senders)
            Add(HitKind.Sender, "", sender, table.Find(IndicatorKind.Email, sender) ?? FindDomain(table, sender[(sender.LastIndexOf('@') + 1)..]));
        if (IPAddress.TryParse(questions.Origin, out var origin))
            Add(HitKind.Address, "", questions.Origin, table.Find(origin));
        return hits;

        void Add(HitKind kind, string where, string value, string? label)
        {
            if (label is not null)
                hits.Add(new FeedHit(name, kind, where, value, label));
        }
    }

    // What is behind the question mark often names the victim: the URL without it counts too.
    private static string? FindUrl(IndicatorTable table, string url)
    {
        if (table.Find(IndicatorKind.Url, url) is { } label)
            return label;
        var query = url.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? null : table.Find(IndicatorKind.Url, url[..query].TrimEnd('/'));
    }

    // The host, and what stands above it down to the domain that somebody registered, never a public suffix.
    private static string? FindDomain(IndicatorTable table, string host)
    {
        if (table.Find(IndicatorKind.Domain, host) is { } exact)
            return exact;
        var registered = OrganisationalDomain.Embedded.Of(host);
        for (var name = host; registered.Length > 0 && name.Length > registered.Length;)
        {
            name = name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..];
            if (table.Find(IndicatorKind.Domain, name) is { } label)
                return label;
        }

        return null;
    }

    private sealed record State(IndicatorTable? Table, DateTimeOffset? At, string? Failure);
}
