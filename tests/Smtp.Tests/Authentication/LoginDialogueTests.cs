using System.Text;
using Platform.Smtp.Tests.Hosting;

namespace Platform.Smtp.Tests.Authentication;

/// <summary>AUTH line by line (RFC 4954).</summary>
public sealed class LoginDialogueTests
{
    private static readonly SmtpServerOptions Options = TestAuthenticator.Options;

    [Fact]
    public async Task It_is_offered_under_tls_alone_and_binds_to_the_certificate()
    {
        await using var server = await TestServer.StartAsync(Options);
        await using var client = await server.ConnectAsync();
        var clear = await client.CommandAsync("EHLO client.test");
        var early = await client.CommandAsync("AUTH PLAIN");
        await client.CommandAsync("STARTTLS");
        await client.StartTlsAsync();
        var hello = await client.CommandAsync("EHLO client.test");

        Assert.DoesNotContain(clear.Lines, line => line.StartsWith("AUTH", StringComparison.Ordinal));
        Assert.Equal(530, early.Code);
        Assert.Contains("AUTH SCRAM-SHA-256-PLUS SCRAM-SHA-256 OAUTHBEARER PLAIN LOGIN", hello.Lines);
    }

    [Fact]
    public async Task Where_nobody_checks_logins_there_are_none()
    {
        await using var server = await TestServer.StartAsync(Options with { Authenticator = null });
        await using var client = await GreetAsync(server);

        Assert.Equal(502, (await client.CommandAsync("AUTH PLAIN")).Code);
    }

    [Fact]
    public async Task Mail_is_taken_from_who_is_logged_in()
    {
        await using var server = await TestServer.StartAsync(Options with { RequireAuthentication = true });
        await using var client = await GreetAsync(server);
        var before = await client.CommandAsync("MAIL FROM:<taro@acme.test>");
        var login = await client.CommandAsync("AUTH PLAIN " + Plain(TestAuthenticator.User, TestAuthenticator.Password));

        Assert.Equal((530, 235, 250), (before.Code, login.Code, (await client.SendMessageAsync("Subject: x\r\n\r\nx\r\n")).Code));
    }

    [Theory]
    [InlineData("AUTH", 501)]
    [InlineData("AUTH KERBEROS_V4", 504)]
    [InlineData("AUTH PLAIN !!!!", 501)]
    [InlineData("AUTH PLAIN =", 535)]
    [InlineData("AUTH PLAIN AGEAYg==", 535)]
    [InlineData("AUTH PLAIN YWRtaW5AYWNtZS50ZXN0AHRhcm9AYWNtZS50ZXN0AHBlbmNpbA==", 535)]
    [InlineData("AUTH PLAIN AHRhcm9AYWNtZS50ZXN0AHBlbmNpbA==", 235)]
    [InlineData("auth plain dGFyb0BhY21lLnRlc3QAdGFyb0BhY21lLnRlc3QAcGVuY2ls", 235)]
    [InlineData("AUTH PLAIN AHRhcm9AYWNtZS50ZXN0AP8=", 535)]
    [InlineData("AUTH SCRAM-SHA-256 biwsbj11LHI9", 535)]
    [InlineData("AUTH SCRAM-SHA-256 eSwsbj11c2VyLHI9YWJj", 535)]
    [InlineData("AUTH OAUTHBEARER bixhPXgs", 535)]
    public async Task Each_first_line_has_its_answer(string line, int code)
    {
        await using var server = await TestServer.StartAsync(Options);
        await using var client = await GreetAsync(server);

        Assert.Equal(code, (await client.CommandAsync(line)).Code);
    }

    [Fact]
    public async Task Login_asks_for_name_and_password()
    {
        await using var server = await TestServer.StartAsync(Options);
        await using var client = await GreetAsync(server);
        var name = await client.CommandAsync("AUTH LOGIN");
        var password = await client.CommandAsync(Base64(TestAuthenticator.User));

        Assert.Equal(("VXNlcm5hbWU6", "UGFzc3dvcmQ6", 235), (name.Lines[0], password.Lines[0], (await client.CommandAsync(Base64(TestAuthenticator.Password))).Code));
    }

