using System.ComponentModel;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Events;
using Platform.Api.GraphQL.Imports;
using Platform.Api.GraphQL.Schema;
using Platform.Grains.Imports;
using Platform.Storage.Events;
using Platform.Storage.Model;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Subscriptions;

/// <summary>What can be followed. Everything comes from rows that are committed, so it does not matter which process wrote them.</summary>
internal sealed class SubscriptionFields(FeedFollower follower, IPlatformDbFactory databases, LiveScope live, SubscriptionFlow flow, CallerContext caller, TimeProvider time)
{
    private static readonly TimeSpan ImportLook = TimeSpan.FromMilliseconds(500);

    [Requires(Permissions.EventsRead)]
    [Description("Every event of a tenant as it is stored, in commit order. Come back with the cursor of the last one: between pull and push nothing is lost or doubled.")]
    public async IAsyncEnumerable<RecordedEventNode> EventRecorded(
        [Description("Begin behind this cursor of the feed; without it, behind what is there now.")] string? after,
        [Description("Which events.")] EventFilterInput? filter,
        [Id][Description("Which tenant's feed; without it as for events.")] string? tenant,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (scope, feed) = caller.Current.ForFeed(tenant);
        await foreach (var page in FollowAsync(scope, feed, after, filter?.Read() ?? EventFilter.None, cancellationToken))
        {
            for (var i = 0; i < page.Events.Count; i++)
            {
                await NextAsync(cancellationToken);
                yield return new RecordedEventNode(page.Events[i], page.Cursors[i]);
            }
        }
    }

    [Requires(Permissions.MessagesRead)]
    [Description("Deliveries as they move: quarantined, released, delivered and so on.")]
    public async IAsyncEnumerable<ChangedDeliveryNode> DeliveryChanged(
        [Description("Which deliveries, by how they stand after the move.")] DeliveryChangedFilter? filter,
        [Description("Begin behind this cursor; without it, behind what is there now.")] string? after,
        [Id][Description("Which tenant; without it as for events.")] string? tenant,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (scope, feed) = caller.Current.ForFeed(tenant);
        // The feed is read to learn what moved; whether the caller may see the delivery is asked of its own scope.
        var reading = scope with { Permissions = scope.Permissions.Append(Permissions.EventsRead).ToHashSet(StringComparer.Ordinal) };
        await foreach (var page in FollowAsync(reading, feed, after, EventFilter.None, cancellationToken))
        {
            var visible = await VisibleAsync(page, cancellationToken);
            for (var i = 0; i < page.Events.Count; i++)
            {
                if (page.Events[i].DeliveryId is not { } id || !visible.TryGetValue(id, out var row) || filter?.Takes(row) == false)
                    continue;
                await NextAsync(cancellationToken);
                yield return new ChangedDeliveryNode(row, page.Events[i], page.Cursors[i]);
            }
        }
    }

    [Requires(Permissions.Scan)]
    [Description("An import job at each step, from where it is now to its end. Of an unknown one nothing.")]
    public async IAsyncEnumerable<ImportNode> ImportProgress([Id][Description("Id of the job.")] string id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (GlobalId.Find(id, NodeKind.Import) is not { } key)
            yield break;
        for (DateTimeOffset? seen = null; ;)
        {
            var scope = (await live.RequireAsync(cancellationToken)).Scope;
            if (await FindImportAsync(scope, key, cancellationToken) is not { } row)
                yield break;
            if (row.ChangedAt != seen)
            {
                seen = row.ChangedAt;
                await flow.TakeRoomAsync(cancellationToken);
                yield return new ImportNode(row);
            }

            if (row.State is ImportStates.Done or ImportStates.Failed)
                yield break;
            await Task.Delay(ImportLook, time, cancellationToken);
        }
    }

    private IAsyncEnumerable<EventPage> FollowAsync(Scope scope, FeedId feed, string? after, EventFilter filter, CancellationToken cancellationToken) =>
        follower.FollowAsync(scope, feed, after, filter, token => live.RequireAsync(token), cancellationToken);

    private async Task NextAsync(CancellationToken cancellationToken)
    {
        await flow.TakeRoomAsync(cancellationToken);
        await live.RequireAsync(cancellationToken);
    }

    private async Task<Dictionary<Guid, DeliveryRow>> VisibleAsync(EventPage page, CancellationToken cancellationToken)
    {
        var ids = page.Events.Select(feedEvent => feedEvent.DeliveryId).OfType<Guid>().Distinct().ToList();
        await using var db = databases.Open(caller.Current.Scope);
        return await db.Deliveries.AsNoTracking().Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, cancellationToken);
    }

    private async Task<ImportRow?> FindImportAsync(Scope scope, Guid id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(scope);
        return await db.Imports.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
    }
}
