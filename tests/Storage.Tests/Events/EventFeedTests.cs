using Platform.Storage.Events;
using Platform.Storage.Scopes;
using Platform.Storage.Tests.Messages;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Events;

public abstract class EventFeedContract(IStorageBackend backend) : FlowContract(backend)
{
    private IEventFeed Feed => Storage.Get<IEventFeed>();

    [Fact]
    public async Task Pages_give_every_event_once_in_order()
    {
        var tenant = await TenantAsync();
        for (var i = 0; i < 10; i++)
            await AcceptAsync(tenant);
        var read = new List<long>();
        string? cursor = null;
        EventPage page;
        do
        {
            page = await Feed.ReadAsync(Scope.System(tenant, "test"), FeedId.OfTenant(tenant), cursor, 3, EventFilter.None, Ct);
            read.AddRange(page.Events.Select(e => e.Sequence));
            cursor = page.EndCursor;
        }
        while (page.HasNextPage);
        Assert.Equal(Enumerable.Range(1, 13).Select(i => (long)i), read);
    }

    [Fact]
    public async Task A_cursor_of_an_empty_page_goes_on_when_events_come()
    {
        var tenant = await TenantAsync();
        var scope = Scope.System(tenant, "test");
        var all = await Feed.ReadAsync(scope, FeedId.OfTenant(tenant), null, 100, EventFilter.None, Ct);
        var empty = await Feed.ReadAsync(scope, FeedId.OfTenant(tenant), all.EndCursor, 100, EventFilter.None, Ct);
        Assert.Empty(empty.Events);
        var message = await AcceptAsync(tenant);
        var next = await Feed.ReadAsync(scope, FeedId.OfTenant(tenant), empty.EndCursor, 100, EventFilter.None, Ct);
        Assert.Equal(message.Id, Assert.Single(next.Events).MessageId);
    }

    [Fact]
    public async Task Each_event_has_a_cursor_to_go_on_from()
    {
        var tenant = await TenantAsync();
        var scope = Scope.System(tenant, "test");
        var all = await Feed.ReadAsync(scope, FeedId.OfTenant(tenant), null, 100, EventFilter.None, Ct);
        var rest = await Feed.ReadAsync(scope, FeedId.OfTenant(tenant), all.Cursors[0], 100, EventFilter.None, Ct);
        Assert.Equal([2, 3], rest.Events.Select(e => e.Sequence));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("a b")]
    public async Task A_malformed_cursor_is_an_error(string cursor)
    {
        var tenant = await TenantAsync();
        Assert.Equal("CURSOR_INVALID", (await Assert.ThrowsAsync<FeedCursorException>(() => Feed.ReadAsync(Scope.System(tenant, "test"), FeedId.OfTenant(tenant), cursor, 10, EventFilter.None, Ct))).Code);
    }

    [Fact]
    public async Task A_changed_cursor_is_an_error()
    {
        var tenant = await TenantAsync();
        var scope = Scope.System(tenant, "test");
        var cursor = (await Feed.ReadAsync(scope, FeedId.OfTenant(tenant), null, 1, EventFilter.None, Ct)).EndCursor;
        for (var i = 0; i < cursor.Length - 1; i++)
        {
            var changed = cursor[..i] + (cursor[i] == 'A' ? 'B' : 'A') + cursor[(i + 1)..];
            var error = await Assert.ThrowsAsync<FeedCursorException>(() => Feed.ReadAsync(scope, FeedId.OfTenant(tenant), changed, 1, EventFilter.None, Ct));
            Assert.Equal("CURSOR_INVALID", error.Code);
        }
    }

    [Fact]
    public async Task A_cursor_of_another_tenant_is_an_error()
    {
        var tenant = await TenantAsync();
        var other = await Storage.AddTenantAsync("globex", Ct);
        var cursor = (await Feed.ReadAsync(Scope.System(other, "test"), FeedId.OfTenant(other), null, 1, EventFilter.None, Ct)).EndCursor;
        Assert.Equal("CURSOR_FOREIGN", (await Assert.ThrowsAsync<FeedCursorException>(() => Feed.ReadAsync(Scope.System(tenant, "test"), FeedId.OfTenant(tenant), cursor, 1, EventFilter.None, Ct))).Code);
    }

    [Fact]
    public async Task A_cursor_from_the_future_of_a_restored_back_up_is_an_error()
    {
        var tenant = await TenantAsync();
        var cursor = Storage.Get<FeedCursors>().Write(tenant, 99);
        Assert.Equal("CURSOR_INVALID", (await Assert.ThrowsAsync<FeedCursorException>(() => Feed.ReadAsync(Scope.System(tenant, "test"), FeedId.OfTenant(tenant), cursor, 1, EventFilter.None, Ct))).Code);
    }

    [Fact]
    public async Task A_feed_out_of_scope_or_without_permission_is_refused()
    {
        var tenant = await TenantAsync();
        await Assert.ThrowsAsync<ScopeViolationException>(() => Feed.ReadAsync(Scope.System(Guid.NewGuid(), "test"), FeedId.OfTenant(tenant), null, 1, EventFilter.None, Ct));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => Feed.ReadAsync(new Scope(new HashSet<Guid> { tenant }, new HashSet<string>(), "x"), FeedId.OfTenant(tenant), null, 1, EventFilter.None, Ct));
    }

    [Fact]
    public async Task Counts_are_by_day_of_recording_and_kind()
    {
        var tenant = await TenantAsync();
        await AcceptAsync(tenant);
        Storage.Time.Advance(TimeSpan.FromDays(1));
        await AcceptAsync(tenant);
        await AcceptAsync(tenant);
        var day = DateOnly.FromDateTime(Storage.Time.GetUtcNow().UtcDateTime);
        var counts = await Feed.CountAsync(Scope.System(tenant, "test"), FeedId.OfTenant(tenant), day.AddDays(-1), day, Ct);
        Assert.Equal(
            [new EventCount(day.AddDays(-1), EventKinds.Received, 1), new(day.AddDays(-1), EventKinds.DirectoryChanged, 3), new(day, EventKinds.Received, 2)],
            counts.OrderBy(c => c.Day).ThenBy(c => c.Count));
        Assert.Equal(2, Assert.Single(await Feed.CountAsync(Scope.System(tenant, "test"), FeedId.OfTenant(tenant), day, day, Ct)).Count);
    }
}

public sealed class EventFeedOnSqlite() : EventFeedContract(new SqliteBackend());

public sealed class EventFeedOnPostgres(PostgresServer server) : EventFeedContract(new PostgresBackend(server));
