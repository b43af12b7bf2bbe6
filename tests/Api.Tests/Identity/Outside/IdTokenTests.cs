using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Tokens;
using Platform.Api.Identity.Outside;
using Platform.Grains.Egress;

namespace Platform.Api.Tests.Identity.Outside;

/// <summary>What a provider says is checked before it is believed: OpenID Connect Core 1.0, 3.1.3.7; Discovery 1.0, 4.3; RFC 9207.</summary>
public sealed class IdTokenTests : IAsyncLifetime
{
    private const string NotProven = "does not prove who you are";

    private OutsidePlatform _outside = null!;

    public async ValueTask InitializeAsync() => _outside = await OutsidePlatform.StartAsync();

    public ValueTask DisposeAsync() => _outside.DisposeAsync();

    [Theory]
    [InlineData("iss", "https://evil.example")]
    [InlineData("aud", "another-client")]
    [InlineData("nonce", "another-nonce")]
    [InlineData("azp", "another-client")]
    [InlineData("at_hash", "AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("exp", 1_000_000_000L)]
    [InlineData("iat", 9_000_000_000L)]
    [InlineData("nbf", 9_000_000_000L)]
    [InlineData("sub", "")]
    public async Task A_wrong_claim_is_refused(string claim, object value)
    {
        _outside.Provider.Claims = claims => claims[claim] = value;

        await RefusedAsync();
    }

    [Theory]
    [InlineData("iss")]
    [InlineData("sub")]
    [InlineData("aud")]
    [InlineData("exp")]
    [InlineData("iat")]
    [InlineData("nonce")]
    public async Task A_missing_claim_is_refused(string claim)
    {
        _outside.Provider.Claims = claims => claims.Remove(claim);

        await RefusedAsync();
    }

    [Fact]
    public async Task A_second_audience_without_azp_is_refused()
    {
        _outside.Provider.Claims = claims => claims["aud"] = new[] { ScriptedProvider.ClientId, "another-client" };

        await RefusedAsync();
    }

    [Fact]
    public async Task No_signature_is_refused()
    {
        _outside.Provider.Sign = (_, claims) => ScriptedProvider.Unsigned(claims);

        await RefusedAsync();
    }

    [Fact]
    public async Task A_signature_by_a_shared_secret_is_refused()
    {
        _outside.Provider.Sign = (provider, claims) => provider.Signed(claims, SecurityAlgorithms.HmacSha256);

        await RefusedAsync();
    }

    [Fact]
    public async Task A_changed_token_is_refused()
    {
        _outside.Provider.Sign = (provider, claims) =>
        {
            var parts = provider.Signed(claims, SecurityAlgorithms.RsaSha256).Split('.');
            claims["sub"] = "somebody else";
            return string.Join('.', parts[0], provider.Signed(claims, SecurityAlgorithms.RsaSha256).Split('.')[1], parts[2]);
        };

        await RefusedAsync();
    }

    [Theory]
    [InlineData("RS512")]
    [InlineData("PS256")]
    public async Task Other_signatures_by_a_private_key_are_taken(string algorithm)
    {
        _outside.Provider.Claims = claims => claims.Remove("at_hash");
        _outside.Provider.Sign = (provider, claims) => provider.Signed(claims, algorithm);

        Assert.Equal("/account", (await _outside.SignInAsync(_outside.People.Browser())).Location);
    }

    [Theory]
    [InlineData("&iss=https%3A%2F%2Fevil.example", false)]
    [InlineData("", true)]
    public async Task An_answer_that_names_another_issuer_or_none_where_one_is_announced_is_refused(string more, bool announced)
    {
        _outside.Provider.Metadata = said => said["authorization_response_iss_parameter_supported"] = announced;
        using var browser = _outside.People.Browser();
        var (_, question) = await OutsidePlatform.AskAsync(browser);

        Assert.Contains(NotProven, (await OutsidePlatform.ReturnAsync(browser, question, more: more)).Text, StringComparison.Ordinal);
        Assert.Empty(_outside.Provider.Asked);
    }

    [Theory]
    [InlineData("issuer", "https://evil.example")]
    [InlineData("token_endpoint", "http://169.254.169.254/token")]
    [InlineData("jwks_uri", "file:///etc/passwd")]
    [InlineData("authorization_endpoint", "javascript:alert(1)")]
    public async Task A_provider_that_says_what_cannot_be_is_not_asked(string name, string value)
    {
        _outside.Provider.Metadata = said => said[name] = value;
        using var browser = _outside.People.Browser();
        var page = await browser.SubmitAsync(await browser.GetAsync("/account/sign-in"), new Dictionary<string, string> { ["email"] = "taro@acme.test" });

        Assert.Equal(HttpStatusCode.BadGateway, page.Status);
        Assert.Contains("not set up rightly", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_that_does_not_answer_is_told_and_passwords_stay()
    {
        await _outside.Provider.DisposeAsync();
        using var browser = _outside.People.Browser();
        var page = await browser.SubmitAsync(await browser.GetAsync("/account/sign-in"), new Dictionary<string, string> { ["email"] = "taro@acme.test" });

        Assert.Contains("does not answer", page.Text, StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector("a[href*='way=password']"));
    }

    [Fact]
    public async Task New_keys_are_looked_for_at_most_once_a_minute()
    {
        var time = new FakeTimeProvider();
        var directory = new ProviderDirectory(_outside.People.Platform.Provider.GetRequiredService<IOutsideHttp>(), time);
        var cancellationToken = TestContext.Current.CancellationToken;
        await directory.FindAsync(_outside.Provider.Issuer, cancellationToken);
        _outside.Provider.RotateKeys();

        Assert.Null(await directory.FindNewerAsync(_outside.Provider.Issuer, cancellationToken));
        time.Advance(TimeSpan.FromSeconds(61));
        var newer = await directory.FindNewerAsync(_outside.Provider.Issuer, cancellationToken);
        var kept = await directory.FindAsync(_outside.Provider.Issuer, cancellationToken);

        Assert.Same(newer, kept);
        Assert.Equal(2, _outside.Provider.KeysFetched);
    }

    private async Task RefusedAsync()
    {
        var page = await _outside.SignInAsync(_outside.People.Browser());

        Assert.Equal(HttpStatusCode.Forbidden, page.Status);
        Assert.Contains(NotProven, page.Text, StringComparison.Ordinal);
        Assert.Null(await _outside.AccountAsync());
    }
}
