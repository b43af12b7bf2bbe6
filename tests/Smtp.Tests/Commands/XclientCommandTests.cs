using System.Net;
using System.Text;
using Platform.Smtp.Commands;

namespace Platform.Smtp.Tests.Commands;

public sealed class XclientCommandTests
{
    private static readonly SmtpPeer Relay = new()
    {
        SessionId = "1",
        RemoteAddress = IPAddress.Parse("10.0.0.1"),
        ConnectionAddress = IPAddress.Parse("10.0.0.1"),
        RemotePort = 1000,
        Helo = "relay.test",
        IsExtended = true,
    };

    [Fact]
    public void All_attributes_are_applied()
    {
        var peer = Apply("NAME=client.test ADDR=192.0.2.25 PORT=2525 PROTO=ESMTP HELO=he.test LOGIN=user+40x.test DESTADDR=198.51.100.1 DESTPORT=25");

        Assert.Equal(
            Relay with
            {
                ClientName = "client.test",
                RemoteAddress = IPAddress.Parse("192.0.2.25"),
                RemotePort = 2525,
                IsExtended = true,
                Helo = "he.test",
                Login = "user@x.test",
                LocalEndPoint = new IPEndPoint(IPAddress.Parse("198.51.100.1"), 25),
            },
            peer);
    }

    [Theory]
    [InlineData("ADDR=IPV6:2001:db8::1", "2001:db8::1")]
    [InlineData("addr=ipv6:2001:db8::1", "2001:db8::1")]
    [InlineData("ADDR=IPV6:::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("ADDR=[UNAVAILABLE]", "10.0.0.1")]
    [InlineData("NAME=[TEMPUNAVAIL]", "10.0.0.1")]
    public void The_address_is_the_clients_or_else_the_relays(string attributes, string address)
    {
        Assert.Equal(address, Apply(attributes)!.RemoteAddress.ToString());
    }

    [Fact]
    public void The_relays_own_hello_is_not_the_clients()
    {
        Assert.Null(Apply("ADDR=192.0.2.25")!.Helo);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ADDR")]
    [InlineData("ADDR=")]
    [InlineData("ADDR=host.test")]
    [InlineData("ADDR=192.0.2.256")]
    [InlineData("ADDR=2001:db8::1")]
    [InlineData("ADDR=IPV6:192.0.2.1")]
    [InlineData("PORT=65536")]
    [InlineData("PORT=-1")]
    [InlineData("PROTO=HTTP")]
    [InlineData("PROTO=[UNAVAILABLE]")]
    [InlineData("NAME=a+20b")]
    [InlineData("LOGIN=a+0D+0Ab")]
    [InlineData("COLOUR=red")]
    [InlineData("=x")]
    public void Anything_else_is_refused(string attributes)
    {
        Assert.Null(Apply(attributes));
    }

    private static SmtpPeer? Apply(string attributes) =>
        XclientCommand.TryParse(Encoding.ASCII.GetBytes(attributes), out var command) ? command.ApplyTo(Relay, Relay) : null;
}
