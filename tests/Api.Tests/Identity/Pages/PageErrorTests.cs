using System.Net;
using AngleSharp.Html.Parser;
using Platform.Api.Edge;
using Platform.Api.Tests.Hosting;

namespace Platform.Api.Tests.Identity.Pages;

/// <summary>What goes wrong below <c>/account</c> is told to a browser as a page, and to a program as problem details.</summary>
public sealed class PageErrorTests : IAsyncLifetime
{
    private readonly TestPlatform _platform = new() { Change = settings => settings with { RateLimits = new RateLimitSettings(ClientPerMinute: 100, AddressPerMinute: 4) } };

    public ValueTask InitializeAsync() => _platform.InitializeAsync();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Theory]
    [InlineData("/account/nowhere", HttpStatusCode.NotFound, "There is no such page", "en")]
    [InlineData("/account/nowhere", HttpStatusCode.NotFound, "このページはありません", "ja")]
    [InlineData("/account/sign-out", HttpStatusCode.MethodNotAllowed, "There is no such page", "en")]
    public async Task A_browser_is_shown_a_page_in_its_language(string path, HttpStatusCode status, string title, string language)
    {
        using var response = await GetAsync(path, "text/html", language);

        Assert.Equal((status, title), (response.StatusCode, await TitleAsync(response)));
    }

    [Theory]
    [InlineData("text/html,*/*;q=0.8", "text/html")]
    [InlineData("application/json", "application/problem+json")]
    public async Task Too_many_requests_are_told_in_the_form_that_was_asked_for(string accept, string type)
    {
        for (var i = 0; i < 4; i++)
            (await GetAsync("/account/sign-in", accept, "en")).Dispose();
        using var response = await GetAsync("/account/sign-in", accept, "en");

        Assert.Equal((HttpStatusCode.TooManyRequests, type), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.NotNull(response.Headers.RetryAfter);
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string accept, string language)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Accept.ParseAdd(accept);
        request.Headers.AcceptLanguage.ParseAdd(language);
        return await _platform.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task<string?> TitleAsync(HttpResponseMessage response) =>
        new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).QuerySelector("h1")?.TextContent;
}
