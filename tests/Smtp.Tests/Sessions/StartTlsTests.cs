using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using Platform.Smtp.Tests.Hosting;

namespace Platform.Smtp.Tests.Sessions;

public sealed class StartTlsTests
{
    private static readonly SmtpServerOptions WithTls = new() { Hostname = "mx.test", Tls = SmtpTls.WithCertificate(TestCertificate.Certificate) };

    [Theory]
    [InlineData(SslProtocols.Tls12, "TLSv1.2")]
    [InlineData(SslProtocols.Tls13, "TLSv1.3")]
    public async Task A_message_goes_through_TLS(SslProtocols protocol, string version)
    {
        await using var server = await TestServer.StartAsync(WithTls);
        await using var client = await server.GreetAsync();
        Assert.Equal(220, (await client.CommandAsync("STARTTLS")).Code);

        await client.StartTlsAsync(protocol);
        await client.CommandAsync("EHLO client.test");
        Assert.Equal(250, (await client.SendMessageAsync($"Subject: x\r\n\r\n{new string('a', 500)}\r\n")).Code);

        var peer = server.Handler.Message.Peer;
        Assert.Equal((version, "mx.test", "ESMTPS"), (peer.Tls?.Version, peer.Tls?.ServerName, peer.Protocol));
    }

    /// <summary>Nobody signed it but itself: the key is what counts. Who is not asked, or shows none, gets in all the same.</summary>
    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    public async Task A_client_that_is_asked_may_show_a_certificate(bool asks, bool shows, bool known)
    {
        await using var server = await TestServer.StartAsync(WithTls with { Tls = SmtpTls.AskingForCertificates(TestCertificate.Certificate, _ => ValueTask.FromResult(asks)) });
        await using var client = await server.GreetAsync();
        await client.CommandAsync("STARTTLS");
        await client.StartTlsAsync(shown: shows ? TestCertificate.Certificate : null);
        await client.CommandAsync("EHLO client.test");
        await client.SendMessageAsync("Subject: x\r\n\r\nhello\r\n");

        Assert.Equal(known ? Convert.ToHexStringLower(SHA256.HashData(TestCertificate.Certificate.RawData)) : null, server.Handler.Message.Peer.Tls!.ClientCertificate);
    }

    /// <summary>Whoever connects could have us ask any address of the inside, before it logged in.</summary>
    [Fact]
    public async Task Nothing_that_a_clients_certificate_names_is_fetched()
    {
        using var named = new TcpListener(IPAddress.Loopback, 0);
        named.Start();
        using var shown = TestCertificate.IssuedElsewhere(new Uri($"http://{named.LocalEndpoint}/issuer.cer"));
        await using var server = await TestServer.StartAsync(WithTls with { Tls = SmtpTls.AskingForCertificates(TestCertificate.Certificate, _ => ValueTask.FromResult(true)) });
        await using var client = await server.GreetAsync();
        await client.CommandAsync("STARTTLS");
        await client.StartTlsAsync(shown: shown);

        Assert.Equal(250, (await client.CommandAsync("EHLO client.test")).Code);
        Assert.False(named.Pending());
    }

    /// <summary>Record types: 0x16 is a handshake going on, 0x15 an alert, here protocol_version (70).</summary>
    [Theory]
    [InlineData(0x0303, 0x16)]
    [InlineData(0x0302, 0x15)]
    [InlineData(0x0301, 0x15)]
    public async Task Versions_before_1_2_are_refused_even_when_the_host_asks_for_them(int version, int recordType)
    {
        var options = new SslServerAuthenticationOptions { ServerCertificate = TestCertificate.Certificate, EnabledSslProtocols = Enum.Parse<SslProtocols>("Tls, Tls11, Tls12, Tls13") };
        await using var server = await TestServer.StartAsync(WithTls with { Tls = (_, _) => ValueTask.FromResult(options) });
        await using var client = await server.GreetAsync();
        await client.CommandAsync("STARTTLS");

        await client.SendAsync(ClientHello((ushort)version));
        var record = await client.ReadBytesAsync(7);

        Assert.Equal(recordType, record[0]);
        Assert.True(recordType == 0x16 || record[6] == 70, Convert.ToHexString(record));
    }

    [Fact]
    public async Task It_is_offered_in_the_clear_only()
    {
        await using var server = await TestServer.StartAsync(WithTls);
        await using var client = await server.ConnectAsync();
        var before = await client.CommandAsync("EHLO client.test");
        await client.CommandAsync("STARTTLS");
        await client.StartTlsAsync();

        var after = await client.CommandAsync("EHLO client.test");

        Assert.Equal((true, false), (before.Lines.Contains("STARTTLS"), after.Lines.Contains("STARTTLS")));
    }

    [Fact]
    public async Task A_second_time_is_refused()
    {
        await using var server = await TestServer.StartAsync(WithTls);
        await using var client = await server.GreetAsync();
        await client.CommandAsync("STARTTLS");
        await client.StartTlsAsync();

        Assert.Equal(503, (await client.CommandAsync("STARTTLS")).Code);
    }

