using Platform.Storage.Search;
using Platform.Storage.Transactions;

namespace Platform.Storage.Holds;

/// <summary>
/// Which of some messages the index finds for the holds by words. While the index is behind the events, or a hold was not asked
/// about, the answer is "may match": a hold errs to the side of keeping.
/// </summary>
internal sealed class SearchedHolds
{
    private readonly Dictionary<Guid, IReadOnlySet<Guid>> _matches = [];

    /// <summary>Nothing was asked.</summary>
    public static SearchedHolds None { get; } = new();

    public bool MayMatch(Guid holdId, Guid messageId) => !_matches.TryGetValue(holdId, out var matches) || matches.Contains(messageId);

    public static async Task<SearchedHolds> AskAsync(
        IReadConnections reads, IMessageSearch search, Guid tenantId, IReadOnlyList<Guid> messageIds, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var sql = await reads.OpenAsync(cancellationToken);
        var byWords = (await ActiveHolds.ReadAsync(sql, tenantId, now.ToUnixTimeMilliseconds(), cancellationToken)).FindAll(hold => hold.Search is not null);
        var asked = new SearchedHolds();
        if (byWords.Count == 0)
            return asked;
        var last = await sql.FirstAsync("SELECT last_sequence FROM feed_counters WHERE tenant_id = @tenant", row => row.GetInt64(0), cancellationToken, ("@tenant", tenantId));
        if (await search.PositionAsync(tenantId, cancellationToken) < last)
            return asked;
        foreach (var hold in byWords)
            asked._matches[hold.Id] = await search.MatchAsync(tenantId, hold.Search!, messageIds, cancellationToken);
        return asked;
    }
}
