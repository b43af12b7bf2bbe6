using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Platform.Api.Tests.Identity.Flows;

/// <summary>A browser without script: keeps cookies, sends forms with their hidden fields, and shows each redirect.</summary>
internal sealed class Browser : IDisposable
{
    private readonly HttpClient _http;

    public Browser(Uri address, string language = "en")
    {
        _http = new HttpClient(new SocketsHttpHandler { CookieContainer = Cookies, AllowAutoRedirect = false }) { BaseAddress = address };
        _http.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("Tests/1.0");
    }

    public CookieContainer Cookies { get; } = new();

    public Task<Page> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    /// <summary>Sends the first form of the page (or the one sent to <paramref name="action"/>), its own values overlaid with these.</summary>
    public Task<Page> SubmitAsync(Page page, IReadOnlyDictionary<string, string> values, string? action = null)
    {
        var form = page.Document.Forms.First(candidate => candidate.Method == "post" && (action is null || candidate.GetAttribute("action") == action));
        var fields = form.QuerySelectorAll("input").OfType<IHtmlInputElement>().Where(input => input.Name is not null).ToDictionary(input => input.Name!, input => input.Value);
        foreach (var (name, value) in values)
            fields[name] = value;
        return PostAsync(form.GetAttribute("action") is { Length: > 0 } target ? target : page.Path, fields);
    }

    public Task<Page> PostAsync(string path, IReadOnlyDictionary<string, string> fields) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields) });

    /// <summary>Follows redirects as long as they stay on this site.</summary>
    public async Task<Page> FollowAsync(Page page)
    {
        while (page.Location is { } location && location.StartsWith('/'))
            page = await GetAsync(location);
        return page;
    }

    public async Task<Page> SignInAsync(string email, string password, string? returnUrl = null)
    {
        var page = await GetAsync("/account/sign-in" + (returnUrl is null ? "" : "?returnUrl=" + Uri.EscapeDataString(returnUrl)));
        return await SubmitAsync(page, new Dictionary<string, string> { ["email"] = email, ["password"] = password });
    }

    public void Dispose() => _http.Dispose();

    private async Task<Page> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
            var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            var location = response.Headers.Location is { } target
                ? target.IsAbsoluteUri && target.GetLeftPart(UriPartial.Authority) == _http.BaseAddress!.GetLeftPart(UriPartial.Authority) ? target.PathAndQuery : target.ToString()
                : null;
            return new Page(response.StatusCode, location, new HtmlParser().ParseDocument(text), request.RequestUri!.ToString(), response.Headers.ToDictionary(h => h.Key, h => string.Join(", ", h.Value)));
        }
    }
}

internal sealed record Page(HttpStatusCode Status, string? Location, IHtmlDocument Document, string Path, IReadOnlyDictionary<string, string> Headers)
{
    public string Title => Document.QuerySelector("h1")?.TextContent ?? "";

    public string Text => Document.Body?.TextContent ?? "";

    public string? Alert => Document.QuerySelector("[role=alert]:not([hidden])")?.TextContent.Trim();
}
