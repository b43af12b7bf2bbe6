using System.Net;
using Platform.Api.Edge;

namespace Platform.Api.Tests.Edge;

public sealed class RateLimitKeyTests
{
    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    public void Addresses_of_one_network_share_a_limit(string one, string other, bool shared)
    {
        Assert.Equal(shared, RateLimits.Network(IPAddress.Parse(one)) == RateLimits.Network(IPAddress.Parse(other)));
    }
}
