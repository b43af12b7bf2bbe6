using System.Net;
using System.Text.Json;

namespace Platform.Api.Tests.Identity.Flows;

/// <summary>Device authorization grant (RFC 8628).</summary>
public sealed class DeviceFlowTests : IAsyncLifetime
{
    private PeoplePlatform _people = null!;
    private Browser _browser = null!;

    private OidcClient Device => field ??= _people.Client(_browser, PeoplePlatform.Console);

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
    public async Task A_device_waits_until_the_person_lets_it_in_and_its_session_can_be_ended_alone()
    {
        var codes = await AskAsync();
        var (_, pending) = await PollAsync(codes);
        await _browser.SignInAsync(PeoplePlatform.Address("admin"), PeoplePlatform.Password);
        var shown = await _browser.GetAsync(new Uri(codes.GetProperty("verification_uri_complete").GetString()!).PathAndQuery);
        var done = await _browser.FollowAsync(await _browser.SubmitAsync(shown, new Dictionary<string, string> { ["decision"] = "accept" }));
        var (status, tokens) = await PollAsync(codes);
        var (before, _) = await Device.GetAsync("/v1/events", tokens.GetProperty("access_token").GetString()!);
        await _browser.SubmitAsync(await _browser.GetAsync("/account"), new Dictionary<string, string>(), "/account/sessions/end");
        var (after, _) = await Device.GetAsync("/v1/events", tokens.GetProperty("access_token").GetString()!);

        Assert.Equal("authorization_pending", pending.GetProperty("error").GetString());
        Assert.Contains("Console", shown.Text, StringComparison.Ordinal);
        Assert.Equal("The device is signed in", done.Title);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Unauthorized), (status, before, after));
        Assert.Equal("Your account", (await _browser.GetAsync("/account")).Title);
    }

    [Fact]
    public async Task A_device_that_is_refused_is_told_so()
    {
        var codes = await AskAsync();
        await _browser.SignInAsync(PeoplePlatform.Address("admin"), PeoplePlatform.Password);
        var shown = await _browser.GetAsync(new Uri(codes.GetProperty("verification_uri_complete").GetString()!).PathAndQuery);
        var done = await _browser.FollowAsync(await _browser.SubmitAsync(shown, new Dictionary<string, string> { ["decision"] = "refuse" }));
        var (_, answer) = await PollAsync(codes);

        Assert.Equal(("The device was refused", "access_denied"), (done.Title, answer.GetProperty("error").GetString()));
    }

    [Fact]
    public async Task Without_a_sign_in_the_code_leads_to_it_and_back()
    {
        var codes = await AskAsync();
        var page = await _browser.FollowAsync(await _browser.GetAsync(new Uri(codes.GetProperty("verification_uri_complete").GetString()!).PathAndQuery));
        var back = await _browser.FollowAsync(await _browser.SubmitAsync(
            page, new Dictionary<string, string> { ["email"] = PeoplePlatform.Address("admin"), ["password"] = PeoplePlatform.Password }));

        Assert.Equal(("Sign in", "Let a device in"), (page.Title, back.Title));
        Assert.Contains(codes.GetProperty("user_code").GetString()!, back.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_code_is_asked_for_again()
    {
        await _browser.SignInAsync(PeoplePlatform.Address("admin"), PeoplePlatform.Password);
        var empty = await _browser.GetAsync("/connect/verify");
        var wrong = await _browser.GetAsync("/connect/verify?user_code=0000-0000-0000");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.BadRequest), (empty.Status, wrong.Status));
        Assert.Contains("not known", wrong.Document.GetElementById("user_code-error")!.TextContent, StringComparison.Ordinal);
    }

    private async Task<JsonElement> AskAsync()
    {
        var (status, codes) = await Device.PostAsync("/connect/device", new() { ["scope"] = OidcClient.EverydayScope });
        Assert.True(status == HttpStatusCode.OK, codes.ToString());
        return codes;
    }

    private Task<(HttpStatusCode Status, JsonElement Answer)> PollAsync(JsonElement codes) => Device.TokenAsync(new()
    {
        ["grant_type"] = "urn:ietf:params:oauth:grant-type:device_code",
        ["device_code"] = codes.GetProperty("device_code").GetString()!,
    });
}