    [Theory]
    [InlineData("MAIL FROM:<evil@x.test>\r\n")]
    [InlineData("RSET\r\n")]
    [InlineData("\r\n")]
    [InlineData("x")]
    [InlineData("\u0016\u0003\u0001")]
    public async Task Input_behind_it_in_the_clear_ends_the_session(string behind)
    {
        await using var server = await TestServer.StartAsync(WithTls);
        await using var client = await server.GreetAsync();

        await client.SendAsync("STARTTLS\r\n" + behind);
        var replies = await client.ReadToEndAsync();

        Assert.Equal([554], replies.Select(r => r.Code));
        Assert.Empty(server.Handler.Mails);
    }

    [Fact]
    public async Task Input_before_the_handshake_is_never_a_command()
    {
        await using var server = await TestServer.StartAsync(WithTls);
        await using var client = await server.GreetAsync();
        await client.CommandAsync("STARTTLS");

        await client.SendAsync("EHLO x\r\nMAIL FROM:<evil@x.test>\r\n");

        Assert.Empty(await Unreadable(client));
        Assert.Empty(server.Handler.Mails);
    }

    [Fact]
    public async Task What_was_said_before_is_forgotten()
    {
        await using var server = await TestServer.StartAsync(WithTls);
        await using var client = await server.GreetAsync();
        await client.BeginAsync();
        await client.CommandAsync("STARTTLS");
        await client.StartTlsAsync();

        Assert.Equal(503, (await client.CommandAsync("DATA")).Code);
        Assert.Equal(503, (await client.CommandAsync("MAIL FROM:<a@b.test>")).Code);
    }

    [Fact]
    public async Task It_takes_no_argument()
    {
        await using var server = await TestServer.StartAsync(WithTls);
        await using var client = await server.GreetAsync();

        Assert.Equal(501, (await client.CommandAsync("STARTTLS now")).Code);
    }

    [Theory]
    [InlineData("MAIL FROM:<a@b.test>", 530)]
    [InlineData("RCPT TO:<a@b.test>", 530)]
    [InlineData("DATA", 530)]
    [InlineData("VRFY x", 530)]
    [InlineData("BDAT 0 LAST", 530)]
    [InlineData("NOOP", 250)]
    [InlineData("RSET", 250)]
    [InlineData("QUIT", 221)]
    public async Task Where_TLS_is_required_mail_waits_for_it(string command, int code)
    {
        await using var server = await TestServer.StartAsync(WithTls with { RequireTls = true });
        await using var client = await server.GreetAsync();

        Assert.Equal(code, (await client.CommandAsync(command)).Code);
    }

    [Fact]
    public async Task Implicit_TLS_greets_behind_the_handshake()
    {
        await using var server = await TestServer.StartAsync(WithTls with { ImplicitTls = true });
        await using var client = await server.OpenAsync();
        await client.StartTlsAsync();
        Assert.Equal(220, (await client.ReadAsync()).Code);
        await client.CommandAsync("EHLO client.test");

        Assert.Equal(250, (await client.SendMessageAsync("Subject: x\r\n\r\n")).Code);
        Assert.Equal("ESMTPS", server.Handler.Message.Peer.Protocol);
    }

    [Fact]
    public async Task A_certificate_that_cannot_be_had_ends_the_session_and_not_the_listener()
    {
        await using var server = await TestServer.StartAsync(WithTls with { Tls = (_, _) => throw new FileNotFoundException("certificate") });
        await using var client = await server.GreetAsync();
        await client.CommandAsync("STARTTLS");
        await Assert.ThrowsAnyAsync<Exception>(() => client.StartTlsAsync());

        await using var next = await server.GreetAsync();
        Assert.Equal(250, (await next.CommandAsync("NOOP")).Code);
    }

    [Fact]
    public async Task A_large_message_arrives_whole()
    {
        await using var server = await TestServer.StartAsync(WithTls);
        await using var client = await server.GreetAsync();
        await client.CommandAsync("STARTTLS");
        await client.StartTlsAsync();
        await client.CommandAsync("EHLO client.test");
        var message = string.Concat(Enumerable.Range(0, 20_000).Select(i => $".line {i}\r\n"));

        Assert.Equal(250, (await client.SendMessageAsync(message.Replace("\r\n.", "\r\n..", StringComparison.Ordinal).Insert(0, "."))).Code);
        Assert.Equal(message, server.Handler.Message.Text);
    }

    /// <summary>A hello as an old client makes it, since the platform's own TLS no longer would.</summary>
    private static byte[] ClientHello(ushort version)
    {
        byte[] body =
        [
            (byte)(version >> 8), (byte)version,
            .. new byte[32],
            0,
            0, 4, 0xC0, 0x2B, 0xC0, 0x09,
            1, 0,
            0, 22,
            0x00, 0x0A, 0, 4, 0, 2, 0, 0x17,
            0x00, 0x0B, 0, 2, 1, 0,
            0x00, 0x0D, 0, 4, 0, 2, 4, 3,
        ];
        return [0x16, 3, 1, 0, (byte)(body.Length + 4), 1, 0, 0, (byte)body.Length, .. body];
    }

    /// <summary>Whatever comes back, a TLS alert or nothing: no reply of SMTP may be in it.</summary>
    private static async Task<string[]> Unreadable(TestClient client)
    {
        try
        {
            return [.. (await client.ReadToEndAsync()).Select(r => r.ToString())];
        }
        catch (Xunit.Sdk.MatchesException)
        {
            return [];
        }
        catch (EndOfStreamException)
        {
            return [];
        }
    }
}
