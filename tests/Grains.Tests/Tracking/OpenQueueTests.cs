using Microsoft.Extensions.Time.Testing;
using Platform.Engine.Tracking;
using Platform.Grains.Tracking;
using Platform.Storage.Tracking;

namespace Platform.Grains.Tests.Tracking;

public sealed class OpenQueueTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero));
    private readonly OpenQueue _queue;

    public OpenQueueTests() => _queue = new OpenQueue(_time);

    [Fact]
    public void The_same_within_a_minute_is_taken_once()
    {
        var delivery = Guid.NewGuid();

        Assert.Equal([true, false], [_queue.TryAdd(Open(delivery)), _queue.TryAdd(Open(delivery))]);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(_queue.TryAdd(Open(delivery)));
    }

    [Fact]
    public void A_question_by_head_and_the_open_after_it_are_two()
    {
        var delivery = Guid.NewGuid();
        _queue.TryAdd(Open(delivery, isHead: true));

        Assert.True(_queue.TryAdd(Open(delivery)));
    }

    [Fact]
    public void Of_one_delivery_so_many_a_minute_are_taken()
    {
        var delivery = Guid.NewGuid();
        Assert.Equal(OpenQueue.PerDelivery, Enumerable.Range(0, 100).Count(i => _queue.TryAdd(Open(delivery, $"network {i}"))));
    }

    [Fact]
    public void Of_one_network_so_many_a_minute_are_taken() =>
        Assert.Equal(OpenQueue.PerNetwork, Enumerable.Range(0, 4_000).Count(_ => _queue.TryAdd(Open(Guid.NewGuid()))));

    [Fact]
    public void Memory_is_bounded() => Assert.InRange(Enumerable.Range(0, 60_000).Count(i => _queue.TryAdd(Open(Guid.NewGuid(), $"network {i}"))), 1, 5_000);

    private static NewOpen Open(Guid delivery, string network = "network", bool isHead = false) => new(
        delivery, default, OpenTarget.Picture, "", new OpenFacts(new OpenRequest { IsHead = isHead }, NetworkKind.Access, null, null, null), network, "agent", TimeSpan.Zero);
}
