using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Platform.Api.Tests.Identity.Flows;

/// <summary>An application as its maker writes it: sends the browser to sign in, takes the code, keeps tokens.</summary>
internal sealed class OidcClient(HttpClient http, Browser browser, string clientId, string? secret = null)
{
    public const string State = "state of the client";
    public const string EverydayScope = "openid profile email offline_access";

    private readonly string _verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public string AuthorizePath(string scope = EverydayScope, params (string Name, string? Value)[] more)
    {
        var parameters = new Dictionary<string, string?>
        {
            ["client_id"] = clientId,
            ["response_type"] = "code",
            ["redirect_uri"] = PeoplePlatform.Callback.ToString(),
            ["scope"] = scope,
            ["state"] = State,
            ["nonce"] = "nonce",
            ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(_verifier))),
            ["code_challenge_method"] = "S256",
        };
        foreach (var (name, value) in more)
            parameters[name] = value;
        return "/connect/authorize" + QueryString.Create(parameters.Where(pair => pair.Value is not null));
    }

    /// <summary>Signs in at the pages and comes back with a code.</summary>
    public async Task<string> CodeAsync(string email, string scope = EverydayScope)
    {
        var page = await browser.FollowAsync(await browser.GetAsync(AuthorizePath(scope)));
        if (page.Title == "Sign in")
            page = await browser.FollowAsync(await browser.SubmitAsync(page, new Dictionary<string, string> { ["email"] = email, ["password"] = PeoplePlatform.Password }));
        if (page.Title == "Allow access?")
            page = await browser.FollowAsync(await browser.SubmitAsync(page, new Dictionary<string, string> { ["decision"] = "accept" }));
        return CodeOf(page);
    }

    public async Task<JsonElement> SignInAsync(string email, string scope = EverydayScope)
    {
        var (status, tokens) = await RedeemAsync(await CodeAsync(email, scope));
        Assert.True(status == HttpStatusCode.OK, tokens.ToString());
        return tokens;
    }

    public static string CodeOf(Page page)
    {
        Assert.True(page.Location?.StartsWith(PeoplePlatform.Callback.ToString(), StringComparison.Ordinal), $"{page.Status} {page.Location} {page.Text}");
        var answer = QueryHelpers.ParseQuery(new Uri(page.Location!).Query);
        Assert.Equal(State, answer["state"]);
        return answer["code"].ToString();
    }

    public static string? ErrorOf(Page page) => page.Location is null ? null : QueryHelpers.ParseQuery(new Uri(page.Location).Query)["error"].ToString();

    public Task<(HttpStatusCode Status, JsonElement Answer)> RedeemAsync(string code, string? verifier = null) => TokenAsync(new()
    {
        ["grant_type"] = "authorization_code",
        ["code"] = code,
        ["redirect_uri"] = PeoplePlatform.Callback.ToString(),
        ["code_verifier"] = verifier ?? _verifier,
    });

    public Task<(HttpStatusCode Status, JsonElement Answer)> RefreshAsync(string refreshToken) =>
        TokenAsync(new() { ["grant_type"] = "refresh_token", ["refresh_token"] = refreshToken });

    public Task<(HttpStatusCode Status, JsonElement Answer)> TokenAsync(Dictionary<string, string> form) => PostAsync("/connect/token", form);

    public async Task<(HttpStatusCode Status, JsonElement Answer)> PostAsync(string path, Dictionary<string, string> form)
    {
        form["client_id"] = clientId;
        if (secret is not null)
            form["client_secret"] = secret;
        using var content = new FormUrlEncodedContent(form);
        using var response = await http.PostAsync(new Uri(path, UriKind.Relative), content, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (response.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text));
    }

    public async Task<(HttpStatusCode Status, JsonElement Answer)> GetAsync(string path, string accessToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken) : default);
    }
}
