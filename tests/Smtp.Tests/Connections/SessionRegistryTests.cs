using System.Net;
using Microsoft.Extensions.Time.Testing;
using Platform.Smtp.Connections;

namespace Platform.Smtp.Tests.Connections;

public sealed class SessionRegistryTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void It_admits_so_many_sessions()
    {
        using var registry = new SessionRegistry(_time, max: 1, maxPerAddress: 10);
        var first = new Session();

        Assert.True(registry.TryEnter(first));
        Assert.False(registry.TryEnter(new Session()));
        registry.Leave(first);
        Assert.True(registry.TryEnter(new Session()));
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", false)]
    [InlineData("192.0.2.1", "192.0.2.2", true)]
    [InlineData("2001:db8::1", "2001:db8::ffff:1", false)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", true)]
    public void It_counts_by_client(string first, string second, bool admitted)
    {
        using var registry = new SessionRegistry(_time, max: 10, maxPerAddress: 1);

        registry.TryClaim(IPAddress.Parse(first));

        Assert.Equal(admitted, registry.TryClaim(IPAddress.Parse(second)));
    }

    [Fact]
    public void A_share_given_back_can_be_had_again()
    {
        using var registry = new SessionRegistry(_time, max: 10, maxPerAddress: 1);
        registry.TryClaim(IPAddress.Loopback);

        registry.Release(IPAddress.Loopback);

        Assert.True(registry.TryClaim(IPAddress.Loopback));
    }

    [Fact]
    public void It_expires_those_whose_deadline_passed()
    {
        using var registry = new SessionRegistry(_time, max: 10, maxPerAddress: 10);
        var soon = new Session { Deadline = _time.GetTimestamp() + _time.TimestampFrequency * 2 };
        var late = new Session { Deadline = _time.GetTimestamp() + _time.TimestampFrequency * 60 };
        registry.TryEnter(soon);
        registry.TryEnter(late);

        _time.Advance(TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(1));
        var before = soon.Expired;
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal((0, 1, 0), (before, soon.Expired, late.Expired));
    }

    private sealed class Session : IDeadline
    {
        public long Deadline { get; init; } = long.MaxValue;

        public int Expired { get; private set; }

        public void Expire() => Expired++;
    }
}
