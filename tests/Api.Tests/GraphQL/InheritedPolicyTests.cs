using System.Text.Json;
using Platform.Api.Tests.Hosting;

namespace Platform.Api.Tests.GraphQL;

/// <summary>Groups and the inherited policy (DET9) as a client sees them.</summary>
public sealed class InheritedPolicyTests : IAsyncLifetime
{
    private const string CreateGroup = "mutation($input: CreateGroupInput!) { createGroup(input: $input) { group { id name externalId position memberCount tenant { slug } } errors { code field } } }";

    private const string Set = "mutation($input: SetPolicyValuesInput!) { setPolicyValues(input: $input) { policy { place { level name } } errors { code message } } }";

    private const string Values = "values { setting value locked origin { level id name } overrides { value byLock origin { level name } } own { value locked changedBy fromTemplate } }";

    private readonly TestPlatform _platform = new();

    public ValueTask InitializeAsync() => _platform.InitializeAsync();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task A_group_is_made_once_for_one_key_filled_ordered_and_deleted()
    {
        var input = new { name = "Sales", externalId = "ext-1", idempotencyKey = "k" };
        var first = await GroupAsync(input);
        var again = await GroupAsync(input);
        var second = await GroupAsync(new { name = "Staff" });
        var mailbox = await MailboxAsync("acme-api");
        var filled = (await _platform.DataAsync(
            "acme-api",
            "mutation($g: ID!, $m: [ID!]) { changeGroupMembers(input: { groupId: $g, add: $m }) { group { memberCount members { nodes { id kind address } totalCount } } errors { code } } }",
            new { g = Id(first), m = new[] { mailbox } })).GetProperty("changeGroupMembers").GetProperty("group");
        var order = (await _platform.DataAsync(
            "acme-api", "mutation($ids: [ID!]!) { reorderGroups(input: { groupIds: $ids }) { groups { name } errors { code } } }", new { ids = new[] { Id(second), Id(first), await SeededAsync() } })).GetProperty("reorderGroups").GetProperty("groups");
        var mine = (await _platform.DataAsync("acme-siem", "query($m: ID!) { node(id: $m) { ... on Mailbox { groups { name } } } groups { nodes { name } totalCount } }", new { m = mailbox }));
        await _platform.DataAsync("acme-api", "mutation($id: ID!) { deleteGroup(input: { groupId: $id }) { errors { code } } }", new { id = Id(first) });
        var gone = await _platform.DataAsync("acme-api", "query($id: ID!) { group(id: $id) { id } node(id: $id) { id } }", new { id = Id(first) });

        Assert.Equal(Id(first), Id(again));
        Assert.Equal(("Sales", "ext-1", 2, "acme"), (Text(first, "name"), Text(first, "externalId"), first.GetProperty("position").GetInt32(), Text(first.GetProperty("tenant"), "slug")));
        var member = filled.GetProperty("members").GetProperty("nodes")[0];
        Assert.Equal((1, mailbox, "MAILBOX"), (filled.GetProperty("memberCount").GetInt32(), Id(member), Text(member, "kind")));
        Assert.Equal(["Staff", "Sales", "zqacmecanary"], order.EnumerateArray().Select(group => Text(group, "name")));
        Assert.Equal(["Sales", "zqacmecanary"], mine.GetProperty("node").GetProperty("groups").EnumerateArray().Select(group => Text(group, "name")));
        Assert.Equal(3, mine.GetProperty("groups").GetProperty("totalCount").GetInt32());
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (gone.GetProperty("group").ValueKind, gone.GetProperty("node").ValueKind));
    }

    [Fact]
    public async Task A_value_shows_where_it_comes_from_and_what_it_replaces()
    {
        var group = Id(await GroupAsync(new { name = "Sales" }));
        var mailbox = await MailboxAsync("acme-api");
        await _platform.DataAsync("acme-api", "mutation($g: ID!, $m: [ID!]) { changeGroupMembers(input: { groupId: $g, add: $m }) { errors { code } } }", new { g = group, m = new[] { mailbox } });
        await SetAsync("demo-msp-api", new { msp = true, values = new[] { new { setting = "action.spam", value = "quarantine", locked = false } } });
        await SetAsync("acme-api", new { group, values = new[] { new { setting = "action.spam", value = "reject", locked = false } } });

        var spam = await SpamAsync("acme-siem", "mailbox", mailbox);
        Assert.Equal(("reject", "GROUP", group, "Sales"), (Text(spam, "value"), Text(spam.GetProperty("origin"), "level"), Text(spam.GetProperty("origin"), "id"), Text(spam.GetProperty("origin"), "name")));
        Assert.Equal([("tag", "PLATFORM"), ("quarantine", "MSP")], spam.GetProperty("overrides").EnumerateArray().Select(value => (Text(value, "value"), Text(value.GetProperty("origin"), "level"))));
        Assert.Equal("client:acme-api", Text((await SpamAsync("acme-siem", "group", group)).GetProperty("own"), "changedBy"));
        Assert.Equal("QUARANTINE", (await _platform.DataAsync("acme-siem", "{ policy { rules { verdict action } } }")).GetProperty("policy").GetProperty("rules").EnumerateArray()
            .Single(rule => Text(rule, "verdict") == "SPAM").GetProperty("action").GetString());
    }

    [Fact]
    public async Task What_the_msp_locks_a_tenant_cannot_set()
    {
        await SetAsync("demo-msp-api", new { msp = true, values = new[] { new { setting = "action.malware", value = "reject", locked = true } } });

        var refused = (await _platform.DataAsync("acme-api", Set, new { input = new { values = new[] { new { setting = "action.malware", value = "deliver" } } } })).GetProperty("setPolicyValues");
        Assert.Equal("POLICY_LOCKED", Text(refused.GetProperty("errors")[0], "code"));
        var old = (await _platform.DataAsync("acme-api", "mutation { setPolicy(input: { rules: [{ verdict: MALWARE, action: DELIVER }] }) { errors { code } } }")).GetProperty("setPolicy");
        Assert.Equal("POLICY_LOCKED", Text(old.GetProperty("errors")[0], "code"));
    }

    [Theory]
    [InlineData("mutation { createGroup(input: { name: \"\" }) { errors { code message } } }", "INVALID_NAME")]
    [InlineData("mutation { updateGroup(input: { groupId: \"x\", name: \"x\" }) { errors { code message } } }", "NOT_FOUND")]
    [InlineData("mutation { deleteGroup(input: { groupId: \"x\" }) { errors { code message } } }", "NOT_FOUND")]
    [InlineData("mutation { reorderGroups(input: { groupIds: [\"x\"] }) { errors { code message } } }", "GROUP_ORDER_INCOMPLETE")]
    [InlineData("mutation { changeGroupMembers(input: { groupId: \"x\", add: [\"x\"] }) { errors { code message } } }", "NOT_FOUND")]
    [InlineData("mutation { setPolicyValues(input: { values: [] }) { errors { code message } } }", "INVALID_POLICY")]
    [InlineData("mutation { setPolicyValues(input: { values: [{ setting: \"action.spam\", value: \"explode\" }] }) { errors { code message } } }", "INVALID_POLICY")]
    [InlineData("mutation { setPolicyValues(input: { group: \"x\", values: [{ setting: \"action.spam\" }] }) { errors { code message } } }", "NOT_FOUND")]
    [InlineData("mutation { setPolicyValues(input: { group: \"x\", mailbox: \"x\", values: [{ setting: \"action.spam\" }] }) { errors { code message } } }", "BAD_USER_INPUT")]
    [InlineData("mutation { setPolicyValues(input: { msp: true, values: [{ setting: \"action.spam\", value: \"tag\" }] }) { errors { code message } } }", "FORBIDDEN")]
    [InlineData("mutation { replayRule(input: { policy: [{ verdict: SPAM, action: TAG }], policyOfGroup: \"x\" }) { errors { code message } } }", "NOT_FOUND")]
    public async Task What_cannot_be_done_is_a_typed_error(string mutation, string code)
    {
        var error = Assert.Single((await _platform.DataAsync("acme-api", mutation)).EnumerateObject().Single().Value.GetProperty("errors").EnumerateArray());

        Assert.Equal(code, Text(error, "code"));
        Assert.NotEqual("", Text(error, "message"));
    }

    [Fact]
    public async Task Another_tenants_places_are_out_of_reach()
    {
        var group = Id((await _platform.DataAsync("globex-api", CreateGroup, new { input = new { name = "Theirs" } })).GetProperty("createGroup").GetProperty("group"));
        var mailbox = await MailboxAsync("globex-api");
        foreach (var (kind, id) in new[] { ("group", group), ("mailbox", mailbox) })
        {
            var seen = await _platform.DataAsync("acme-api", $"query($id: ID!) {{ effectivePolicy({kind}: $id) {{ place {{ name }} }} }}", new { id });
            var set = await _platform.DataAsync("acme-api", $"mutation($id: ID!) {{ setPolicyValues(input: {{ {kind}: $id, values: [{{ setting: \"action.spam\", value: \"tag\" }}] }}) {{ errors {{ code }} }} }}", new { id });
            Assert.Equal((JsonValueKind.Null, "NOT_FOUND"), (seen.GetProperty("effectivePolicy").ValueKind, Text(set.GetProperty("setPolicyValues").GetProperty("errors")[0], "code")));
        }

        var mine = Id(await GroupAsync(new { name = "Mine" }));
        var added = await _platform.DataAsync("acme-api", "mutation($g: ID!, $m: [ID!]) { changeGroupMembers(input: { groupId: $g, add: $m }) { errors { code } } }", new { g = mine, m = new[] { mailbox } });
        Assert.Equal("MEMBER_UNKNOWN", Text(added.GetProperty("changeGroupMembers").GetProperty("errors")[0], "code"));
    }

    [Theory]
    [InlineData("en", "What is done with mail of the verdict \"spam\".")]
    [InlineData("ja", "判定「迷惑メール」のメールの扱い。")]
    public async Task Settings_are_described_in_the_callers_language(string language, string text)
    {
        var settings = (await _platform.DataAsync("acme-siem", "{ policySettings { key kind default choices maxLength description } }", null, ("Accept-Language", language))).GetProperty("policySettings");

        var spam = settings.EnumerateArray().Single(setting => Text(setting, "key") == "action.spam");
        Assert.Equal(text, Text(spam, "description"), ignoreCase: true);
        Assert.Equal(("ACTION", "tag", 4), (Text(spam, "kind"), Text(spam, "default"), spam.GetProperty("choices").GetArrayLength()));
    }

    private async Task<JsonElement> GroupAsync(object input) => (await _platform.DataAsync("acme-api", CreateGroup, new { input })).GetProperty("createGroup").GetProperty("group");

    private async Task SetAsync(string client, object input) =>
        Assert.Equal(0, (await _platform.DataAsync(client, Set, new { input })).GetProperty("setPolicyValues").GetProperty("errors").GetArrayLength());

    private async Task<JsonElement> SpamAsync(string client, string kind, string id) =>
        (await _platform.DataAsync(client, $"query($id: ID!) {{ effectivePolicy({kind}: $id) {{ {Values} }} }}", new { id })).GetProperty("effectivePolicy").GetProperty("values").EnumerateArray()
            .Single(value => Text(value, "setting") == "action.spam");

    private async Task<string> SeededAsync() => Id((await _platform.DataAsync("acme-api", "{ groups { nodes { id } } }")).GetProperty("groups").GetProperty("nodes")[0]);

    private async Task<string> MailboxAsync(string client) => Id((await _platform.DataAsync(client, "{ mailboxes(first: 1) { nodes { id } } }")).GetProperty("mailboxes").GetProperty("nodes")[0]);

    private static string Id(JsonElement element) => element.GetProperty("id").GetString()!;

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
