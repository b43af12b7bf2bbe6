using Platform.Engine;
using Platform.Engine.Verdicts;
using Platform.Storage.Events;
using Platform.Storage.Messages;
using Platform.Storage.Scopes;
using Platform.Storage.Tests.Messages;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Events;

/// <summary>Filters, times, counts and waiting.</summary>
public abstract class FeedPagesContract(IStorageBackend backend) : FlowContract(backend)
{
    private IEventFeed Feed => Storage.Get<IEventFeed>();

    [Fact]
    public async Task Each_filter_takes_its_events_and_no_other()
    {
        var tenant = await TenantAsync();
        await DeliveryInAsync(tenant, DeliveryState.Quarantined);
        await AcceptAsync(tenant, "Other@acme.test");

        Assert.Equal([EventKinds.Quarantined], await KindsOfAsync(tenant, new EventFilter { Kinds = [EventKinds.Quarantined, EventKinds.Deleted] }));
        Assert.Equal([EventKinds.Quarantined], await KindsOfAsync(tenant, new EventFilter { Verdicts = [VerdictKind.Phishing] }));
        Assert.Empty(await KindsOfAsync(tenant, new EventFilter { Verdicts = [VerdictKind.Clean] }));
        Assert.Equal(3, (await KindsOfAsync(tenant, new EventFilter { Direction = MailDirection.Inbound })).Length);
        Assert.Empty(await KindsOfAsync(tenant, new EventFilter { Direction = MailDirection.Outbound }));
        Assert.Equal([EventKinds.Received], await KindsOfAsync(tenant, new EventFilter { Mailbox = "oTHER@acme.test" }));
        Assert.Equal([EventKinds.Received], await KindsOfAsync(tenant, new EventFilter { Mailbox = "info@acme.test", Kinds = [EventKinds.Received] }));
    }

    [Fact]
    public async Task A_filtered_page_that_is_full_goes_on_behind_its_last_event()
    {
        var tenant = await TenantAsync();
        for (var i = 0; i < 5; i++)
            await AcceptAsync(tenant);
        var filter = new EventFilter { Kinds = [EventKinds.Received] };
        var first = await ReadAsync(tenant, null, 2, filter);
        var second = await ReadAsync(tenant, first.EndCursor, 10, filter);

        Assert.True(first.HasNextPage);
        Assert.False(second.HasNextPage);
        Assert.Equal([4, 5, 6, 7, 8], first.Events.Concat(second.Events).Select(e => e.Sequence));
        Assert.Equal(first.EndCursor, first.Cursors[^1]);
    }

    [Fact]
    public async Task Since_starts_with_the_first_event_recorded_then_also_when_it_happened_earlier()
    {
        var tenant = await TenantAsync();
        await AcceptAsync(tenant);
        Storage.Time.Advance(TimeSpan.FromHours(1));
        var since = Storage.Time.GetUtcNow();
        var late = Mails.To(tenant, since.AddDays(-1), "info@acme.test");
        await Flow.AcceptAsync([late], Ct);
        Storage.Time.Advance(TimeSpan.FromHours(1));
        await AcceptAsync(tenant);

        var page = await ReadAsync(tenant, null, 10, new EventFilter { Since = since });
        Assert.Equal([5, 6], page.Events.Select(e => e.Sequence));
        Assert.Equal(since.AddDays(-1), page.Events[0].OccurredAt);
        Assert.Empty((await ReadAsync(tenant, null, 10, new EventFilter { Since = Storage.Time.GetUtcNow().AddHours(1) })).Events);
        Assert.Equal(6, (await ReadAsync(tenant, null, 10, new EventFilter { Since = DateTimeOffset.UnixEpoch })).Events.Count);
    }

    [Fact]
    public async Task Recording_times_never_run_backwards_though_a_clock_does()
    {
        var tenant = await TenantAsync();
        await AcceptAsync(tenant);
        Storage.Time.Advance(TimeSpan.FromMinutes(5));
        await AcceptAsync(tenant);
        await using var behind = await Storage.OpenAgainAsync(Ct);
        await behind.Get<IMessageFlow>().AcceptAsync([Mails.To(tenant, behind.Time.GetUtcNow(), "info@acme.test")], Ct);

        var recorded = (await ReadAsync(tenant, null, 10, EventFilter.None)).Events.Select(e => e.RecordedAt).ToList();
        Assert.Equal(recorded.Order(), recorded);
        Assert.Equal(recorded[^2], recorded[^1]);
    }

    [Fact]
    public async Task Who_waits_is_woken_by_the_next_event()
    {
        var tenant = await TenantAsync();
        var end = (await ReadAsync(tenant, null, 10, EventFilter.None)).EndCursor;
        var waiting = Feed.WaitAsync(Scope.System(tenant, "test"), FeedId.OfTenant(tenant), end, TimeSpan.FromSeconds(30), Ct);
        Assert.False(waiting.IsCompleted);
        await AcceptAsync(tenant);
        await waiting.WaitAsync(TimeSpan.FromSeconds(30), Ct);
    }

    [Fact]
    public async Task Who_waits_is_let_go_when_the_time_is_up_and_at_once_where_there_is_an_event()
    {
        var tenant = await TenantAsync();
        var scope = Scope.System(tenant, "test");
        var page = await ReadAsync(tenant, null, 10, EventFilter.None);
        await Feed.WaitAsync(scope, FeedId.OfTenant(tenant), page.Cursors[0], TimeSpan.FromSeconds(30), Ct);
        await Feed.WaitAsync(scope, FeedId.OfTenant(tenant), page.EndCursor, TimeSpan.Zero, Ct);
    }

    private async Task<string[]> KindsOfAsync(Guid tenant, EventFilter filter) => [.. (await ReadAsync(tenant, null, 100, filter)).Events.Select(e => e.Kind)];

    private Task<EventPage> ReadAsync(Guid tenant, string? after, int first, EventFilter filter) =>
        Feed.ReadAsync(Scope.System(tenant, "test"), FeedId.OfTenant(tenant), after, first, filter, Ct);
}

public sealed class FeedPagesOnSqlite() : FeedPagesContract(new SqliteBackend());

public sealed class FeedPagesOnPostgres(PostgresServer server) : FeedPagesContract(new PostgresBackend(server));
