using Platform.Storage.Events;
using Platform.Storage.Messages;
using Platform.Storage.Scopes;
using Platform.Storage.Tests.Messages;
using Platform.Storage.Tests.Support;
using Platform.Storage.Transactions;

namespace Platform.Storage.Tests.Events;

/// <summary>One feed of an MSP over all its tenants.</summary>
public abstract class MspFeedContract(IStorageBackend backend) : FlowContract(backend)
{
    private IEventFeed Feed => Storage.Get<IEventFeed>();

    [Fact]
    public async Task Events_of_all_tenants_stand_in_one_order_without_gaps()
    {
        var msp = await MspAsync("one");
        var acme = await Storage.AddTenantAsync("acme", Ct, msp);
        var globex = await Storage.AddTenantAsync("globex", Ct, msp);
        await Storage.AddTenantAsync("stranger", Ct);
        for (var i = 0; i < 4; i++)
            await AcceptAsync(i % 2 == 0 ? acme : globex);

        var events = await AllAsync(msp, [acme, globex]);
        Assert.Equal(Enumerable.Range(1, 10).Select(i => (long)i), events.Select(e => e.Sequence));
        Assert.Equal([acme, acme, acme, globex, globex, globex, acme, globex, acme, globex], events.Select(e => e.TenantId));
    }

    [Fact]
    public async Task One_move_of_two_tenants_is_numbered_in_both_feeds_and_in_that_of_their_msp()
    {
        var msp = await MspAsync("one");
        var acme = await Storage.AddTenantAsync("acme", Ct, msp);
        var globex = await Storage.AddTenantAsync("globex", Ct, msp);
        var now = Storage.Time.GetUtcNow();
        await Flow.AcceptAsync([Mails.To(globex, now, "info@globex.test"), Mails.To(acme, now, "info@acme.test")], Ct);

        Assert.Equal([7, 8], (await AllAsync(msp, [acme, globex])).TakeLast(2).Select(e => e.Sequence));
        Assert.Equal(4, (await TenantEventsAsync(acme))[^1].Sequence);
        Assert.Equal(4, (await TenantEventsAsync(globex))[^1].Sequence);
    }

    [Fact]
    public async Task A_tenant_that_moves_leaves_its_events_where_they_stood()
    {
        var before = await MspAsync("before");
        var after = await MspAsync("after");
        var tenant = await Storage.AddTenantAsync("acme", Ct, before);
        await AcceptAsync(tenant);
        await AssignAsync(tenant, after);
        await AcceptAsync(tenant);
        await AssignAsync(tenant, null);
        await AcceptAsync(tenant);

        Assert.Equal([1, 2, 3, 4], (await AllAsync(before, [])).Select(e => e.Sequence));
        Assert.Equal([1], (await AllAsync(after, [tenant])).Select(e => e.Sequence));
        var own = await TenantEventsAsync(tenant);
        Assert.Equal([1, 2, 3, 4, 5, 6], own.Select(e => e.Sequence));
        Assert.Equal(own.Select(e => e.RecordedAt).Order(), own.Select(e => e.RecordedAt));
    }

    [Fact]
    public async Task The_feed_of_another_msp_and_that_of_a_tenant_are_out_of_reach()
    {
        var mine = await MspAsync("mine");
        var other = await MspAsync("other");
        var tenant = await Storage.AddTenantAsync("acme", Ct, mine);
        var scope = Of(mine, [tenant]);

        await Assert.ThrowsAsync<ScopeViolationException>(() => ReadAsync(scope, FeedId.OfMsp(other), null));
        await Assert.ThrowsAsync<ScopeViolationException>(() => ReadAsync(Scope.System(tenant, "test"), FeedId.OfMsp(mine), null));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => ReadAsync(scope with { Permissions = new HashSet<string>() }, FeedId.OfMsp(mine), null));
        var ofTenant = (await ReadAsync(scope, FeedId.OfTenant(tenant), null)).EndCursor;
        var ofMsp = (await ReadAsync(scope, FeedId.OfMsp(mine), null)).EndCursor;
        Assert.Equal("CURSOR_FOREIGN", (await Assert.ThrowsAsync<FeedCursorException>(() => ReadAsync(scope, FeedId.OfMsp(mine), ofTenant))).Code);
        Assert.Equal("CURSOR_FOREIGN", (await Assert.ThrowsAsync<FeedCursorException>(() => ReadAsync(scope, FeedId.OfTenant(tenant), ofMsp))).Code);
    }

    [Fact]
    public async Task Writers_of_many_tenants_at_once_leave_no_gap_and_no_double()
    {
        const int Tenants = 4;
        const int Each = 25;
        var msp = await MspAsync("one");
        var tenants = new List<Guid>();
        for (var i = 0; i < Tenants; i++)
            tenants.Add(await Storage.AddTenantAsync($"t{i}", Ct, msp));
        await using var second = await Storage.OpenAgainAsync(Ct);
        IMessageFlow[] flows = [Flow, second.Get<IMessageFlow>()];
        var writing = Task.WhenAll(Enumerable.Range(0, Tenants * Each).Select(i => Task.Run(
            async () => await flows[i % 2].AcceptAsync(
                [Mails.To(tenants[i % Tenants], Storage.Time.GetUtcNow(), "a@x.test"), Mails.To(tenants[(i + 1) % Tenants], Storage.Time.GetUtcNow(), "a@x.test")], Ct),
            Ct)));

        // A reader in the midst of it never sees a number whose predecessor comes later.
        var seen = new List<long>();
        string? cursor = null;
        for (var done = false; !done;)
        {
            done = writing.IsCompleted;
            var page = await ReadAsync(Of(msp, tenants), FeedId.OfMsp(msp), cursor);
            seen.AddRange(page.Events.Select(e => e.Sequence));
            cursor = page.EndCursor;
        }

        await writing;
        Assert.Equal(Enumerable.Range(1, (Tenants * 3) + (Tenants * Each * 2)).Select(i => (long)i), seen);
    }

    private async Task<Guid> MspAsync(string slug) => (await Storage.Commands.CreateMspAsync(slug, slug, Ct)).Value;

    private Task<int> AssignAsync(Guid tenant, Guid? msp) =>
        Storage.Get<IMoveRunner>().RunAsync((session, ct) => FeedCounters.AssignAsync(session, tenant, msp, ct), Ct);

    private async Task<IReadOnlyList<FeedEvent>> AllAsync(Guid msp, IReadOnlyCollection<Guid> tenants) => (await ReadAsync(Of(msp, tenants), FeedId.OfMsp(msp), null)).Events;

    private async Task<IReadOnlyList<FeedEvent>> TenantEventsAsync(Guid tenant) => (await ReadAsync(Scope.System(tenant, "test"), FeedId.OfTenant(tenant), null)).Events;

    private Task<EventPage> ReadAsync(Scope scope, FeedId feed, string? after) => Feed.ReadAsync(scope, feed, after, 1_000, EventFilter.None, Ct);

    private static Scope Of(Guid msp, IReadOnlyCollection<Guid> tenants) => new(tenants.ToHashSet(), Permissions.All, "test", msp);
}

public sealed class MspFeedOnSqlite() : MspFeedContract(new SqliteBackend());

public sealed class MspFeedOnPostgres(PostgresServer server) : MspFeedContract(new PostgresBackend(server));
