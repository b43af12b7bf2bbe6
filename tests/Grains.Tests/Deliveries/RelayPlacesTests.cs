using Platform.Grains.Deliveries;
using Platform.Storage.Bodies;
using Platform.Storage.Messages;

namespace Platform.Grains.Tests.Deliveries;

public sealed class RelayPlacesTests
{
    private static readonly Guid s_slow = Guid.NewGuid();
    private static readonly Guid s_other = Guid.NewGuid();

    [Fact]
    public void One_tenant_gets_half_and_another_finds_room()
    {
        var places = new RelayPlaces(new RelaySettings { Concurrency = 4 });
        var mine = Enumerable.Range(0, 3).Select(i => places.TryEnter(Lease(s_slow), Outside($"d{i}.test"), out _) is not null);

        Assert.Equal([true, true, false], mine);
        Assert.NotNull(places.TryEnter(Lease(s_other), Outside("d0.test"), out _));
    }

    [Fact]
    public void Slow_hosts_outside_hold_up_nothing_that_goes_by_a_tenants_own_route()
    {
        var places = new RelayPlaces(new RelaySettings { Concurrency = 2 });
        places.TryEnter(Lease(s_slow), Outside("a.test"), out _);
        places.TryEnter(Lease(s_other), Outside("b.test"), out _);

        Assert.Null(places.TryEnter(Lease(Guid.NewGuid()), Outside("c.test"), out _));
        Assert.NotNull(places.TryEnter(Lease(s_slow), new RelayRoute.ToMaildir("/mail"), out _));
    }

    [Fact]
    public void Who_finds_no_room_at_one_place_takes_none_at_the_others()
    {
        var places = new RelayPlaces(new RelaySettings { Concurrency = 4, PerDestination = 1 });
        places.TryEnter(Lease(s_slow), Outside("a.test"), out _);
        Assert.Null(places.TryEnter(Lease(s_slow), Outside("a.test"), out var wait));

        Assert.NotNull(places.TryEnter(Lease(s_slow), Outside("b.test"), out _));
        Assert.Equal(TimeSpan.FromSeconds(1), wait);
    }

    [Fact]
    public void What_is_left_is_free_again()
    {
        var places = new RelayPlaces(new RelaySettings { Concurrency = 1 });
        places.TryEnter(Lease(s_slow), Outside("a.test"), out _)!.Dispose();

        Assert.NotNull(places.TryEnter(Lease(s_slow), Outside("a.test"), out _));
    }

    [Fact]
    public void What_has_no_way_needs_no_room()
    {
        var places = new RelayPlaces(new RelaySettings { Concurrency = 1 });

        for (var i = 0; i < 3; i++)
            Assert.NotNull(places.TryEnter(Lease(s_slow), new RelayRoute.None(new DeliveryFailure("4.3.5", "none")), out _));
    }

    private static RelayRoute.ToOutside Outside(string domain) => new(domain);

    private static RelayLease Lease(Guid tenant) => new(
        Guid.NewGuid(), Guid.NewGuid(), tenant, Guid.NewGuid(), 1, DeliveryState.Queued, "a@acme.test", "b@partner.test", null, null, "", null, SmtpParameters.None, new BodyReference("x", []), DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);
}
