using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Platform.Api.Identity;
using Platform.Api.Tests.Hosting;
using Platform.Storage.Scopes;

namespace Platform.Api.Tests.Identity;

public sealed class TokenTests(TestPlatform platform)
{
    [Fact]
    public async Task A_token_can_be_checked_by_anybody_with_the_published_key()
    {
        var token = await platform.TokenAsync("acme-siem");
        var discovery = await platform.Http.GetFromJsonAsync<JsonElement>("/.well-known/openid-configuration", TestContext.Current.CancellationToken);
        var keys = await platform.Http.GetStringAsync(new Uri(discovery.GetProperty("jwks_uri").GetString()!), TestContext.Current.CancellationToken);

        var result = await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = discovery.GetProperty("issuer").GetString(),
            ValidateAudience = false,
            IssuerSigningKeys = new JsonWebKeySet(keys).GetSigningKeys(),
        });

        Assert.True(result.IsValid, result.Exception?.ToString());
        Assert.Equal("acme-siem", result.Claims["sub"]);
    }

    [Theory]
    [InlineData("acme-siem", "wrong")]
    [InlineData("nobody", "nobody-secret")]
    public async Task A_wrong_secret_and_an_unknown_client_are_refused_alike(string clientId, string secret)
    {
        using var response = await platform.RequestTokenAsync(clientId, secret);
        var error = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);

        Assert.Equal("invalid_client", error.GetProperty("error").GetString());
        Assert.False(error.TryGetProperty("access_token", out _));
    }

    [Fact]
    public async Task A_token_asked_for_less_can_do_less()
    {
        using var response = await platform.RequestTokenAsync("acme-api", "acme-api-secret", "events.read");
        var token = (await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("access_token").GetString()!;

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (await StatusAsync(token, "/v1/events"), await StatusAsync(token, "/v1/mailboxes")));
    }

    [Fact]
    public async Task A_token_asked_for_more_than_its_client_holds_gets_no_more()
    {
        using var response = await platform.RequestTokenAsync("acme-siem", "acme-siem-secret", "events.read messages.content");
        var token = (await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("access_token").GetString()!;

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (await StatusAsync(token, "/v1/events"), await StatusAsync(token, $"/v1/messages/{platform.Seed.Acme.GlobalMessage(0)}/raw")));
    }

    [Fact]
    public async Task A_token_whose_signature_was_changed_is_refused()
    {
        var token = await platform.TokenAsync("acme-siem");
        var parts = token.Split('.');
        var changed = $"{parts[0]}.{parts[1]}.{(parts[2][0] == 'A' ? 'B' : 'A')}{parts[2][1..]}";

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(changed, "/v1/events"));
    }

    [Fact]
    public async Task A_token_holds_under_every_name_the_server_is_reached_by()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/v1/events", UriKind.Relative));
        request.Headers.Host = "localhost:" + platform.Address.Port;
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await platform.TokenAsync("acme-siem"));
        using var response = await platform.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_server_with_an_address_of_its_own_issues_and_takes_tokens_of_that_address()
    {
        await using var own = new TestPlatform { Change = settings => settings with { Issuer = new Uri("https://platform.example/") } };
        await own.InitializeAsync();
        var token = await own.TokenAsync("acme-siem");
        using var response = await own.SendAsync("acme-siem", HttpMethod.Get, "/v1/events");

        Assert.Equal("https://platform.example/", new JsonWebToken(token).Issuer);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_client_past_its_end_gets_no_token()
    {
        await EnsureAsync("ended", TimeProvider.System.GetUtcNow().AddMinutes(-1));
        using var response = await platform.RequestTokenAsync("ended", "ended-secret");

        Assert.False(response.IsSuccessStatusCode);
        Assert.Equal("invalid_client", (await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("error").GetString());
    }

    [Fact]
    public async Task A_token_ends_with_its_client()
    {
        await EnsureAsync("removed", null);
        var token = await platform.TokenAsync("removed");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(token, "/v1/events"));
        await platform.Provider.GetRequiredService<IClientRegistry>().RemoveAsync("removed", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(token, "/v1/events"));
    }

    [Fact]
    public async Task The_last_use_of_a_client_is_shown()
    {
        await EnsureAsync("used", null);
        await StatusAsync(await platform.TokenAsync("used"), "/v1/events");
        var clients = await platform.Provider.GetRequiredService<IClientRegistry>().ListAsync(new HashSet<Guid> { platform.Seed.Acme.Id }, null, TestContext.Current.CancellationToken);

        Assert.NotNull(clients.Single(pair => pair.Client.ClientId == "used").LastUsedAt);
    }

    [Fact]
    public async Task A_secret_changed_by_a_seed_holds_at_once()
    {
        await EnsureAsync("reseeded", null);
        await platform.Provider.GetRequiredService<IClientRegistry>().EnsureAsync("reseeded", "other-secret", "x", [platform.Seed.Acme.Id], null, Permissions.ReadOnly, TestContext.Current.CancellationToken);
        using var old = await platform.RequestTokenAsync("reseeded", "reseeded-secret");
        using var now = await platform.RequestTokenAsync("reseeded", "other-secret");

        Assert.Equal((false, true), (old.IsSuccessStatusCode, now.IsSuccessStatusCode));
    }

    private Task EnsureAsync(string clientId, DateTimeOffset? expiresAt) => platform.Provider.GetRequiredService<IClientRegistry>().EnsureAsync(
        new ApiClient(clientId, clientId, [platform.Seed.Acme.Id], null, Permissions.ReadOnly, expiresAt), clientId + "-secret", TestContext.Current.CancellationToken);

    private async Task<HttpStatusCode> StatusAsync(string token, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await platform.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
