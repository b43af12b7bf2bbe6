using System.Net;
using System.Text;
using System.Text.Json;
using Platform.Api.Tests.Hosting;

namespace Platform.Api.Tests.GraphQL;

/// <summary>What the audits of graphql-http leave open.</summary>
public sealed class TransportTests(TestPlatform platform)
{
    private const string ResponseType = "application/graphql-response+json";

    [Theory]
    [InlineData("[{\"query\":\"{ viewer { id } }\"}]", 400, "BAD_USER_INPUT")]
    [InlineData("{\"query\":\"mutation { x\"}", 400, "GRAPHQL_PARSE_FAILED")]
    [InlineData("{\"query\":\"{ nothing }\"}", 400, "GRAPHQL_VALIDATION_FAILED")]
    [InlineData("{\"query\":\"{ messages(first: 100000) { totalCount } }\"}", 200, "BAD_USER_INPUT")]
    [InlineData("{\"query\":\"{ messages(after: \\\"x\\\") { totalCount } }\"}", 200, "CURSOR_INVALID")]
    [InlineData("{\"query\":\"{ events(after: \\\"x\\\") { nextCursor } }\"}", 200, "CURSOR_INVALID")]
    public async Task A_bad_request_gets_a_code_and_nothing_of_an_exception(string body, int status, string code)
    {
        using var response = await PostAsync(body, "acme-api");
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(code, JsonSerializer.Deserialize<JsonElement>(text).GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
        Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_field_whose_permission_is_missing_keeps_the_whole_document_from_running()
    {
        using var response = await PostAsync(Query("mutation { releaseDelivery(input: { deliveryId: \\\"x\\\" }) { errors { code } } }"), "acme-siem");

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("messages.act", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_permission_is_asked_for_through_fragments_and_interfaces_too()
    {
        using var response = await PostAsync(Query($"query {{ node(id: \\\"{platform.Seed.Acme.GlobalMessage(0)}\\\") {{ ...F }} }} fragment F on Message {{ preview {{ text }} }}"), "acme-siem");

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task A_mutation_by_get_is_refused_and_told_the_method()
    {
        using var response = await platform.SendAsync("acme-api", HttpMethod.Get, "/graphql?query=" + Uri.EscapeDataString("mutation { releaseDelivery(input: { deliveryId: \"x\" }) { errors { code } } }"));

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["POST"], response.Content.Headers.Allow);
    }

    [Fact]
    public async Task A_body_over_the_bound_is_refused()
    {
        using var response = await PostAsync(Query("{ viewer { id } }" + new string(' ', 1024 * 1024)), "acme-api");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Theory]
    [InlineData(19, true)]
    [InlineData(40, false)]
    public async Task Depth_is_bounded(int depth, bool runs)
    {
        var nested = string.Concat(Enumerable.Repeat("ofType { ", depth - 2)) + "name" + string.Concat(Enumerable.Repeat(" }", depth - 2));
        using var response = await PostAsync(Query($"{{ __type(name: \\\"Message\\\") {{ {nested} }} }}"), "acme-api");

        Assert.Equal(runs, response.StatusCode == HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("{ messages(first: 200) { nodes { id messageIdHeader subject receivedAt verdict attackType score origin { address country } reasons { id weight summary evidence } deliveries { id recipient state } } pageInfo { endCursor hasNextPage } totalCount } }", true)]
    [InlineData("{ messages(first: 200) { nodes { deliveries { message { deliveries { message { deliveries { id } } } } } } } }", false)]
    public async Task Cost_is_bounded_and_the_largest_page_of_the_contract_is_within(string query, bool runs)
    {
        using var response = await PostAsync(Query(query), "acme-api");

        Assert.Equal(runs, response.StatusCode == HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(7, true)]
    [InlineData(3, false)]
    public async Task The_introspection_of_common_tools_runs_and_one_that_grows_without_end_does_not(int nesting, bool runs)
    {
        var type = "kind name " + string.Concat(Enumerable.Repeat("ofType { kind name ", nesting)) + string.Concat(Enumerable.Repeat("} ", nesting));
        var input = $"name description type {{ {type} }} defaultValue";
        var query = runs
            ? $"{{ __schema {{ queryType {{ name }} mutationType {{ name }} subscriptionType {{ name }} types {{ kind name description fields(includeDeprecated: true) {{ name description args {{ {input} }} type {{ {type} }} isDeprecated deprecationReason }} inputFields {{ {input} }} interfaces {{ {type} }} enumValues(includeDeprecated: true) {{ name description isDeprecated deprecationReason }} possibleTypes {{ {type} }} }} directives {{ name description locations args {{ {input} }} }} }} }}"
            : $"{{ __schema {{ types {{ {string.Concat(Enumerable.Repeat("fields { type { ", nesting))} name {string.Concat(Enumerable.Repeat("} } ", nesting))} }} }} }}";
        using var response = await PostAsync(Query(query), "acme-siem");

        Assert.True(runs == (response.StatusCode == HttpStatusCode.OK), await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Without_a_token_the_answer_is_401_with_problem_details()
    {
        using var response = await PostAsync(Query("{ viewer { id } }"), null);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    private static string Query(string query) => "{\"query\":\"" + query + "\"}";

    private async Task<HttpResponseMessage> PostAsync(string body, string? clientId)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await platform.SendAsync(clientId, HttpMethod.Post, "/graphql", content, ("Accept", ResponseType));
    }
}
