using System.Net;
using System.Security.Cryptography;
using System.Text;
using Platform.Smtp.Authentication;
using Platform.Smtp.Tests.Hosting;

namespace Platform.Smtp.Tests.Authentication;

/// <summary>Exchanges of a client that knows the password and keeps to the standard, but for one thing (RFC 5802, 5 and 7).</summary>
public sealed class ScramMechanismTests
{
    private const string Bound = "p=tls-server-end-point,,";
    private static readonly byte[] Certificate = SHA256.HashData("the server's"u8);
    private static readonly byte[] Other = SHA256.HashData("another's"u8);
    private static readonly SmtpPeer Peer = new() { SessionId = "1", RemoteAddress = IPAddress.Loopback, ConnectionAddress = IPAddress.Loopback };

    [Fact]
    public async Task A_client_binds_to_the_certificate() => Assert.True(await LoginAsync(isBound: true, Certificate, new Exchange(Bound, Bound, Certificate)));

    [Fact]
    public async Task A_proof_made_for_another_certificate_is_none() => Assert.False(await LoginAsync(isBound: true, Certificate, new Exchange(Bound, Bound, Other)));

    [Fact]
    public async Task A_binding_that_is_left_out_is_none() => Assert.False(await LoginAsync(isBound: true, Certificate, new Exchange(Bound, Bound, [])));

    [Theory]
    [InlineData("n,,", true, true)]
    [InlineData("n,,", false, true)]
    [InlineData("y,,", false, true)]
    [InlineData("y,,", true, false)]
    [InlineData("p=tls-unique,,", true, false)]
    public async Task Without_binding_a_client_says_that_it_cannot_bind(string header, bool couldBind, bool getsIn) =>
        Assert.Equal(getsIn, await LoginAsync(isBound: false, couldBind ? Certificate : null, new Exchange(header, header, [])));

    [Theory]
    [InlineData("n,,")]
    [InlineData("y,,")]
    [InlineData("p=tls-unique,,")]
    public async Task The_mechanism_that_binds_takes_nothing_else(string header) => Assert.False(await LoginAsync(isBound: true, Certificate, new Exchange(header, header, Certificate)));

    [Fact]
    public async Task What_was_said_first_is_said_again_in_the_proof() => Assert.False(await LoginAsync(isBound: false, null, new Exchange("n,,", "y,,", [])));

    [Theory]
    [InlineData("x", 0)]
    [InlineData("", 1)]
    public async Task A_foreign_nonce_or_another_proof_is_refused(string nonce, byte flipped) =>
        Assert.False(await LoginAsync(isBound: false, null, new Exchange("n,,", "n,,", []) { NonceSuffix = nonce, Flipped = flipped }));

    [Fact]
    public async Task Nobody_acts_for_another()
    {
        Assert.True(await LoginAsync(isBound: false, null, new Exchange($"n,a={TestAuthenticator.User},", $"n,a={TestAuthenticator.User},", [])));
        Assert.False(await LoginAsync(isBound: false, null, new Exchange("n,a=ceo@acme.test,", "n,a=ceo@acme.test,", [])));
    }

    private static async Task<bool> LoginAsync(bool isBound, byte[]? binding, Exchange exchange)
    {
        var mechanism = new ScramMechanism(new TestAuthenticator(), Peer, isBound, binding);
        const string first = "n=" + TestAuthenticator.User + ",r=abc";
        var step = await mechanism.StepAsync(Encoding.UTF8.GetBytes(exchange.Header + first), TestContext.Current.CancellationToken);
        if (step.Challenge is not { } challenge)
            return false;
        var server = Encoding.ASCII.GetString(challenge.Span);
        var parts = server.Split(',').Select(part => part[2..]).ToArray();
        var bound = Convert.ToBase64String([.. Encoding.ASCII.GetBytes(exchange.Again), .. exchange.Binding]);
        var without = $"c={bound},r={parts[0]}{exchange.NonceSuffix}";
        step = await mechanism.StepAsync(Encoding.ASCII.GetBytes($"{without},p={Proof($"{first},{server},{without}", parts[1], int.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture), exchange.Flipped)}"), TestContext.Current.CancellationToken);
        if (step.Challenge is null)
            return false;
        return (await mechanism.StepAsync(default, TestContext.Current.CancellationToken)).Result?.Login is not null;
    }

    private static string Proof(string message, string salt, int iterations, byte flipped)
    {
        var salted = Rfc2898DeriveBytes.Pbkdf2(TestAuthenticator.Password, Convert.FromBase64String(salt), iterations, HashAlgorithmName.SHA256, 32);
        var key = HMACSHA256.HashData(salted, "Client Key"u8);
        var signature = HMACSHA256.HashData(SHA256.HashData(key), Encoding.UTF8.GetBytes(message));
        return Convert.ToBase64String([.. key.Zip(signature, (a, b) => (byte)(a ^ b ^ flipped))]);
    }

    /// <param name="Header">As said first.</param>
    /// <param name="Again">As said in the proof.</param>
    private sealed record Exchange(string Header, string Again, byte[] Binding)
    {
        public string NonceSuffix { get; init; } = "";

        public byte Flipped { get; init; }
    }
}
