using System.Net;
using Microsoft.IdentityModel.JsonWebTokens;
using Platform.Api.Tests.Identity.Flows;

namespace Platform.Api.Tests.Identity.Outside;

/// <summary>A provider lets in whom it knows without asking for anything: what needs a sign-in of the last minutes goes by when it last asked.</summary>
public sealed class OutsideFreshnessTests : IAsyncLifetime
{
    private const string ChangesTheWayIn = "/account/authenticator";
    private OutsidePlatform _outside = null!;

    public async ValueTask InitializeAsync() => _outside = await OutsidePlatform.StartAsync();

    public ValueTask DisposeAsync() => _outside.DisposeAsync();

    [Theory]
    [InlineData(null)]
    [InlineData(16 * 60)]
    [InlineData(0)]
    public async Task Only_who_proved_it_within_the_last_minutes_may_change_the_way_in(int? secondsAgo)
    {
        ProvedBefore(secondsAgo);
        using var browser = _outside.People.Browser();
        await _outside.SignInAsync(browser);

        Assert.Equal(secondsAgo == 0 ? null : "/account/sign-in?again=true", (await browser.GetAsync(ChangesTheWayIn)).Location);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account")).Status);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"1700000000\"")]
    [InlineData("-1")]
    [InlineData("1e300")]
    public async Task What_is_no_moment_proves_nothing(string said)
    {
        _outside.Provider.Claims = claims => claims["auth_time"] = System.Text.Json.JsonDocument.Parse(said).RootElement;
        using var browser = _outside.People.Browser();
        await _outside.SignInAsync(browser);

        Assert.Equal("/account/sign-in?again=true", (await browser.GetAsync(ChangesTheWayIn)).Location);
    }

    [Fact]
    public async Task Asked_anew_the_provider_has_to_ask_the_person_and_to_say_when_it_did()
    {
        using var browser = _outside.People.Browser();
        await _outside.SignInAsync(browser);
        var question = await AskAgainAsync(browser);
        ProvedBefore(0);
        await OutsidePlatform.ReturnAsync(browser, question);

        Assert.Equal(("login", "900"), (question["prompt"], question["max_age"]));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(ChangesTheWayIn)).Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(5 * 60)]
    public async Task A_provider_that_did_not_ask_anew_is_told_to_the_person(int? secondsAgo)
    {
        using var browser = _outside.People.Browser();
        await _outside.SignInAsync(browser);
        ProvedBefore(secondsAgo);
        var page = await OutsidePlatform.ReturnAsync(browser, await AskAgainAsync(browser));

        Assert.Equal((HttpStatusCode.Forbidden, true), (page.Status, page.Text.Contains("did not confirm that you signed in just now", StringComparison.Ordinal)));
        Assert.Equal("/account/sign-in?again=true", (await browser.GetAsync(ChangesTheWayIn)).Location);
        Assert.All(page.Document.QuerySelectorAll("a[href^='/account/sign-in']"), link => Assert.Contains("again=true", link.GetAttribute("href"), StringComparison.Ordinal));
        Assert.Equal("notAnew", Assert.Single(await _outside.EventsAsync("sign-in.refused")).Data.GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData(3600)]
    public async Task Applications_are_told_what_the_provider_told(int? secondsAgo)
    {
        ProvedBefore(secondsAgo);
        using var browser = _outside.People.Browser();
        await _outside.SignInAsync(browser);
        var portal = _outside.People.Client(browser);
        var (_, tokens) = await portal.RedeemAsync(OidcClient.CodeOf(await browser.GetAsync(portal.AuthorizePath())));
        var told = new JsonWebToken(tokens.GetProperty("id_token").GetString()).TryGetPayloadValue<long>("auth_time", out var at) ? (long?)at : null;

        Assert.Equal(secondsAgo is null, told is null);
        Assert.True(told is null || Math.Abs(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - secondsAgo!.Value - told.Value) < 60);
    }

    private static async Task<IReadOnlyDictionary<string, string>> AskAgainAsync(Browser browser)
    {
        var page = await browser.FollowAsync(await browser.GetAsync(ChangesTheWayIn));
        var leading = await browser.SubmitAsync(page, new Dictionary<string, string> { ["email"] = "taro@acme.test" });
        var query = new Uri(leading.Document.GetElementById("lead")!.GetAttribute("href")!).Query;
        return Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(query).ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
    }

    private void ProvedBefore(int? seconds) => _outside.Provider.Claims = claims =>
    {
        if (seconds is { } age)
            claims["auth_time"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds() - age;
    };
}
