using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Platform.Smtp.Tests.Connections;
using Platform.Smtp.Tests.Hosting;

namespace Platform.Smtp.Tests.Sessions;

public sealed class ProxyTests
{
    private static readonly SmtpServerOptions Behind = new() { Hostname = "mx.test", TrustedProxies = [IPNetwork.Parse("127.0.0.0/8")] };

    private static readonly byte[] Header = ProxyHeaderTests.Version2(0x21, 0x11, [192, 0, 2, 25, 198, 51, 100, 1, 0x1F, 0x90, 0, 25]);

    [Fact]
    public async Task The_client_is_the_one_the_proxy_names()
    {
        await using var server = await TestServer.StartAsync(Behind);
        await using var client = await server.OpenAsync();

        await client.SendAsync(Header);
        await client.ReadAsync();

        var peer = Assert.Single(server.Handler.Connects);
        Assert.Equal(("192.0.2.25", 8080, "127.0.0.1", "198.51.100.1:25"), (peer.RemoteAddress.ToString(), peer.RemotePort, peer.ConnectionAddress.ToString(), peer.LocalEndPoint?.ToString()));
    }

    [Fact]
    public async Task Version_1_is_understood_too()
    {
        await using var server = await TestServer.StartAsync(Behind);
        await using var client = await server.OpenAsync();

        await client.SendAsync("PROXY TCP6 2001:db8::1 2001:db8::2 8080 25\r\n");
        await client.ReadAsync();

        Assert.Equal("2001:db8::1", Assert.Single(server.Handler.Connects).RemoteAddress.ToString());
    }

    [Fact]
    public async Task A_health_check_keeps_the_proxys_own_address()
    {
        await using var server = await TestServer.StartAsync(Behind);
        await using var client = await server.OpenAsync();

        await client.SendAsync(ProxyHeaderTests.Version2(0x20, 0x00, []));
        await client.ReadAsync();

        Assert.Equal("127.0.0.1", Assert.Single(server.Handler.Connects).RemoteAddress.ToString());
    }

    public static TheoryData<string, byte[]> Bad => new()
    {
        { "none", Encoding.ASCII.GetBytes("EHLO client.test\r\n") },
        { "malformed", ProxyHeaderTests.Version2(0x21, 0x11, [1, 2, 3]) },
        { "version 1 malformed", Encoding.ASCII.GetBytes("PROXY TCP4 x y z\r\n") },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task Without_a_sound_header_the_connection_closes_in_silence(string kind, byte[] start)
    {
        await using var server = await TestServer.StartAsync(Behind);
        await using var client = await server.OpenAsync();

        await client.SendAsync(start);

        Assert.True(await client.IsClosedAsync(), kind);
        Assert.Empty(server.Handler.Connects);
    }

    [Fact]
    public async Task From_others_a_header_is_refused()
    {
        await using var server = await TestServer.StartAsync(Behind with { TrustedProxies = [IPNetwork.Parse("192.0.2.0/24")] });
        await using var client = await server.ConnectAsync();

        await client.SendAsync([.. Header, .. "EHLO c\r\nMAIL FROM:<evil@x.test>\r\n"u8]);

        Assert.Equal([500, 500, 521], (await client.ReadToEndAsync()).Select(r => r.Code));
        Assert.Equal("127.0.0.1", Assert.Single(server.Handler.Connects).RemoteAddress.ToString());
    }

    [Fact]
    public async Task A_client_that_follows_its_header_too_soon_is_an_early_talker()
    {
        await using var server = await TestServer.StartAsync(Behind);
        await using var client = await server.OpenAsync();

        await client.SendAsync([.. Header, .. "EHLO c\r\n"u8]);

        Assert.Equal([554], (await client.ReadToEndAsync()).Select(r => r.Code));
    }

    [Fact]
    public async Task Where_a_header_is_optional_silence_makes_a_direct_connection()
    {
        var time = new FakeTimeProvider();
        await using var server = await TestServer.StartAsync(Behind with { RequireProxyHeader = false }, time: time);
        await using var client = await server.OpenAsync();
        var greeting = client.ReadAsync();
        while (!greeting.IsCompleted)
        {
            time.Advance(Behind.ProxyGrace);
            await Task.WhenAny(greeting, Task.Delay(10, TestContext.Current.CancellationToken));
        }

        Assert.Equal(220, (await greeting).Code);
        Assert.Equal("127.0.0.1", Assert.Single(server.Handler.Connects).RemoteAddress.ToString());
    }

    [Fact]
    public async Task Where_a_header_is_optional_it_still_counts()
    {
        await using var server = await TestServer.StartAsync(Behind with { RequireProxyHeader = false });
        await using var client = await server.OpenAsync();

        await client.SendAsync(Header);
        await client.ReadAsync();

        Assert.Equal("192.0.2.25", Assert.Single(server.Handler.Connects).RemoteAddress.ToString());
    }

    [Fact]
    public async Task A_header_may_stand_before_implicit_TLS()
    {
        await using var server = await TestServer.StartAsync(Behind with { ImplicitTls = true, Tls = SmtpTls.WithCertificate(TestCertificate.Certificate) });
        await using var client = await server.OpenAsync();

        await client.SendAsync(Header);
        await client.StartTlsAsync();

        Assert.Equal(220, (await client.ReadAsync()).Code);
        Assert.Equal("192.0.2.25", Assert.Single(server.Handler.Connects).RemoteAddress.ToString());
    }
}
