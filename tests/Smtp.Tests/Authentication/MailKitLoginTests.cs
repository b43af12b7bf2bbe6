using MailKit.Net.Smtp;
using MailKit.Security;
using Platform.Smtp.Tests.Hosting;

namespace Platform.Smtp.Tests.Authentication;

/// <summary>Logins by a client that others wrote.</summary>
public sealed class MailKitLoginTests
{
    public static TheoryData<string, string> Right => new()
    {
        { "PLAIN", "password" }, { "LOGIN", "password" }, { "SCRAM-SHA-256", "first" }, { "SCRAM-SHA-256-PLUS", "first" }, { "OAUTHBEARER", "token" },
    };

    [Theory]
    [MemberData(nameof(Right))]
    public async Task Each_mechanism_lets_in_who_knows_the_secret(string mechanism, string reference)
    {
        await using var server = await TestServer.StartAsync(TestAuthenticator.Options with { RequireAuthentication = true });
        using var client = await ConnectAsync(server);

        await client.AuthenticateAsync(Mechanism(mechanism, mechanism == "OAUTHBEARER" ? TestAuthenticator.Token : TestAuthenticator.Password), TestContext.Current.CancellationToken);
        await client.SendAsync(new MimeKit.MimeMessage(), MimeKit.MailboxAddress.Parse("taro@acme.test"), [MimeKit.MailboxAddress.Parse("x@example.test")], TestContext.Current.CancellationToken);

        var peer = server.Handler.Message.Peer;
        Assert.Equal((TestAuthenticator.User, mechanism, reference, "ESMTPSA"), (peer.Authenticated?.UserName, peer.Authenticated?.Mechanism, peer.Authenticated?.Reference, peer.Protocol));
    }

    [Theory]
    [InlineData("PLAIN")]
    [InlineData("LOGIN")]
    [InlineData("SCRAM-SHA-256")]
    [InlineData("SCRAM-SHA-256-PLUS")]
    [InlineData("OAUTHBEARER")]
    public async Task No_mechanism_lets_in_who_does_not(string mechanism)
    {
        await using var server = await TestServer.StartAsync(TestAuthenticator.Options);
        using var client = await ConnectAsync(server);

        await Assert.ThrowsAnyAsync<AuthenticationException>(() => client.AuthenticateAsync(Mechanism(mechanism, "wrong"), TestContext.Current.CancellationToken));
        Assert.False(client.IsAuthenticated);
    }

    [Fact]
    public async Task A_user_has_several_passwords_for_one_exchange()
    {
        await using var server = await TestServer.StartAsync(TestAuthenticator.Options);
        using var client = await ConnectAsync(server);

        await client.AuthenticateAsync(Mechanism("SCRAM-SHA-256-PLUS", TestAuthenticator.OtherPassword), TestContext.Current.CancellationToken);

        Assert.True(client.IsAuthenticated);
    }

    private static SaslMechanism Mechanism(string name, string secret) => name switch
    {
        "PLAIN" => new SaslMechanismPlain(TestAuthenticator.User, secret),
        "LOGIN" => new SaslMechanismLogin(TestAuthenticator.User, secret),
        "SCRAM-SHA-256" => new SaslMechanismScramSha256(TestAuthenticator.User, secret),
        "SCRAM-SHA-256-PLUS" => new SaslMechanismScramSha256Plus(TestAuthenticator.User, secret),
        _ => new SaslMechanismOAuthBearer(TestAuthenticator.User, secret),
    };

    private static async Task<SmtpClient> ConnectAsync(TestServer server)
    {
        var client = new SmtpClient { ServerCertificateValidationCallback = (_, certificate, _, _) => TestCertificate.IsIt(certificate), CheckCertificateRevocation = false };
        await client.ConnectAsync("127.0.0.1", server.EndPoint.Port, SecureSocketOptions.StartTls, TestContext.Current.CancellationToken);
        return client;
    }
}
