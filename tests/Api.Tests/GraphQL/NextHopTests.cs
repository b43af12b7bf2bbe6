using System.Text.Json;
using Platform.Api.Tests.Hosting;

namespace Platform.Api.Tests.GraphQL;

/// <summary>How mail leaves, as an administrator sets and sees it.</summary>
public sealed class NextHopTests : IAsyncLifetime
{
    private readonly TestPlatform _platform = new();

    private string Canary => _platform.Seed.Acme.Canary;

    public ValueTask InitializeAsync() => _platform.InitializeAsync();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task A_policy_is_set_for_a_domain_and_for_all_and_taken_back()
    {
        var set = (await DataAsync("mutation { setTransportPolicy(input: { domain: \"B.example\", tls: DANE }) { transportPolicy { id domain tls } errors { code } } }")).GetProperty("setTransportPolicy").GetProperty("transportPolicy");
        await DataAsync("mutation { setTransportPolicy(input: { tls: MUST }) { errors { code } } }");
        Assert.Equal(("b.example", "DANE"), (set.GetProperty("domain").GetString(), set.GetProperty("tls").GetString()));

        var removed = await DataAsync("mutation($id: ID!) { removeTransportPolicy(input: { transportPolicyId: $id }) { removedId errors { code } } }", new { id = set.GetProperty("id").GetString() });

        Assert.Equal(set.GetProperty("id").GetString(), removed.GetProperty("removeTransportPolicy").GetProperty("removedId").GetString());
        Assert.Equal(
            [(null, "MUST"), ($"{Canary}.example", "MUST")],
            Nodes(await DataAsync("{ transportPolicies { nodes { domain tls } } }"), "transportPolicies").Select(node => (node.GetProperty("domain").GetString(), node.GetProperty("tls").GetString()!)));
    }

    [Fact]
    public async Task Results_are_shown_by_destination_with_their_counts()
    {
        var node = Assert.Single(Nodes(await DataAsync("{ transportResults(failing: true) { nodes { domain policy source lastFailureResult counts { result sessions } } } }"), "transportResults"));

        Assert.Equal(
            $$"""{"domain":"{{Canary}}.example","policy":"MUST","source":"DOMAIN","lastFailureResult":"STARTTLS_NOT_SUPPORTED","counts":[{"result":"STARTTLS_NOT_SUPPORTED","sessions":1}]}""",
            JsonSerializer.Serialize(node));
    }

    [Fact]
    public async Task A_key_tells_the_record_to_publish()
    {
        var domain = Nodes(await DataAsync("{ tenant { domains { name } } }"), null).First().GetProperty("name").GetString();

        var key = (await DataAsync("mutation($domain: String!) { createDkimKey(input: { domain: $domain, kind: ED25519 }) { dkimKey { state selector recordName recordText zoneLine rotationDays } errors { code } } }", new { domain }))
            .GetProperty("createDkimKey").GetProperty("dkimKey");

        var (name, text) = (key.GetProperty("recordName").GetString()!, key.GetProperty("recordText").GetString()!);
        Assert.Equal($"{key.GetProperty("selector").GetString()}._domainkey.{domain}", name);
        Assert.Matches("^v=DKIM1; k=ed25519; p=[A-Za-z0-9+/]{43}=$", text);
        Assert.Equal(("WAITING", 365, $"{name}. IN TXT \"{text}\""), (key.GetProperty("state").GetString(), key.GetProperty("rotationDays").GetInt32(), key.GetProperty("zoneLine").GetString()));
    }

    [Theory]
    [InlineData("removeTransportPolicy(input: { transportPolicyId: $id })")]
    [InlineData("rotateDkimKey(input: { dkimKeyId: $id })")]
    [InlineData("checkDkimKey(input: { dkimKeyId: $id })")]
    [InlineData("removeDkimKey(input: { dkimKeyId: $id })")]
    public async Task Nobody_touches_what_is_another_tenants(string mutation)
    {
        var list = mutation.Contains("transportPolicyId", StringComparison.Ordinal) ? "transportPolicies" : "dkimKeys";
        var theirs = Nodes(await _platform.DataAsync("globex-api", $"{{ {list} {{ nodes {{ id }} }} }}"), list).First().GetProperty("id").GetString();

        var result = await DataAsync($"mutation($id: ID!) {{ {mutation} {{ errors {{ code }} }} }}", new { id = theirs });

        Assert.Equal("NOT_FOUND", result.EnumerateObject().First().Value.GetProperty("errors")[0].GetProperty("code").GetString());
    }

    private Task<JsonElement> DataAsync(string document, object? variables = null) => _platform.DataAsync("acme-api", document, variables);

    private static JsonElement.ArrayEnumerator Nodes(JsonElement data, string? list) =>
        (list is null ? data.GetProperty("tenant").GetProperty("domains") : data.GetProperty(list).GetProperty("nodes")).EnumerateArray();
}
