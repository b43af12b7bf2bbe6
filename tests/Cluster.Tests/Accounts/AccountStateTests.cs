using Platform.Grains.Accounts;

namespace Platform.Cluster.Tests.Accounts;

public sealed class AccountStateTests
{
    [Fact]
    public void What_is_remembered_stays_bounded()
    {
        var state = Enumerable.Range(0, 1_000).Aggregate(new AccountState(), (state, i) => state.Seen(new PlaceSeen($"192.0.2.{i}", null, null, DateTimeOffset.UnixEpoch)));

        Assert.Equal(AccountState.RememberedPlaces, state.Places.Count);
    }

    [Fact]
    public void Accounts_of_two_tenants_have_two_keys() =>
        Assert.NotEqual(AccountKey.Of(Guid.NewGuid(), "a@acme.test"), AccountKey.Of(Guid.NewGuid(), "a@acme.test"));
}
