using System.Net;
using Platform.Smtp.Tests.Connections;
using Platform.Smtp.Tests.Hosting;

namespace Platform.Smtp.Tests.Sessions;

public sealed class XclientTests
{
    private static readonly SmtpServerOptions Trusting = new() { Hostname = "mx.test", TrustedXclient = [IPNetwork.Parse("127.0.0.1/32")] };

    [Fact]
    public async Task It_is_offered_to_the_trusted_only()
    {
        await using var trusting = await TestServer.StartAsync(Trusting);
        await using var other = await TestServer.StartAsync(Trusting with { TrustedXclient = [IPNetwork.Parse("192.0.2.0/24")] });
        await using var relay = await trusting.ConnectAsync();
        await using var client = await other.ConnectAsync();

        Assert.Contains("XCLIENT NAME ADDR PORT PROTO HELO LOGIN DESTADDR DESTPORT", (await relay.CommandAsync("EHLO relay.test")).Lines);
        Assert.DoesNotContain((await client.CommandAsync("EHLO client.test")).Lines, l => l.StartsWith("XCLIENT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_client_is_the_one_the_relay_names()
    {
        await using var server = await TestServer.StartAsync(Trusting);
        await using var relay = await server.GreetAsync();

        var reply = await relay.CommandAsync("XCLIENT NAME=client.test ADDR=192.0.2.25 HELO=he.test PROTO=SMTP LOGIN=user");
        await relay.CommandAsync("EHLO relay.test");
        await relay.SendMessageAsync("Subject: x\r\n\r\n");

        Assert.Equal(220, reply.Code);
        var peer = server.Handler.Message.Peer;
        Assert.Equal(
            ("192.0.2.25", "127.0.0.1", "client.test", "he.test", "SMTP", "user"),
            (peer.RemoteAddress.ToString(), peer.ConnectionAddress.ToString(), peer.ClientName, peer.Helo, peer.Protocol, peer.Login));
    }

    [Fact]
    public async Task Attributes_may_come_in_several_commands()
    {
        await using var server = await TestServer.StartAsync(Trusting);
        await using var relay = await server.GreetAsync();

        await relay.CommandAsync("XCLIENT HELO=he.test");
        await relay.CommandAsync("XCLIENT ADDR=192.0.2.25");
        await relay.CommandAsync("EHLO relay.test");
        await relay.BeginAsync();

        var peer = Assert.Single(server.Handler.Mails).Peer;
        Assert.Equal(("192.0.2.25", "he.test"), (peer.RemoteAddress.ToString(), peer.Helo));
    }

    [Fact]
    public async Task The_session_starts_again()
    {
        await using var server = await TestServer.StartAsync(Trusting);
        await using var relay = await server.GreetAsync();

        await relay.CommandAsync("XCLIENT ADDR=192.0.2.25");

        Assert.Equal(503, (await relay.CommandAsync("MAIL FROM:<a@b.test>")).Code);
    }

    [Fact]
    public async Task The_handler_may_turn_the_named_client_away()
    {
        var handler = new RecordingHandler { OnConnect = peer => IPAddress.IsLoopback(peer.RemoteAddress) ? null : new SmtpReply(554, "5.7.1", "Not you") };
        await using var server = await TestServer.StartAsync(Trusting, handler);
        await using var relay = await server.GreetAsync();

        Assert.Equal(554, (await relay.CommandAsync("XCLIENT ADDR=192.0.2.25")).Code);
        Assert.True(await relay.IsClosedAsync());
    }

    [Fact]
    public async Task Within_a_transaction_it_is_refused()
    {
        await using var server = await TestServer.StartAsync(Trusting);
        await using var relay = await server.GreetAsync();
        await relay.BeginAsync();

        Assert.Equal(503, (await relay.CommandAsync("XCLIENT ADDR=192.0.2.25")).Code);
    }

    [Fact]
    public async Task Nonsense_changes_nothing()
    {
        await using var server = await TestServer.StartAsync(Trusting);
        await using var relay = await server.GreetAsync();

        Assert.Equal(501, (await relay.CommandAsync("XCLIENT ADDR=192.0.2.25 COLOUR=red")).Code);
        await relay.BeginAsync();
        Assert.Equal("127.0.0.1", Assert.Single(server.Handler.Mails).Peer.RemoteAddress.ToString());
    }

    [Fact]
    public async Task Trust_in_a_proxy_is_not_trust_in_its_clients()
    {
        await using var server = await TestServer.StartAsync(Trusting with { TrustedProxies = [IPNetwork.Parse("127.0.0.0/8")] });
        await using var client = await server.OpenAsync();
        await client.SendAsync(ProxyHeaderTests.Version2(0x21, 0x11, [192, 0, 2, 25, 198, 51, 100, 1, 0x1F, 0x90, 0, 25]));
        await client.ReadAsync();

        Assert.Equal(550, (await client.CommandAsync("XCLIENT ADDR=127.0.0.1")).Code);
    }

    [Fact]
    public async Task A_named_client_is_counted_as_itself()
    {
        await using var server = await TestServer.StartAsync(Trusting with { MaxConnectionsPerAddress = 1 });
        await using var first = await server.GreetAsync();
        Assert.Equal(220, (await first.CommandAsync("XCLIENT ADDR=192.0.2.25")).Code);

        await using var second = await server.GreetAsync();

        Assert.Equal(421, (await second.CommandAsync("XCLIENT ADDR=192.0.2.25")).Code);
    }
}
