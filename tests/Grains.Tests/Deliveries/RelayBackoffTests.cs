using FsCheck;
using FsCheck.Fluent;
using Platform.Grains.Deliveries;

namespace Platform.Grains.Tests.Deliveries;

public sealed class RelayBackoffTests
{
    private static readonly IReadOnlyList<TimeSpan> Steps = new RelaySettings().Backoff;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 5)]
    [InlineData(3, 15)]
    [InlineData(4, 30)]
    [InlineData(5, 60)]
    [InlineData(6, 60)]
    [InlineData(500, 60)]
    public void Waits_grow_and_then_stay_at_an_hour(int attempt, int minutes)
    {
        var wait = RelayBackoff.WaitAfter(attempt, Guid.Empty, Steps);

        Assert.InRange(wait, TimeSpan.FromMinutes(minutes), TimeSpan.FromMinutes(minutes * 1.1));
    }

    [Fact]
    public void Every_wait_is_its_step_and_at_most_a_tenth_more()
    {
        Prop.ForAll<int, Guid>((attempt, delivery) =>
        {
            var step = Steps[Math.Clamp(attempt, 1, Steps.Count) - 1];
            var wait = RelayBackoff.WaitAfter(attempt, delivery, Steps);
            return wait >= step && wait <= step * 1.1;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_same_delivery_and_attempt_wait_the_same()
    {
        Prop.ForAll<int, Guid>((attempt, delivery) =>
            RelayBackoff.WaitAfter(attempt, delivery, Steps) == RelayBackoff.WaitAfter(attempt, delivery, Steps)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_queue_does_not_move_in_step()
    {
        var waits = Enumerable.Range(1, 100).Select(i => RelayBackoff.WaitAfter(1, new Guid(i, 0, 0, new byte[8]), Steps)).Distinct();

        Assert.InRange(waits.Count(), 90, 100);
    }
}
