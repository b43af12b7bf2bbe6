using Microsoft.EntityFrameworkCore;
using Platform.Storage.Model;

namespace Platform.Storage.Push;

/// <summary>How far the feeds have come that are in the scope of a context.</summary>
internal static class PushProgress
{
    /// <returns>Number of the newest event by owner, for all at once.</returns>
    public static async Task<IReadOnlyDictionary<Guid, long>> LastAsync(PlatformDb db, Guid[] owners, CancellationToken cancellationToken)
    {
        var last = await db.FeedCounters.Where(counter => owners.Contains(counter.TenantId)).ToDictionaryAsync(counter => counter.TenantId, counter => counter.LastSequence, cancellationToken);
        foreach (var counter in await db.MspFeedCounters.Where(counter => owners.Contains(counter.MspId)).Select(counter => new { counter.MspId, counter.LastSequence }).ToListAsync(cancellationToken))
            last[counter.MspId] = counter.LastSequence;
        return last;
    }
}