    [Fact]
    public async Task An_exchange_can_be_called_off()
    {
        await using var server = await TestServer.StartAsync(Options);
        await using var client = await GreetAsync(server);
        var asked = await client.CommandAsync("AUTH PLAIN");
        var off = await client.CommandAsync("*");

        Assert.Equal((334, 501, 250), (asked.Code, off.Code, (await client.CommandAsync("NOOP")).Code));
    }

    [Fact]
    public async Task Nobody_logs_in_twice_or_within_a_transaction()
    {
        await using var server = await TestServer.StartAsync(Options);
        await using var client = await GreetAsync(server);
        await client.BeginAsync();
        var within = await client.CommandAsync("AUTH PLAIN");
        await client.CommandAsync("RSET");
        await client.CommandAsync("AUTH PLAIN " + Plain(TestAuthenticator.User, TestAuthenticator.Password));

        Assert.Equal((503, 503), (within.Code, (await client.CommandAsync("AUTH PLAIN")).Code));
    }

    [Fact]
    public async Task Guessing_ends_the_session()
    {
        await using var server = await TestServer.StartAsync(Options);
        await using var client = await GreetAsync(server);
        for (var i = 0; i < 2; i++)
            Assert.Equal(535, (await client.CommandAsync("AUTH PLAIN " + Plain(TestAuthenticator.User, "wrong"))).Code);
        await client.SendAsync("AUTH PLAIN " + Plain(TestAuthenticator.User, "wrong") + "\r\n");

        Assert.Equal([535, 421], (await client.ReadToEndAsync()).Select(reply => reply.Code));
    }

    [Fact]
    public async Task A_refusal_of_the_host_is_told_and_a_fault_of_it_is_a_temporary_one()
    {
        await using var refusing = await TestServer.StartAsync(Options with { Authenticator = new TestAuthenticator { Refuses = () => new SmtpReply(454, "4.7.0", "Too many attempts") } });
        await using var broken = await TestServer.StartAsync(Options with { Authenticator = new TestAuthenticator { Refuses = () => throw new InvalidOperationException("broken") } });
        await using var client = await GreetAsync(refusing);
        await using var other = await GreetAsync(broken);

        Assert.Equal("4.7.0 Too many attempts", (await client.CommandAsync("AUTH PLAIN " + Plain(TestAuthenticator.User, TestAuthenticator.Password))).Lines[0]);
        Assert.Equal(454, (await other.CommandAsync("AUTH PLAIN " + Plain(TestAuthenticator.User, TestAuthenticator.Password))).Code);
    }

    [Fact]
    public async Task A_long_token_is_taken_and_another_command_of_its_length_is_not()
    {
        await using var server = await TestServer.StartAsync(Options);
        await using var client = await GreetAsync(server);
        var token = Base64($"n,,\u0001auth=Bearer {new string('x', 7_500)}\u0001\u0001");
        var challenge = await client.CommandAsync("AUTH OAUTHBEARER " + token);
        var refused = await client.CommandAsync("AQ==");
        await client.SendAsync("NOOP " + new string('x', 7_500) + "\r\n");

        Assert.Equal((334, 535), (challenge.Code, refused.Code));
        Assert.Equal([500], (await client.ReadToEndAsync()).Select(reply => reply.Code));
    }

    [Fact]
    public async Task The_login_of_before_does_not_go_over_to_the_client_that_a_relay_tells_of()
    {
        await using var server = await TestServer.StartAsync(Options with { RequireAuthentication = true, TrustedXclient = [System.Net.IPNetwork.Parse("127.0.0.0/8")] });
        await using var client = await GreetAsync(server);
        await client.CommandAsync("AUTH PLAIN " + Plain(TestAuthenticator.User, TestAuthenticator.Password));
        await client.CommandAsync("XCLIENT ADDR=192.0.2.1");
        await client.CommandAsync("EHLO other.test");

        Assert.Equal(530, (await client.CommandAsync("MAIL FROM:<taro@acme.test>")).Code);
    }

    private static async Task<TestClient> GreetAsync(TestServer server)
    {
        var client = await server.GreetAsync();
        await client.CommandAsync("STARTTLS");
        await client.StartTlsAsync();
        await client.CommandAsync("EHLO client.test");
        return client;
    }

    private static string Plain(string user, string password) => Base64($"\0{user}\0{password}");

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
