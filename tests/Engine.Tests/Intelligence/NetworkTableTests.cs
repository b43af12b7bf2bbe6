using System.Net;
using Platform.Engine.Intelligence;

namespace Platform.Engine.Tests.Intelligence;

public sealed class NetworkTableTests
{
    [Theory]
    [InlineData("8.8.8.8", "US")]
    [InlineData("133.11.0.1", "JP")]
    [InlineData("202.12.30.1", "JP")]
    [InlineData("193.0.6.139", "NL")]
    [InlineData("168.126.63.1", "KR")]
    [InlineData("2001:200::1", "JP")]
    [InlineData("2001:4860:4860::8888", "US")]
    [InlineData("::ffff:8.8.8.8", "US")]
    public void The_embedded_data_knows_the_country(string address, string country) =>
        Assert.Equal(country, NetworkTable.Embedded.Find(IPAddress.Parse(address))?.Country);

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("127.0.0.1")]
    [InlineData("169.254.1.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.0.1")]
    [InlineData("192.0.2.7")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("2001:db8::1")]
    [InlineData("fd00::1")]
    [InlineData("fe80::1%3")]
    [InlineData("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    public void An_address_outside_the_public_Internet_has_no_place(string address) =>
        Assert.Null(NetworkTable.Embedded.Find(IPAddress.Parse(address)));

    [Fact]
    public void The_embedded_data_has_its_day() =>
        Assert.Equal(new DateOnly(2026, 6, 17), NetworkTable.Embedded.Day);

    [Fact]
    public void The_embedded_data_gives_two_capital_letters_or_nothing()
    {
        var random = new Random(20260617);
        var countries = Enumerable.Range(0, 50_000)
            .Select(_ => NetworkTable.Embedded.Find(new IPAddress(random.NextInt64(0, uint.MaxValue)))?.Country)
            .OfType<string>()
            .ToHashSet();

        Assert.All(countries, country => Assert.Matches("^[A-Z]{2}$", country));
        Assert.True(countries.Count > 60, $"only {countries.Count} countries in a sample of the whole Internet");
    }

    [Fact]
    public void A_network_stands_beside_the_country()
    {
        var table = NetworkFileBytes.Table(["JP"], [(2500, "WIDE Project")], [(0x85000000, 1), (0x86000000, 0)], [(0x85000000, 1), (0x85010000, 0)]);

        Assert.Equal(new NetworkPlace("JP", 2500, "WIDE Project"), table.Find(IPAddress.Parse("133.0.0.1")));
        Assert.Equal(new NetworkPlace("JP", null, null), table.Find(IPAddress.Parse("133.1.0.0")));
        Assert.Null(table.Find(IPAddress.Parse("134.0.0.0")));
    }
}
