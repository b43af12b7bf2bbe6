using System.Text;
using System.Text.Json;
using Platform.Api.GraphQL.Transport;
using Platform.Api.Tests.Hosting;

namespace Platform.Api.Tests.GraphQL;

public sealed class PersistedDocumentsTests(TestPlatform platform) : IClassFixture<TestPlatform>
{
    private const string Document = "{ viewer { id } }";

    [Fact]
    public async Task A_document_sent_once_may_be_named_by_its_hash_after()
    {
        var text = "{ viewer { id actor } }";

        Assert.Equal("PERSISTED_QUERY_NOT_FOUND", Code(await SendAsync("globex-siem", null, Hash(text))));
        Assert.Equal("globex-siem", Viewer(await SendAsync("globex-siem", text, Hash(text))));
        Assert.Equal("globex-siem", Viewer(await SendAsync("globex-siem", null, Hash(text))));
        // What one tenant sent is nothing to another.
        Assert.Equal("PERSISTED_QUERY_NOT_FOUND", Code(await SendAsync("acme-siem", null, Hash(text))));
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", "PERSISTED_QUERY_MISMATCH")]
    [InlineData("short", "BAD_USER_INPUT")]
    public async Task A_hash_that_is_not_the_documents_is_refused(string hash, string code) => Assert.Equal(code, Code(await SendAsync("globex-api", Document, hash)));

    [Fact]
    public async Task A_client_bound_to_registered_documents_sends_no_other()
    {
        var registered = "{ viewer { id language } }";
        await platform.DataAsync(
            "acme-api", "mutation($d: RegisterDocumentsInput!, $c: ChangeApiClientInput!) { registerDocuments(input: $d) { errors { code } } changeApiClient(input: $c) { client { documents onlyRegisteredDocuments } errors { code } } }",
            new { d = new { clientId = "acme-siem", documents = new[] { registered } }, c = new { clientId = "acme-siem", onlyRegisteredDocuments = true } });

        Assert.Equal("acme-siem", Viewer(await SendAsync("acme-siem", null, Hash(registered))));
        Assert.Equal("acme-siem", Viewer(await SendAsync("acme-siem", registered, null)));
        Assert.Equal("DOCUMENT_NOT_REGISTERED", Code(await SendAsync("acme-siem", Document, null)));
        Assert.Equal("DOCUMENT_NOT_REGISTERED", Code(await SendAsync("acme-siem", Document, Hash(Document))));
        Assert.Equal("PERSISTED_QUERY_NOT_FOUND", Code(await SendAsync("acme-siem", null, Hash(Document))));
    }

    private static string Hash(string text) => PersistedDocuments.Sha256(text);

    private static string? Viewer(JsonElement result) => result.GetProperty("data").GetProperty("viewer").GetProperty("id").GetString();

    private static string? Code(JsonElement result) => result.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString();

    private async Task<JsonElement> SendAsync(string client, string? query, string? hash)
    {
        var body = new Dictionary<string, object?>();
        if (query is not null)
            body["query"] = query;
        if (hash is not null)
            body["extensions"] = new { persistedQuery = new { version = 1, sha256Hash = hash } };
        using var content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        using var response = await platform.SendAsync(client, HttpMethod.Post, "/graphql", content);
        return JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
