using Orleans.Storage;
using Platform.Cluster.Tests.Support;
using Platform.Grains.Accounts;

namespace Platform.Cluster.Tests.Accounts;

/// <summary>The invariants of an account, attacked over two silos, on each store.</summary>
public sealed class AccountGrainTests(PostgresServer postgres)
{
    public static TheoryData<Store> Stores => new(Store.Sqlite, Store.Postgres);

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Places_are_remembered_latest_last(Store store)
    {
        await using var cluster = await TwoSilos.StartAsync(store, postgres);
        var account = Account(cluster);

        await account.SeenAsync(Place(cluster, 1));
        await account.SeenAsync(Place(cluster, 2));
        await account.SeenAsync(Place(cluster, 1));

        Assert.Equal([Address(2), Address(1)], await AddressesAsync(account));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Places_outlive_the_silo_that_answered(Store store)
    {
        await using var cluster = await TwoSilos.StartAsync(store, postgres);
        var account = Account(cluster);
        await account.SeenAsync(Place(cluster, 1));

        await cluster.StopAsync(await cluster.HolderOfAsync(account.GetGrainId()));

        Assert.Equal([Address(1)], await AddressesAsync(account));
    }

    [Fact]
    public async Task Places_outlive_a_silo_that_was_killed()
    {
        await using var cluster = await TwoSilos.StartAsync(Store.Sqlite, postgres);
        var account = Account(cluster);
        await account.SeenAsync(Place(cluster, 1));

        await cluster.KillAsync(await cluster.HolderOfAsync(account.GetGrainId()));

        Assert.Equal([Address(1)], await AddressesAsync(account));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_second_activation_with_a_stale_number_loses_and_its_retry_adds_to_what_was_written(Store store)
    {
        await using var cluster = await TwoSilos.StartAsync(store, postgres);
        var account = Account(cluster);
        await account.SeenAsync(Place(cluster, 1));
        var (storage, state) = await cluster.BehindAsync<AccountState>("account", account.GetGrainId());
        state.State = state.State!.Seen(new PlaceSeen(Address(2), null, null, cluster.Time.GetUtcNow()));
        await storage.WriteStateAsync("account", account.GetGrainId(), state);

        await Assert.ThrowsAsync<InconsistentStateException>(() => account.SeenAsync(Place(cluster, 3)));
        await account.SeenAsync(Place(cluster, 3));

        Assert.Equal([Address(1), Address(2), Address(3)], await AddressesAsync(account));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_write_behind_the_grain_with_an_old_number_is_refused(Store store)
    {
        await using var cluster = await TwoSilos.StartAsync(store, postgres);
        var account = Account(cluster);
        await account.SeenAsync(Place(cluster, 1));
        var (storage, stale) = await cluster.BehindAsync<AccountState>("account", account.GetGrainId());
        await account.SeenAsync(Place(cluster, 2));

        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync("account", account.GetGrainId(), stale));
        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.ClearStateAsync("account", account.GetGrainId(), stale));

        Assert.Equal([Address(1), Address(2)], await AddressesAsync(account));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Two_first_writers_do_not_both_win(Store store)
    {
        await using var cluster = await TwoSilos.StartAsync(store, postgres);
        var id = Account(cluster).GetGrainId();
        var (storage, first) = await cluster.BehindAsync<AccountState>("account", id);
        var (_, second) = await cluster.BehindAsync<AccountState>("account", id);

        await storage.WriteStateAsync("account", id, first);

        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync("account", id, second));
    }

    private static IAccountGrain Account(TwoSilos cluster) => cluster.Grains.GetGrain<IAccountGrain>(AccountKey.Of(Guid.NewGuid(), "taro@acme.test"));

    private static AccountPlace Place(TwoSilos cluster, int last) => new(Address(last), null, null, cluster.Time.GetUtcNow());

    private static string Address(int last) => $"192.0.2.{last}";

    private static async Task<IEnumerable<string>> AddressesAsync(IAccountGrain account) => (await account.PlacesAsync()).Select(place => place.Address);
}
