using System.Net;
using System.Text.Json;
using Platform.Api.Edge;
using Platform.Api.Tests.Hosting;
using Platform.Storage.Accounts;

namespace Platform.Api.Tests.GraphQL;

/// <summary>Whence a tenant's people and programs come in, by GraphQL (OUT2).</summary>
public sealed class AccessRulesTests : IAsyncLifetime
{
    private const string Add = "mutation($input: AddAccessRuleInput!) { addAccessRule(input: $input) { rule { id level services networks countries comment createdBy } errors { code message field } } }";
    private const string Remove = "mutation($input: RemoveAccessRuleInput!) { removeAccessRule(input: $input) { removedRuleId errors { code } } }";
    private const string Update = "mutation($input: UpdateAccessRuleInput!) { updateAccessRule(input: $input) { rule { networks countries countriesExcluded } errors { code } } }";

    private readonly TestPlatform _platform = new();

    public ValueTask InitializeAsync() => _platform.InitializeAsync();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task A_rule_is_added_changed_and_removed()
    {
        var rule = (await RunAsync(Add, "addAccessRule", new { services = new[] { "SUBMISSION" }, networks = new[] { "192.0.2.9/24" }, countries = new[] { "jp" }, comment = "Office" })).GetProperty("rule");
        Assert.Equal(
            ("TENANT", "192.0.2.0/24", "JP", "Office", "client:acme-api"),
            (Text(rule, "level"), rule.GetProperty("networks")[0].GetString(), rule.GetProperty("countries")[0].GetString(), Text(rule, "comment"), Text(rule, "createdBy")));

        var changed = (await RunAsync(Update, "updateAccessRule", new { ruleId = Text(rule, "id"), networks = Array.Empty<string>(), countries = new[] { "RU" }, countriesExcluded = true })).GetProperty("rule");
        Assert.Equal((0, "RU", true), (changed.GetProperty("networks").GetArrayLength(), changed.GetProperty("countries")[0].GetString(), changed.GetProperty("countriesExcluded").GetBoolean()));
        Assert.Equal(Text(rule, "id"), Text(await RunAsync(Remove, "removeAccessRule", new { ruleId = Text(rule, "id") }), "removedRuleId"));
    }

    [Fact]
    public async Task A_client_does_not_lock_itself_out_by_mistake_and_is_refused_when_it_meant_to()
    {
        var input = new { services = new[] { "API" }, networks = new[] { "192.0.2.0/24" } };
        Assert.Equal("OWN_ADDRESS_REFUSED", CodeOf(await RunAsync(Add, "addAccessRule", input)));
        Assert.Equal(JsonValueKind.Object, (await RunAsync(Add, "addAccessRule", new { input.services, input.networks, confirmOwnAddressRefused = true })).GetProperty("rule").ValueKind);

        using var refused = await _platform.SendAsync("acme-api", HttpMethod.Get, "/v1/list-entries");
        using var other = await _platform.SendAsync("globex-api", HttpMethod.Get, "/v1/list-entries");
        using var msp = await _platform.SendAsync("demo-msp-api", HttpMethod.Get, "/v1/list-entries");
        var problem = JsonSerializer.Deserialize<JsonElement>(await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        Assert.Equal((HttpStatusCode.Forbidden, "PLACE_NOT_ALLOWED"), (refused.StatusCode, Text(problem, "code")));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (other.StatusCode, msp.StatusCode));
    }

    [Fact]
    public async Task A_person_is_asked_for_the_portal_whatever_it_comes_by()
    {
        var person = await _platform.SignInAsync(_platform.Seed.Acme, "places@acme.test", BuiltInRoles.Administrator);
        var input = new { accountId = GlobalId.Of(NodeKind.Account, person.Id), services = new[] { "PORTAL" }, countries = new[] { "JP" } };

        Assert.Equal("OWN_ADDRESS_REFUSED", CodeOf(await RunAsync(Add, "addAccessRule", input, "places@acme.test")));
        Assert.Null(CodeOf(await RunAsync(Add, "addAccessRule", new { input.accountId, input.services, input.countries, takesUnknownCountry = true }, "places@acme.test")));
    }

    [Fact]
    public async Task What_holds_is_shown_with_where_it_comes_from()
    {
        var mailbox = (await _platform.DataAsync("acme-api", "{ mailboxes(first: 1) { nodes { id } } }")).GetProperty("mailboxes").GetProperty("nodes")[0].GetProperty("id").GetString();
        await RunAsync(Add, "addAccessRule", new { services = new[] { "READER" }, countries = new[] { "JP" } });
        await RunAsync(Add, "addAccessRule", new { mailboxId = mailbox, services = new[] { "READER" }, networks = new[] { "192.0.2.0/24" } });
        var data = await _platform.DataAsync(
            "acme-api",
            "query($id: ID!) { effectiveAccess(mailbox: $id) { service origin { level } overridden { level name } ruleIds } checkAccess(mailbox: $id, service: READER, address: \"198.51.100.7\") { allowed reason origin { level } country } }",
            new { id = mailbox });
        var reader = data.GetProperty("effectiveAccess").EnumerateArray().Single(one => Text(one, "service") == "READER");
        var check = data.GetProperty("checkAccess");

        Assert.Equal(("MAILBOX", "TENANT", 1), (Text(reader.GetProperty("origin"), "level"), Text(reader.GetProperty("overridden")[0], "level"), reader.GetProperty("ruleIds").GetArrayLength()));
        Assert.Equal((false, "NETWORK", "MAILBOX"), (check.GetProperty("allowed").GetBoolean(), Text(check, "reason"), Text(check.GetProperty("origin"), "level")));
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static string? CodeOf(JsonElement payload) => payload.GetProperty("errors").EnumerateArray().Select(error => Text(error, "code")).FirstOrDefault();

    private async Task<JsonElement> RunAsync(string mutation, string field, object input, string who = "acme-api") => (await _platform.DataAsync(who, mutation, new { input })).GetProperty(field);
}
