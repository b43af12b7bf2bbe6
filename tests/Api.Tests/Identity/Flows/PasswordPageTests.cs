using System.Net;

namespace Platform.Api.Tests.Identity.Flows;

public sealed class PasswordPageTests : IAsyncLifetime
{
    private PeoplePlatform _people = null!;
    private Browser _browser = null!;

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

    [Theory]
    [InlineData("admin@acme.test", "wrong but long enough")]
    [InlineData("nobody@acme.test", PeoplePlatform.Password)]
    [InlineData("not an address", PeoplePlatform.Password)]
    [InlineData("", "")]
    public async Task Whatever_is_wrong_the_answer_is_the_same(string email, string password)
    {
        var page = await _browser.SignInAsync(email, password);

        Assert.Equal((HttpStatusCode.Unauthorized, "The address or the password is not right. Check both and try again."), (page.Status, page.Alert));
        Assert.DoesNotContain(page.Headers.Keys, name => name == "Set-Cookie");
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("/account\\..\\..")]
    [InlineData("/accountant")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/account?x=\r\nSet-Cookie: a=b")]
    public async Task A_sign_in_never_leads_to_another_site(string returnUrl)
    {
        var page = await _browser.SignInAsync(PeoplePlatform.Address("admin"), PeoplePlatform.Password, returnUrl);

        Assert.Equal("/account", page.Location);
    }

    [Fact]
    public async Task A_form_of_another_site_signs_nobody_in()
    {
        var page = await _browser.PostAsync("/account/sign-in", new Dictionary<string, string> { ["email"] = PeoplePlatform.Address("admin"), ["password"] = PeoplePlatform.Password });

        Assert.Equal((HttpStatusCode.BadRequest, "This form has expired"), (page.Status, page.Title));
    }

    [Fact]
    public async Task The_session_cookie_is_for_the_server_alone_and_falls_with_the_session()
    {
        var page = await _browser.SignInAsync(PeoplePlatform.Address("admin"), PeoplePlatform.Password);
        var cookie = page.Headers["Set-Cookie"];
        var home = await _browser.FollowAsync(page);
        var kept = _browser.Cookies.GetCookies(_people.Platform.Address)["session"]!.Value;
        await _browser.SubmitAsync(home, new Dictionary<string, string>(), "/account/sign-out");
        _browser.Cookies.Add(new Cookie("session", kept, "/", _people.Platform.Address.Host));
        var stolen = await _browser.FollowAsync(await _browser.GetAsync("/account/"));

        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("Sign in", stolen.Title);
    }

    [Theory]
    [InlineData("ja", "サインイン")]
    [InlineData("en", "Sign in")]
    [InlineData("fr", "Sign in")]
    public async Task Pages_speak_the_browsers_language(string language, string title)
    {
        using var browser = _people.Browser(language);
        var page = await browser.GetAsync("/account/sign-in");

        Assert.Equal(title, page.Title);
        Assert.Equal(language == "ja" ? "ja" : "en", page.Document.DocumentElement.GetAttribute("lang"));
    }

    [Fact]
    public async Task Pages_are_neither_framed_nor_cached_and_run_only_our_script()
    {
        var page = await _browser.GetAsync("/account/sign-in");

        Assert.Contains("frame-ancestors 'none'", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Equal(("no-store", "nosniff"), (page.Headers["Cache-Control"], page.Headers["X-Content-Type-Options"]));
        Assert.Empty(page.Document.QuerySelectorAll("[style], script:not([src]), [onclick]"));
    }
}
