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
