using System.Security.Cryptography.X509Certificates;
using Platform.Grains.Deliveries;
using Platform.Grains.Deliveries.Smtp;
using Platform.Grains.Tests.Support;
using Platform.Storage.Messages;

namespace Platform.Grains.Tests.Deliveries.Smtp;

public sealed class TlsTests : IDisposable
{
    private readonly X509Certificate2 _certificate = TestCertificates.For("peer.test");

    [Theory]
    [InlineData("May")]
    [InlineData("Must")]
    public async Task An_offer_of_tls_is_taken_whatever_the_certificate(string policy)
    {
        await using var server = new ScriptedSmtpServer { Certificate = _certificate };

        await SendAsync(server, policy);

        Assert.Equal(["EHLO", "STARTTLS", "EHLO", "MAIL"], server.Commands.Select(c => c.Split(' ')[0]).Take(4));
    }

    [Fact]
    public async Task The_policy_none_leaves_tls_alone()
    {
        await using var server = new ScriptedSmtpServer { Certificate = _certificate };

        await SendAsync(server, "None");

        Assert.DoesNotContain("STARTTLS", server.Commands);
    }

    [Fact]
    public async Task The_policy_verified_takes_a_certificate_of_a_trusted_root_for_the_right_name()
    {
        await using var server = new ScriptedSmtpServer { Certificate = _certificate };

        Assert.IsType<SmtpOutcome.Accepted>(await SendAsync(server, "Verified", roots: [_certificate]));
    }

    [Theory]
    [InlineData("peer.test", false)]
    [InlineData("other.test", true)]
    public async Task The_policy_verified_sends_nothing_on_a_doubtful_certificate(string name, bool isTrusted)
    {
        await using var server = new ScriptedSmtpServer { Certificate = _certificate };

        var exception = await Assert.ThrowsAsync<SmtpTransportException>(() => SendAsync(server, "Verified", name, isTrusted ? [_certificate] : null));

        Assert.Equal(("4.7.5", false), (exception.Status, server.Commands.Any(c => c.StartsWith("MAIL", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("Must")]
    [InlineData("Verified")]
    public async Task Without_an_offer_a_strict_policy_sends_nothing(string policy)
    {
        await using var server = new ScriptedSmtpServer();

        var exception = await Assert.ThrowsAsync<SmtpTransportException>(() => SendAsync(server, policy));

        Assert.Equal(("4.7.4", false), (exception.Status, server.Commands.Any(c => c.StartsWith("MAIL", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task The_policy_may_goes_on_in_the_clear_when_the_handshake_fails()
    {
        await using var server = new ScriptedSmtpServer { Certificate = _certificate, Script = c => c == "STARTTLS" ? "220 2.0.0 no handshake follows" : null, BreaksHandshake = true };

        Assert.IsType<SmtpOutcome.Accepted>(await SendAsync(server, "May"));
    }

    [Fact]
    public async Task A_refused_starttls_is_no_harm_under_may()
    {
        await using var server = new ScriptedSmtpServer { Certificate = _certificate, Script = c => c == "STARTTLS" ? "454 4.7.0 not now" : null };

        Assert.IsType<SmtpOutcome.Accepted>(await SendAsync(server, "May"));
    }

    [Fact]
    public async Task What_comes_in_the_clear_behind_the_reply_to_starttls_ends_the_session()
    {
        await using var server = new ScriptedSmtpServer { Certificate = _certificate, InjectedAfterStartTls = "\r\n250 injected" };

        var exception = await Assert.ThrowsAsync<SmtpTransportException>(() => SendAsync(server, "Must"));

        Assert.Equal("4.7.0", exception.Status);
    }

    public void Dispose() => _certificate.Dispose();

    private static Task<SmtpOutcome> SendAsync(ScriptedSmtpServer server, string policy, string name = "peer.test", X509Certificate2Collection? roots = null)
    {
        var client = new SmtpClient(new FlowSettings { DataDirectory = ".", Relay = new RelaySettings { TrustedRoots = roots } }, TimeProvider.System);
        var mail = new SmtpMail("a@b.test", "c@d.test", null, null, SmtpParameters.None, new OutgoingContent("X: y\r\n"u8.ToArray(), new MemoryStream("\r\n"u8.ToArray()), true));
        return client.SendAsync(new SmtpHost(name, server.EndPoint, Enum.Parse<TlsPolicy>(policy)), mail, TestContext.Current.CancellationToken);
    }
}
