namespace Platform.Dns.Tests;

public sealed class DnsSettingsTests
{
    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1:53")]
    [InlineData("192.0.2.1:5353", "192.0.2.1:5353")]
    [InlineData("2001:db8::1", "[2001:db8::1]:53")]
    [InlineData("[2001:db8::1]:5353", "[2001:db8::1]:5353")]
    public void A_server_is_an_address_with_or_without_a_port(string text, string expected)
    {
        Assert.True(DnsSettings.TryParseServer(text, out var server));
        Assert.Equal(expected, server.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("dns.example.test")]
    [InlineData("192.0.2.1:99999")]
    public void A_name_is_no_server(string text) => Assert.False(DnsSettings.TryParseServer(text, out _));
}
