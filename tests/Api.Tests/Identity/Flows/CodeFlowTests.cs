using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Platform.Api.Identity;
using Platform.Api.Identity.Sessions;
using Platform.Storage.Accounts;
using Platform.Storage.Scopes;

namespace Platform.Api.Tests.Identity.Flows;

/// <summary>Authorization code with PKCE, refresh and what ends it (RFC 6749, RFC 7636, RFC 9700).</summary>
public sealed class CodeFlowTests : IAsyncLifetime
{
    private PeoplePlatform _people = null!;
    private Browser _browser = null!;

    private OidcClient Portal => field ??= _people.Client(_browser);

    public async ValueTask InitializeAsync()
    {
        _people = await PeoplePlatform.StartAsync();
        _browser = _people.Browser();
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _people.DisposeAsync();
    }

    [Fact]
    public async Task A_person_signs_in_and_the_client_acts_with_the_persons_permissions()
    {
        var tokens = await Portal.SignInAsync(PeoplePlatform.Address("analyst"));
        var access = tokens.GetProperty("access_token").GetString()!;
        var (events, _) = await Portal.GetAsync("/v1/events", access);
        var (mailboxes, _) = await Portal.GetAsync("/v1/mailboxes", access);
        var token = new JsonWebToken(access);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (events, mailboxes));
        Assert.Equal("user:" + _people.Analyst, token.Subject);
        Assert.Contains("messages.read", token.GetClaim("scope").Value.Split(' '));
        Assert.DoesNotContain("directory.write", token.GetClaim("scope").Value.Split(' '));
    }

    [Fact]
    public async Task The_id_token_says_who_and_when_and_how_and_can_be_checked_with_the_published_key()
    {
        var tokens = await Portal.SignInAsync(PeoplePlatform.Address("admin"));
        var discovery = await DiscoveryAsync();
        var keys = await _people.Platform.Http.GetStringAsync(new Uri(discovery.GetProperty("jwks_uri").GetString()!), TestContext.Current.CancellationToken);
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(tokens.GetProperty("id_token").GetString(), new TokenValidationParameters
        {
            ValidIssuer = discovery.GetProperty("issuer").GetString(),
            ValidAudience = PeoplePlatform.Portal,
            IssuerSigningKeys = new JsonWebKeySet(keys).GetSigningKeys(),
        });

        Assert.True(result.IsValid, result.Exception?.ToString());
        Assert.Equal(("user:" + _people.Admin, "nonce", "Name of admin", "admin@acme.test"), (result.Claims["sub"], result.Claims["nonce"], result.Claims["name"], result.Claims["email"]));
        Assert.Equal("pwd", ((JsonWebToken)result.SecurityToken).GetClaim("amr").Value.Trim('[', ']', '"'));
    }

    [Theory]
    [InlineData("plain", true)]
    [InlineData("S256", false)]
    [InlineData(null, false)]
    public async Task A_request_without_PKCE_by_S256_is_refused(string? method, bool challenge)
    {
        var path = Portal.AuthorizePath(more: challenge ? [("code_challenge_method", method)] : [("code_challenge", null), ("code_challenge_method", method)]);
        var page = await _browser.GetAsync(path);

        Assert.Equal("invalid_request", page.Location is null ? page.Document.QuerySelector("code")?.TextContent : OidcClient.ErrorOf(page));
    }

    [Fact]
    public async Task A_code_is_good_once_and_for_its_verifier_alone()
    {
        var code = await Portal.CodeAsync(PeoplePlatform.Address("admin"));
        var (wrong, _) = await Portal.RedeemAsync(code, new string('x', 43));
        var fresh = await Portal.CodeAsync(PeoplePlatform.Address("admin"));
        var (first, tokens) = await Portal.RedeemAsync(fresh);
        var (second, again) = await Portal.RedeemAsync(fresh);
        var (after, _) = await Portal.RefreshAsync(tokens.GetProperty("refresh_token").GetString()!);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.OK, HttpStatusCode.BadRequest), (wrong, first, second));
        Assert.Equal("invalid_grant", again.GetProperty("error").GetString());
        Assert.Equal(HttpStatusCode.BadRequest, after);
    }

    [Fact]
    public async Task A_refresh_token_is_good_once_and_shown_again_it_ends_the_whole_family()
    {
        var first = await Portal.SignInAsync(PeoplePlatform.Address("admin"));
        var (_, second) = await Portal.RefreshAsync(first.GetProperty("refresh_token").GetString()!);
        var (before, _) = await Portal.GetAsync("/v1/events", second.GetProperty("access_token").GetString()!);
        var (reused, error) = await Portal.RefreshAsync(first.GetProperty("refresh_token").GetString()!);
        var (newest, _) = await Portal.RefreshAsync(second.GetProperty("refresh_token").GetString()!);
        _people.Platform.Provider.GetRequiredService<LiveTokens>().Forget();
        var (after, _) = await Portal.GetAsync("/v1/events", second.GetProperty("access_token").GetString()!);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.Unauthorized), (before, reused, newest, after));
        Assert.Equal("invalid_grant", error.GetProperty("error").GetString());
    }

    [Fact]
    public async Task An_account_that_is_disabled_gets_no_further_token_and_its_tokens_count_no_more()
    {
        var tokens = await Portal.SignInAsync(PeoplePlatform.Address("analyst"));
        var tenant = _people.Platform.Seed.Acme.Id;
        await _people.Platform.Provider.GetRequiredService<IAccountCommands>().DisableAsync(Scope.System(tenant, "tests"), _people.Analyst, TestContext.Current.CancellationToken);
        var (refresh, _) = await Portal.RefreshAsync(tokens.GetProperty("refresh_token").GetString()!);
        var (events, _) = await Portal.GetAsync("/v1/events", tokens.GetProperty("access_token").GetString()!);
        var page = await _browser.FollowAsync(await _browser.GetAsync(Portal.AuthorizePath()));

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Unauthorized, "Sign in"), (refresh, events, page.Title));
    }

    [Fact]
    public async Task Userinfo_tells_what_was_granted_and_no_more()
    {
        var tokens = await Portal.SignInAsync(PeoplePlatform.Address("admin"), "openid email");
        var (_, claims) = await Portal.GetAsync("/connect/userinfo", tokens.GetProperty("access_token").GetString()!);

        Assert.Equal(["email", "email_verified", "sub"], claims.EnumerateObject().Select(claim => claim.Name).Order());
    }

    [Fact]
    public async Task A_client_of_another_maker_asks_for_consent_once_and_gets_only_what_it_named()
    {
        var partner = _people.Client(_browser, PeoplePlatform.Partner, "partner-secret");
        var tokens = await partner.SignInAsync(PeoplePlatform.Address("admin"), "openid messages.read");
        var again = await _browser.FollowAsync(await _browser.GetAsync(partner.AuthorizePath("openid messages.read")));
        var more = await _browser.FollowAsync(await _browser.GetAsync(partner.AuthorizePath("openid messages.read events.read")));
        var silent = await _browser.GetAsync(partner.AuthorizePath("openid events.read", ("prompt", "none")));

        Assert.Equal("openid messages.read", new JsonWebToken(tokens.GetProperty("access_token").GetString()).GetClaim("scope").Value);
        Assert.NotEmpty(OidcClient.CodeOf(again));
        Assert.Equal("Allow access?", more.Title);
        Assert.Equal("consent_required", OidcClient.ErrorOf(silent));
    }

    [Fact]
    public async Task Who_refuses_gives_nothing()
    {
        var partner = _people.Client(_browser, PeoplePlatform.Partner, "partner-secret");
        await _browser.SignInAsync(PeoplePlatform.Address("admin"), PeoplePlatform.Password);
        var page = await _browser.SubmitAsync(await _browser.GetAsync(partner.AuthorizePath("openid messages.read")), new Dictionary<string, string> { ["decision"] = "refuse" });

        Assert.Equal("access_denied", OidcClient.ErrorOf(page));
    }

    [Fact]
    public async Task Consent_cannot_be_given_by_another_site()
    {
        var partner = _people.Client(_browser, PeoplePlatform.Partner, "partner-secret");
        await _browser.SignInAsync(PeoplePlatform.Address("admin"), PeoplePlatform.Password);
        var page = await _browser.SubmitAsync(
            await _browser.GetAsync(partner.AuthorizePath("openid messages.read")), new Dictionary<string, string> { ["decision"] = "accept", ["__RequestVerificationToken"] = "forged" });

        Assert.Equal("Allow access?", page.Title);
    }

    [Fact]
    public async Task Prompts_and_max_age_are_kept()
    {
        var nobody = await _browser.GetAsync(Portal.AuthorizePath(more: ("prompt", "none")));
        await _browser.SignInAsync(PeoplePlatform.Address("admin"), PeoplePlatform.Password);
        var again = await _browser.FollowAsync(await _browser.GetAsync(Portal.AuthorizePath(more: ("prompt", "login"))));
        var silent = await _browser.GetAsync(Portal.AuthorizePath(more: ("prompt", "none")));

        Assert.Equal(("login_required", "Sign in"), (OidcClient.ErrorOf(nobody), again.Title));
        Assert.NotEmpty(OidcClient.CodeOf(silent));
    }

    [Fact]
    public async Task Max_age_may_be_any_number()
    {
        await _browser.SignInAsync(PeoplePlatform.Address("admin"), PeoplePlatform.Password);

        Assert.NotEmpty(OidcClient.CodeOf(await _browser.GetAsync(Portal.AuthorizePath(more: ("max_age", "1000000000000")))));
    }

    [Fact]
    public async Task Max_age_of_nothing_is_met_by_one_sign_in()
    {
        await _browser.SignInAsync(PeoplePlatform.Address("admin"), PeoplePlatform.Password);
        var page = await _browser.FollowAsync(await _browser.GetAsync(Portal.AuthorizePath(more: ("max_age", "0"))));
        var back = await _browser.FollowAsync(await _browser.SubmitAsync(page, new Dictionary<string, string> { ["email"] = PeoplePlatform.Address("admin"), ["password"] = PeoplePlatform.Password }));

        Assert.Equal("Sign in", page.Title);
        Assert.NotEmpty(OidcClient.CodeOf(back));
    }

    [Fact]
    public async Task An_unregistered_redirect_address_is_shown_as_an_error_and_never_followed()
    {
        var page = await _browser.GetAsync(Portal.AuthorizePath(more: ("redirect_uri", "https://evil.example/")));

        Assert.Equal((HttpStatusCode.BadRequest, null), (page.Status, page.Location));
        Assert.Contains("cannot be answered", page.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logout_with_the_id_token_ends_the_session_and_its_tokens_and_comes_back()
    {
        var tokens = await Portal.SignInAsync(PeoplePlatform.Address("admin"));
        var page = await _browser.GetAsync(
            $"/connect/logout?id_token_hint={tokens.GetProperty("id_token").GetString()}&post_logout_redirect_uri={Uri.EscapeDataString(PeoplePlatform.AfterLogout.ToString())}&state=s");
        var (refresh, _) = await Portal.RefreshAsync(tokens.GetProperty("refresh_token").GetString()!);
        var (events, _) = await Portal.GetAsync("/v1/events", tokens.GetProperty("access_token").GetString()!);

        Assert.Equal($"{PeoplePlatform.AfterLogout}?state=s", page.Location);
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Unauthorized), (refresh, events));
    }

    [Fact]
    public async Task Logout_without_a_proof_asks_first()
    {
        await _browser.SignInAsync(PeoplePlatform.Address("admin"), PeoplePlatform.Password);
        var asked = await _browser.GetAsync("/connect/logout");
        var still = await _browser.GetAsync("/account/");
        var done = await _browser.FollowAsync(await _browser.SubmitAsync(asked, new Dictionary<string, string> { ["decision"] = "sign-out" }));
        var gone = await _browser.FollowAsync(await _browser.GetAsync("/account/"));

        Assert.Equal(("Sign out", "Your account", "You are signed out", "Sign in"), (asked.Title, still.Title, done.Title, gone.Title));
    }

    [Fact]
    public async Task A_confidential_client_may_ask_about_its_tokens_and_give_them_back()
    {
        var partner = _people.Client(_browser, PeoplePlatform.Partner, "partner-secret");
        var tokens = await partner.SignInAsync(PeoplePlatform.Address("admin"), "openid offline_access messages.read");
        var refresh = tokens.GetProperty("refresh_token").GetString()!;
        var (_, before) = await partner.PostAsync("/connect/introspect", new() { ["token"] = refresh });
        var (revoked, _) = await partner.PostAsync("/connect/revoke", new() { ["token"] = refresh });
        var (_, after) = await partner.PostAsync("/connect/introspect", new() { ["token"] = refresh });

        Assert.Equal((true, HttpStatusCode.OK, false), (before.GetProperty("active").GetBoolean(), revoked, after.GetProperty("active").GetBoolean()));
    }

    [Fact]
    public async Task Nothing_is_kept_of_client_credentials()
    {
        await _people.Platform.TokenAsync("acme-api");
        var rows = await _people.InScopeAsync<IdentityDb, int>(async db =>
            await db.Set<OpenIddict.EntityFrameworkCore.Models.OpenIddictEntityFrameworkCoreToken>().CountAsync() + await db.Set<OpenIddict.EntityFrameworkCore.Models.OpenIddictEntityFrameworkCoreAuthorization>().CountAsync());

        Assert.Equal(0, rows);
    }

    [Fact]
    public async Task Discovery_says_what_is_served()
    {
        var discovery = await DiscoveryAsync();

        Assert.Equal(["authorization_code", "client_credentials", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"], Values("grant_types_supported"));
        Assert.Equal(["S256"], Values("code_challenge_methods_supported"));
        Assert.Equal(["code"], Values("response_types_supported"));
        Assert.Equal(["form_post", "query"], Values("response_modes_supported"));
        Assert.Equal([], Permissions.All.Concat(["openid", "profile", "email", "offline_access"]).Except(Values("scopes_supported")));
        foreach (var endpoint in discovery.EnumerateObject().Where(property => property.Name.EndsWith("_endpoint", StringComparison.Ordinal)))
            using (var response = await _people.Platform.Http.GetAsync(new Uri(endpoint.Value.GetString()!), TestContext.Current.CancellationToken))
                Assert.True(response.StatusCode is not HttpStatusCode.NotFound, endpoint.Name);

        string[] Values(string name) => [.. discovery.GetProperty(name).EnumerateArray().Select(value => value.GetString()!).Order(StringComparer.Ordinal)];
    }

    private async Task<JsonElement> DiscoveryAsync() =>
        JsonSerializer.Deserialize<JsonElement>(await _people.Platform.Http.GetStringAsync(new Uri("/.well-known/openid-configuration", UriKind.Relative), TestContext.Current.CancellationToken));
}
