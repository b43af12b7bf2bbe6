using System.Text;
using System.Text.Json;
using Platform.Api.Tests.Hosting;

namespace Platform.Api.Tests.GraphQL;

/// <summary>Documents made to cost much are refused before any of them runs.</summary>
public sealed class AbusiveDocumentsTests(TestPlatform platform)
{
    public static TheoryData<string, string, string> Documents => new()
    {
        { "aliases of a root field", Repeated(600, i => $"a{i}: messages(first: 0) {{ totalCount }}"), "DOCUMENT_TOO_COSTLY" },
        { "aliases without end", Repeated(3_000, i => $"a{i}: __typename"), "DOCUMENT_TOO_LARGE" },
        { "directives without end", $"{{ viewer {string.Concat(Enumerable.Repeat("@skip(if: false) ", 2_500))}{{ id }} }}", "DOCUMENT_TOO_LARGE" },
        { "a fragment within itself", "{ viewer { ...A } } fragment A on Viewer { id ...A }", "GRAPHQL_VALIDATION_FAILED" },
        { "fragments that spread each other twice", Doubling(30), "DOCUMENT_TOO_LARGE" },
        { "deep nesting", "{ messages { nodes " + Nested(12) + " } }", "DOCUMENT_TOO_COSTLY" },
        { "braces without end", "{ a " + new string('{', 400) + new string('}', 400) + " }", "GRAPHQL_PARSE_FAILED" },
        { "pages within pages", "{ messages(first: 200) { nodes { deliveries { message { deliveries { message { deliveries { id } } } } } } } }", "DOCUMENT_TOO_COSTLY" },
        { "previews of a page", "{ messages(first: 100) { nodes { preview { text } } } }", "DOCUMENT_TOO_COSTLY" },
        { "types of types of types", "{ __schema { types { fields { type { fields { type { fields { type { fields { type { fields { name } } } } } } } } } } } }", "DOCUMENT_TOO_COSTLY" },
        { "many operations", string.Concat(Enumerable.Range(0, 2_500).Select(i => $"query Q{i} {{ __typename }} ")), "DOCUMENT_TOO_LARGE" },
        { "a text beyond the bound", "{ viewer { id } } #" + new string('x', 70_000), "DOCUMENT_TOO_LARGE" },
        { "a huge list", $"{{ messages(filter: {{ verdicts: [{string.Concat(Enumerable.Repeat("CLEAN ", 12_000))}] }}) {{ totalCount }} }}", "DOCUMENT_TOO_LARGE" },
    };

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task A_costly_document_is_refused_by_a_stable_code(string name, string document, string code)
    {
        var result = await platform.ResultAsync("acme-api", document);

        Assert.False(result.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object, name);
        Assert.Contains(code, result.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("extensions").GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Several_requests_in_one_body_are_refused()
    {
        using var content = new StringContent("[{\"query\":\"{ viewer { id } }\"},{\"query\":\"{ viewer { id } }\"}]", Encoding.UTF8, "application/json");
        using var response = await platform.SendAsync("acme-api", HttpMethod.Post, "/graphql", content);

        Assert.Equal(400, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("acme-api", 30_000)]
    [InlineData("demo-msp-api", 60_000)]
    public async Task What_a_document_costs_is_told_when_asked(string client, int limit)
    {
        using var content = new StringContent("{\"query\":\"{ messages(first: 10) { nodes { id reasons { id } } } }\",\"extensions\":{\"cost\":true}}", Encoding.UTF8, "application/json");
        using var response = await platform.SendAsync(client, HttpMethod.Post, "/graphql", content);
        var cost = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).GetProperty("extensions").GetProperty("cost");

        // The root field costs 100; nodes, ids, and reasons at five each, ten times.
        Assert.Equal(limit, cost.GetProperty("limit").GetInt32());
        Assert.InRange(cost.GetProperty("requested").GetInt32(), 150, 250);
        Assert.Equal(4, cost.GetProperty("depth").GetInt32());
    }

    [Fact]
    public async Task Unasked_it_is_not() =>
        Assert.False((await platform.ResultAsync("acme-api", "{ viewer { id } }")).TryGetProperty("extensions", out _));

    private static string Repeated(int count, Func<int, string> field) => "{ " + string.Join(' ', Enumerable.Range(0, count).Select(field)) + " }";

    private static string Nested(int depth) => string.Concat(Enumerable.Repeat("{ deliveries { message ", depth)) + "{ id }" + string.Concat(Enumerable.Repeat(" } }", depth));

    private static string Doubling(int count) => "{ viewer { ...F0 } } "
        + string.Concat(Enumerable.Range(0, count).Select(i => $"fragment F{i} on Viewer {{ ...F{i + 1} ...F{i + 1} }} ")) + $"fragment F{count} on Viewer {{ id }}";
}
