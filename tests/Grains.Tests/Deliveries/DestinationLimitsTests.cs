using Platform.Grains.Deliveries;

namespace Platform.Grains.Tests.Deliveries;

public sealed class DestinationLimitsTests
{
    [Fact]
    public void A_full_destination_lets_no_more_in()
    {
        var limits = new DestinationLimits(2);
        limits.TryEnter("mail.acme.test:25");
        limits.TryEnter("MAIL.acme.test:25");

        Assert.Null(limits.TryEnter("mail.acme.test:25"));
    }

    [Fact]
    public void Another_destination_is_not_concerned()
    {
        var limits = new DestinationLimits(1);
        limits.TryEnter("mail.acme.test:25");

        Assert.NotNull(limits.TryEnter("mail.globex.test:25"));
    }

    [Fact]
    public void Those_turned_away_come_back_a_few_at_a_time()
    {
        var limits = new DestinationLimits(2);

        Assert.Equal([1, 1.5, 2, 2.5], Enumerable.Range(0, 4).Select(_ => limits.TurnAway("a").TotalSeconds));
    }

    [Fact]
    public void No_wait_for_a_place_is_longer_than_a_minute()
    {
        var limits = new DestinationLimits(1);

        Assert.Equal(60, Enumerable.Range(0, 500).Select(_ => limits.TurnAway("a").TotalSeconds).Max());
    }

    [Fact]
    public void A_place_that_is_free_again_shortens_the_wait()
    {
        var limits = new DestinationLimits(1);
        var place = limits.TryEnter("a")!;
        limits.TurnAway("a");
        place.Dispose();

        Assert.Equal(1, limits.TurnAway("a").TotalSeconds);
    }

    [Fact]
    public void A_place_that_is_left_twice_is_free_once()
    {
        var limits = new DestinationLimits(2);
        var place = limits.TryEnter("a")!;
        limits.TryEnter("a");
        place.Dispose();
        place.Dispose();
        limits.TryEnter("a");

        Assert.Null(limits.TryEnter("a"));
    }
}
