using System.Net;
using System.Text;
using System.Text.Json;
using Platform.Api.Tests.Hosting;

namespace Platform.Api.Tests.GraphQL;

public sealed class HostileRequestTests(TestPlatform platform) : IClassFixture<TestPlatform>
{
    [Theory]
    [InlineData("\\ud800")]
    [InlineData("\xff")]
    public async Task Text_that_is_no_Unicode_is_told_as_the_senders_fault(string inText)
    {
        var json = "{\"query\":\"{ viewer { id } }\",\"operationName\":\"" + inText + "\"}";
        using var content = new ByteArrayContent(Encoding.Latin1.GetBytes(json));
        content.Headers.ContentType = new("application/json");

        using var response = await platform.SendAsync("acme-api", HttpMethod.Post, "/graphql", content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("{\"a\":\"\\ud800\"}")]
    [InlineData("{\"a\":[\"\\udc00x\"]}")]
    public async Task Variables_that_are_no_Unicode_are_told_as_the_senders_fault(string variables)
    {
        using var content = new StringContent("{\"query\":\"query($a: String) { messages(search: $a) { totalCount } }\",\"variables\":" + variables + "}", Encoding.UTF8, "application/json");

        using var response = await platform.SendAsync("acme-api", HttpMethod.Post, "/graphql", content);

        Assert.DoesNotContain("INTERNAL", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Half_a_surrogate_pair_in_the_document_finds_nothing()
    {
        var result = await platform.ResultAsync("acme-api", "{ messages(search: \"\\ud800\") { totalCount } }");

        Assert.DoesNotContain("INTERNAL", result.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Thousands_of_aliases_of_a_cheap_root_field_are_too_much()
    {
        var document = "{ " + string.Join(' ', Enumerable.Range(0, 600).Select(i => $"a{i}: messages(first: 0) {{ totalCount }}")) + " }";

        Assert.Contains("too complex", First(await platform.ResultAsync("acme-api", document)).GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Previews_of_a_whole_page_are_too_much()
    {
        Assert.Contains(
            "too complex",
            First(await platform.ResultAsync("acme-api", "{ messages(first: 100) { nodes { preview { text } } } }")).GetProperty("message").GetString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_no_events_is_refused_by_name()
    {
        Assert.Equal("BAD_USER_INPUT", Code(First(await platform.ResultAsync("acme-api", "{ events(first: 0) { nextCursor } }"))));
    }

    [Fact]
    public async Task A_document_too_large_has_a_code_to_branch_on()
    {
        Assert.Equal("DOCUMENT_TOO_LARGE", Code(First(await platform.ResultAsync("acme-api", "{ " + string.Concat(Enumerable.Repeat("__typename ", 3_000)) + "}"))));
    }

    private static JsonElement First(JsonElement result) => result.GetProperty("errors")[0];

    private static string? Code(JsonElement error) => error.GetProperty("extensions").GetProperty("code").GetString();
}
