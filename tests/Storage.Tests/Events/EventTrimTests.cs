using Microsoft.EntityFrameworkCore;
using Platform.Storage.Events;
using Platform.Storage.Scopes;
using Platform.Storage.Tests.Messages;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Events;

/// <summary>Events are kept for a set time, and a cursor behind the oldest is told so.</summary>
public abstract class EventTrimContract(IStorageBackend backend) : FlowContract(backend)
{
    private IEventFeed Feed => Storage.Get<IEventFeed>();

    [Fact]
    public async Task What_is_older_goes_by_whole_days_from_both_feeds_and_the_numbers_go_on()
    {
        var (msp, tenant) = await CustomerAsync();
        await AcceptAsync(tenant);
        Storage.Time.Advance(TimeSpan.FromDays(1));
        await AcceptAsync(tenant);
        Storage.Time.Advance(Storage.Settings.EventRetention);

        Assert.Equal(4, await TrimAsync());
        foreach (var (scope, feed) in Feeds(msp, tenant))
        {
            var page = await Feed.ReadAsync(scope, feed, null, 10, EventFilter.None, Ct);
            Assert.Equal([5], page.Events.Select(e => e.Sequence));
            Assert.Equal(1, Assert.Single(await Feed.CountAsync(scope, feed, DateOnly.FromDateTime(DateTime.UnixEpoch), Day(), Ct)).Count);
        }

        await AcceptAsync(tenant);
        Assert.Equal(6, (await Feed.ReadAsync(Scope.System(tenant, "test"), FeedId.OfTenant(tenant), null, 10, EventFilter.None, Ct)).Events[^1].Sequence);
    }

    [Fact]
    public async Task A_cursor_behind_the_oldest_kept_event_is_an_error_and_one_at_its_edge_is_not()
    {
        var (msp, tenant) = await CustomerAsync();
        var cursors = new Dictionary<FeedId, IReadOnlyList<string>>();
        foreach (var (scope, feed) in Feeds(msp, tenant))
            cursors[feed] = (await Feed.ReadAsync(scope, feed, null, 10, EventFilter.None, Ct)).Cursors;
        Storage.Time.Advance(Storage.Settings.EventRetention + TimeSpan.FromDays(1));
        await AcceptAsync(tenant);
        await TrimAsync();

        foreach (var (scope, feed) in Feeds(msp, tenant))
        {
            var error = await Assert.ThrowsAsync<FeedCursorException>(() => Feed.ReadAsync(scope, feed, cursors[feed][0], 1, EventFilter.None, Ct));
            Assert.Equal("CURSOR_EXPIRED", error.Code);
            Assert.Equal(4, Assert.Single((await Feed.ReadAsync(scope, feed, cursors[feed][2], 1, EventFilter.None, Ct)).Events).Sequence);
        }
    }

    [Fact]
    public async Task What_a_tenant_that_is_gone_left_in_the_feed_of_its_msp_goes_too()
    {
        var (msp, tenant) = await CustomerAsync();
        await using (var db = Storage.Open(Scope.System(tenant, "test")))
            await db.FeedCounters.ExecuteDeleteAsync(Ct);
        Storage.Time.Advance(Storage.Settings.EventRetention + TimeSpan.FromDays(1));

        Assert.Equal(3, await TrimAsync());
        Assert.Empty((await Feed.ReadAsync(new Scope(new HashSet<Guid>(), Permissions.All, "test", msp), FeedId.OfMsp(msp), null, 10, EventFilter.None, Ct)).Events);
    }

    [Fact]
    public async Task What_is_kept_long_enough_stays()
    {
        var (_, tenant) = await CustomerAsync();
        Storage.Time.Advance(Storage.Settings.EventRetention - TimeSpan.FromDays(1));
        Assert.Equal(0, await TrimAsync());
        Assert.Equal(3, (await Feed.ReadAsync(Scope.System(tenant, "test"), FeedId.OfTenant(tenant), null, 10, EventFilter.None, Ct)).Events.Count);
    }

    private async Task<(Guid Msp, Guid Tenant)> CustomerAsync()
    {
        var msp = (await Storage.Commands.CreateMspAsync("msp", "MSP", Ct)).Value;
        return (msp, await Storage.AddTenantAsync("acme", Ct, msp));
    }

    private Task<long> TrimAsync() => Storage.Get<EventTrim>().RunAsync(Ct);

    private DateOnly Day() => DateOnly.FromDateTime(Storage.Time.GetUtcNow().UtcDateTime);

    private static IEnumerable<(Scope Scope, FeedId Feed)> Feeds(Guid msp, Guid tenant) =>
    [
        (Scope.System(tenant, "test"), FeedId.OfTenant(tenant)),
        (new Scope(new HashSet<Guid> { tenant }, Permissions.All, "test", msp), FeedId.OfMsp(msp)),
    ];
}

public sealed class EventTrimOnSqlite() : EventTrimContract(new SqliteBackend());

public sealed class EventTrimOnPostgres(PostgresServer server) : EventTrimContract(new PostgresBackend(server));
