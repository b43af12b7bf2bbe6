using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using Platform.Grains.Egress;

namespace Platform.Grains.Tests.Egress;

public sealed class EgressTests
{
    private static readonly EgressSettings Loopback = new() { Networks = [IPNetwork.Parse("127.0.0.0/8")] };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("https://example.com/hook", true)]
    [InlineData("https://example.com:8443/hook", true)]
    [InlineData("https://1.1.1.1/hook", true)]
    [InlineData("http://example.com/hook", false)]
    [InlineData("https://example.com:25/", false)]
    [InlineData("https://example.com:22/", false)]
    [InlineData("https://10.0.0.1/", false)]
    [InlineData("https://127.0.0.1/", false)]
    [InlineData("https://2130706433/", false)]
    [InlineData("https://0x7f000001/", false)]
    [InlineData("https://0177.0.0.1/", false)]
    [InlineData("https://169.254.169.254/latest/meta-data/", false)]
    [InlineData("https://[::1]/", false)]
    [InlineData("https://[::ffff:10.0.0.1]/", false)]
    [InlineData("https://[64:ff9b::a00:1]/", false)]
    [InlineData("https://[fd00:ec2::254]/", false)]
    public void An_address_is_public_and_its_port_harmless(string url, bool taken)
    {
        Assert.Equal(taken, new EgressPolicy(new EgressSettings()).RefuseHttp(new Uri(url)) is null);
    }

    [Fact]
    public void What_the_operator_allows_is_taken()
    {
        var policy = new EgressPolicy(Loopback with { AllowPlainHttp = true });

        Assert.Null(policy.RefuseHttp(new Uri("http://127.0.0.1:8080/")));
        Assert.Null(policy.RefuseHttp(new Uri("http://127.0.0.1/")));
        Assert.NotNull(policy.RefuseHttp(new Uri("http://10.0.0.1:8080/")));
    }

    [Fact]
    public async Task The_connection_goes_to_an_address_that_was_looked_at()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var looked = 0;
        var connector = new EgressConnector(new EgressPolicy(Loopback), Loopback, (_, _) =>
        {
            looked++;
            return Task.FromResult(new[] { IPAddress.Parse("10.9.9.9"), IPAddress.Loopback });
        });

        using var socket = await connector.ConnectAsync("rebinding.test", ((IPEndPoint)listener.LocalEndpoint).Port, Stop);

        Assert.Equal(IPAddress.Loopback, ((IPEndPoint)socket.RemoteEndPoint!).Address.MapToIPv4());
        Assert.Equal(1, looked);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("192.168.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("2002:7f00:1::")]
    public async Task A_name_that_leads_inside_is_refused(string address)
    {
        var connector = new EgressConnector(new EgressPolicy(new EgressSettings()), new EgressSettings(), (_, _) => Task.FromResult(new[] { IPAddress.Parse(address) }));

        var refused = await Assert.ThrowsAsync<EgressRefusedException>(() => connector.ConnectAsync("inside.test", 443, Stop));

        Assert.Contains("Push:Networks", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_is_verified()
    {
        using var certificate = Support.TestCertificates.For("127.0.0.1");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = new Uri($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        var serving = ServeAsync(listener, certificate, 2);

        using (var trusting = Http(Loopback with { TrustedRoots = [certificate] }))
        using (var request = new HttpRequestMessage(HttpMethod.Post, url))
            Assert.Equal(204, (await trusting.SendAsync(request, 100, TimeSpan.FromSeconds(15), Stop)).Status);
        using (var strict = Http(Loopback))
        using (var request = new HttpRequestMessage(HttpMethod.Post, url))
            Assert.StartsWith("TLS failed", (await Assert.ThrowsAsync<EgressRefusedException>(() => strict.SendAsync(request, 100, TimeSpan.FromSeconds(15), Stop))).Message, StringComparison.Ordinal);
        await serving;
    }

    private static EgressHttp Http(EgressSettings settings) => new(new EgressConnector(new EgressPolicy(settings), settings), settings, new FakeTimeProvider());

    private static async Task ServeAsync(TcpListener listener, System.Security.Cryptography.X509Certificates.X509Certificate2 certificate, int connections)
    {
        for (var i = 0; i < connections; i++)
        {
            using var client = await listener.AcceptTcpClientAsync(Stop);
            await using var tls = new System.Net.Security.SslStream(client.GetStream());
            try
            {
                await tls.AuthenticateAsServerAsync(certificate);
                _ = await tls.ReadAsync(new byte[4_096], Stop);
                await tls.WriteAsync("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"u8.ToArray(), Stop);
            }
            catch (Exception exception) when (exception is IOException or System.Security.Authentication.AuthenticationException)
            {
                // The client did not trust it.
            }
        }
    }
}
