using System.Text.RegularExpressions;
using Platform.Api.Tests.Hosting;

namespace Platform.Api.Tests.Rest;

public sealed partial class ReferencePagesTests(TestPlatform platform)
{
    [Theory]
    [InlineData("/docs/api", "en", "API reference")]
    [InlineData("/docs/api", "ja", "API リファレンス")]
    [InlineData("/docs/api/rest", "ja", "/v1/messages/{id}/raw")]
    [InlineData("/docs/api/graphql", "en", "releaseDelivery")]
    [InlineData("/graphql", "ja", "GraphQL エクスプローラー")]
    public async Task A_browser_gets_a_page_in_its_language_that_needs_nothing_from_elsewhere(string path, string language, string holds)
    {
        using var response = await platform.SendAsync(null, HttpMethod.Get, path, null, ("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"), ("Accept-Language", language));
        var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains(holds, html, StringComparison.Ordinal);
        Assert.Contains($"<html lang=\"{language}\">", html, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.DoesNotMatch(Elsewhere(), html);
        foreach (Match link in OwnLinks().Matches(html))
        {
            using var linked = await platform.SendAsync(null, HttpMethod.Get, link.Groups[1].Value, null, ("Accept", "text/html, */*;q=0.5"));
            Assert.True(linked.IsSuccessStatusCode, link.Value);
        }
    }

    [Fact]
    public async Task A_program_without_a_token_still_gets_401_at_graphql()
    {
        using var response = await platform.SendAsync(null, HttpMethod.Get, "/graphql?query={viewer{id}}", null, ("Accept", "text/html"));

        Assert.Equal(401, (int)response.StatusCode);
    }

    [GeneratedRegex("(?:src|href)=\"(?:https?:)?//")]
    private static partial Regex Elsewhere();

    [GeneratedRegex("(?:src|href)=\"(/[^\"]+)\"")]
    private static partial Regex OwnLinks();
}
