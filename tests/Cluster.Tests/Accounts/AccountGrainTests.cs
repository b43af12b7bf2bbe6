using Orleans.Storage;
using Platform.Cluster.Tests.Support;
using Platform.Grains.Accounts;

namespace Platform.Cluster.Tests.Accounts;

/// <summary>The invariants of an account, attacked over two silos, on each store.</summary>
public sealed class AccountGrainTests(PostgresServer postgres)
{
    private static readonly SendLimits s_tenAMinute = new(new SendLimit(10, 1_000), null, null, TimeSpan.FromMinutes(30));

    public static TheoryData<Store> Stores => new(Store.Sqlite, Store.Postgres);

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Many_edges_at_once_let_through_no_more_than_the_limit(Store store)
    {
        await using var cluster = await TwoSilos.StartAsync(store, postgres);
        var key = AccountKey.Of(Guid.NewGuid(), "taro@acme.test");

        var decisions = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => cluster.Grains.GetGrain<IAccountGrain>(key).TakeAsync(new SendRequest(Guid.NewGuid(), 1, s_tenAMinute))));

        Assert.Equal(10, decisions.Count(decision => decision.Outcome == SendOutcome.Allowed));
        Assert.Single(decisions, decision => decision.Outcome == SendOutcome.LimitExceeded);
        Assert.Equal(29, decisions.Count(decision => decision.Outcome == SendOutcome.Blocked));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_block_ends_by_itself_at_its_time_and_not_before(Store store)
    {
        await using var cluster = await TwoSilos.StartAsync(store, postgres);
        var account = cluster.Grains.GetGrain<IAccountGrain>(AccountKey.Of(Guid.NewGuid(), "taro@acme.test"));
        await account.BlockAsync(cluster.Time.GetUtcNow().AddMinutes(30), "stolen");

        cluster.Time.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromTicks(1));
        var before = await account.TakeAsync(new SendRequest(Guid.NewGuid(), 1, SendLimits.None));
        cluster.Time.Advance(TimeSpan.FromTicks(1));
        var after = await account.TakeAsync(new SendRequest(Guid.NewGuid(), 1, SendLimits.None));

        Assert.Equal((SendOutcome.Blocked, "stolen"), (before.Outcome, before.Reason));
        Assert.Equal(SendOutcome.Allowed, after.Outcome);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_block_outlives_the_silo_that_answered(Store store)
    {
        await using var cluster = await TwoSilos.StartAsync(store, postgres);
        var account = cluster.Grains.GetGrain<IAccountGrain>(AccountKey.Of(Guid.NewGuid(), "taro@acme.test"));
        var until = cluster.Time.GetUtcNow().AddHours(1);
        await account.BlockAsync(until, "stolen");

        await cluster.StopAsync(await cluster.HolderOfAsync(account.GetGrainId()));

        Assert.Equal((until, "stolen"), await StatusOf(account));
    }

    [Fact]
    public async Task A_block_outlives_a_silo_that_was_killed()
    {
        await using var cluster = await TwoSilos.StartAsync(Store.Sqlite, postgres);
        var account = cluster.Grains.GetGrain<IAccountGrain>(AccountKey.Of(Guid.NewGuid(), "taro@acme.test"));
        var until = cluster.Time.GetUtcNow().AddHours(1);
        await account.BlockAsync(until, "stolen");

        await cluster.KillAsync(await cluster.HolderOfAsync(account.GetGrainId()));

        Assert.Equal((until, "stolen"), await StatusOf(account));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_second_activation_with_a_stale_number_loses_and_its_retry_counts_on_top(Store store)
    {
        await using var cluster = await TwoSilos.StartAsync(store, postgres);
        var account = cluster.Grains.GetGrain<IAccountGrain>(AccountKey.Of(Guid.NewGuid(), "taro@acme.test"));
        await account.TakeAsync(new SendRequest(Guid.NewGuid(), 1, s_tenAMinute));
        var (storage, state) = await cluster.BehindAsync<AccountState>("account", account.GetGrainId());
        state.State = AccountRules.Take(state.State!, new SendRequest(Guid.NewGuid(), 1, s_tenAMinute), cluster.Time.GetUtcNow()).Next;
        await storage.WriteStateAsync("account", account.GetGrainId(), state);
        var third = new SendRequest(Guid.NewGuid(), 1, s_tenAMinute);

        await Assert.ThrowsAsync<InconsistentStateException>(() => account.TakeAsync(third));
        Assert.Equal(SendOutcome.Allowed, (await account.TakeAsync(third)).Outcome);

        Assert.Equal(3, (await account.StatusAsync()).SentInMinute.Messages);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_write_behind_the_grain_with_an_old_number_is_refused(Store store)
    {
        await using var cluster = await TwoSilos.StartAsync(store, postgres);
        var account = cluster.Grains.GetGrain<IAccountGrain>(AccountKey.Of(Guid.NewGuid(), "taro@acme.test"));
        await account.BlockAsync(cluster.Time.GetUtcNow().AddHours(1), "stolen");
        var (storage, stale) = await cluster.BehindAsync<AccountState>("account", account.GetGrainId());
        await account.BlockAsync(cluster.Time.GetUtcNow().AddHours(2), "stolen again");

        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync("account", account.GetGrainId(), stale));
        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.ClearStateAsync("account", account.GetGrainId(), stale));

        Assert.Equal("stolen again", (await account.StatusAsync()).BlockReason);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Two_first_writers_do_not_both_win(Store store)
    {
        await using var cluster = await TwoSilos.StartAsync(store, postgres);
        var id = cluster.Grains.GetGrain<IAccountGrain>(AccountKey.Of(Guid.NewGuid(), "new@acme.test")).GetGrainId();
        var (storage, first) = await cluster.BehindAsync<AccountState>("account", id);
        var (_, second) = await cluster.BehindAsync<AccountState>("account", id);

        await storage.WriteStateAsync("account", id, first);

        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync("account", id, second));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task The_same_message_counts_once(Store store)
    {
        await using var cluster = await TwoSilos.StartAsync(store, postgres);
        var account = cluster.Grains.GetGrain<IAccountGrain>(AccountKey.Of(Guid.NewGuid(), "taro@acme.test"));
        var request = new SendRequest(Guid.NewGuid(), 3, s_tenAMinute);

        var decisions = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => account.TakeAsync(request)));

        Assert.All(decisions, decision => Assert.Equal(SendOutcome.Allowed, decision.Outcome));
        Assert.Equal(new SendLimit(1, 3), (await account.StatusAsync()).SentInMinute);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Places_are_remembered_latest_last(Store store)
    {
        await using var cluster = await TwoSilos.StartAsync(store, postgres);
        var account = cluster.Grains.GetGrain<IAccountGrain>(AccountKey.Of(Guid.NewGuid(), "taro@acme.test"));
        var now = cluster.Time.GetUtcNow();

        await account.SeenAsync(new AccountPlace("192.0.2.1", "JP", 2500, now));
        await account.SeenAsync(new AccountPlace("192.0.2.2", null, null, now));
        await account.SeenAsync(new AccountPlace("192.0.2.1", "JP", 2500, now.AddMinutes(1)));

        Assert.Equal(["192.0.2.2", "192.0.2.1"], (await account.StatusAsync()).Places.Select(place => place.Address));
    }

    private static async Task<(DateTimeOffset?, string?)> StatusOf(IAccountGrain account)
    {
        var status = await account.StatusAsync();
        return (status.BlockedUntil, status.BlockReason);
    }
}
