using System.Text.Json;
using Platform.Api.Tests.Hosting;

namespace Platform.Api.Tests.GraphQL;

public sealed class RulesTests : IAsyncLifetime
{
    private const string Create =
        "mutation($input: CreateRuleInput!) { createRule(input: $input) { rule { id name condition action enabled position revision origin changedBy tenant { slug } } errors { code message field position } } }";

    private readonly TestPlatform _platform = new();

    public ValueTask InitializeAsync() => _platform.InitializeAsync();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task A_rule_is_made_once_for_one_key_and_off_until_it_is_switched_on()
    {
        var input = new { name = "Images", condition = "attachment.count > 5", action = "QUARANTINE", idempotencyKey = "k" };
        var first = (await _platform.DataAsync("acme-api", Create, new { input })).GetProperty("createRule").GetProperty("rule");
        var again = (await _platform.DataAsync("acme-api", Create, new { input })).GetProperty("createRule").GetProperty("rule");
        var on = (await _platform.DataAsync(
            "acme-api", "mutation($id: ID!) { setRuleEnabled(input: { ruleId: $id, enabled: true, revision: 1 }) { rule { enabled revision } errors { code } } }", new { id = Id(first) })).GetProperty("setRuleEnabled").GetProperty("rule");

        Assert.Equal(Id(first), Id(again));
        Assert.Equal(
            ("Images", "attachment.count > 5", "QUARANTINE", false, 2, 1, "TENANT", "client:acme-api", "acme"),
            (Text(first, "name"), Text(first, "condition"), Text(first, "action"), first.GetProperty("enabled").GetBoolean(), first.GetProperty("position").GetInt32(),
             first.GetProperty("revision").GetInt32(), Text(first, "origin"), Text(first, "changedBy"), Text(first.GetProperty("tenant"), "slug")));
        Assert.Equal((true, 2), (on.GetProperty("enabled").GetBoolean(), on.GetProperty("revision").GetInt32()));
    }

    [Theory]
    [InlineData("en", "There is no fact named \"colour\" (character 12). The list of facts stands in the guide to rules.")]
    [InlineData("ja", "「colour」という項目はありません(12文字目)。項目の一覧はルールの手引きにあります。")]
    public async Task A_broken_condition_is_refused_with_its_place_in_the_callers_language(string language, string message)
    {
        var made = (await _platform.DataAsync(
            "acme-api", Create, new { input = new { name = "x", condition = "attack and colour == \"red\"", action = "TAG" } }, ("Accept-Language", language))).GetProperty("createRule");

        var error = Assert.Single(made.GetProperty("errors").EnumerateArray());
        Assert.Equal(
            (JsonValueKind.Null, "CONDITION_UNKNOWN_FACT", message, "condition", 11),
            (made.GetProperty("rule").ValueKind, Text(error, "code"), Text(error, "message"), Text(error, "field"), error.GetProperty("position").GetInt32()));
    }

    [Fact]
    public async Task Rules_of_the_msp_are_inherited_shown_and_changed_by_the_msp_alone()
    {
        var made = (await _platform.DataAsync("demo-msp-api", Create, new { input = new { name = "For all", condition = "attack", action = "REJECT", origin = "MSP", enabled = true } })).GetProperty("createRule").GetProperty("rule");
        var seen = (await _platform.DataAsync("acme-api", "{ rules { nodes { name origin } totalCount } }")).GetProperty("rules");
        var refused = await ErrorAsync("acme-api", "mutation($id: ID!) { deleteRule(input: { ruleId: $id }) { errors { code } } }", Id(made));
        var denied = await ErrorAsync("acme-api", "mutation { createRule(input: { name: \"x\", condition: \"attack\", action: TAG, origin: MSP }) { errors { code } } }");
        var own = (await _platform.DataAsync("demo-msp-api", "{ rules { nodes { name } } }")).GetProperty("rules");

        Assert.Equal([("For all", "MSP"), ("zqacmecanary", "TENANT")], Nodes(seen).Select(node => (Text(node, "name"), Text(node, "origin"))));
        Assert.Equal(("RULE_INHERITED", "FORBIDDEN", "For all"), (refused, denied, Text(Assert.Single(Nodes(own)), "name")));
    }

    [Fact]
    public async Task Rules_are_paged_in_the_order_in_which_they_are_tried()
    {
        foreach (var name in new[] { "b", "a", "c" })
            await _platform.DataAsync("acme-api", Create, new { input = new { name, condition = "attack", action = "TAG" } });
        const string Page = "query($after: String) { rules(first: 2, after: $after) { nodes { name } pageInfo { endCursor hasNextPage } totalCount } }";
        var first = (await _platform.DataAsync("acme-api", Page)).GetProperty("rules");
        var second = (await _platform.DataAsync("acme-api", Page, new { after = Text(first.GetProperty("pageInfo"), "endCursor") })).GetProperty("rules");

        Assert.Equal(["zqacmecanary", "b", "a", "c"], Nodes(first).Concat(Nodes(second)).Select(node => Text(node, "name")));
        Assert.Equal(
            (true, false, 4),
            (first.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean(), second.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean(), first.GetProperty("totalCount").GetInt32()));
    }

    [Fact]
    public async Task A_rule_is_changed_reordered_and_deleted()
    {
        var made = Id((await _platform.DataAsync("acme-api", Create, new { input = new { name = "x", condition = "attack", action = "TAG" } })).GetProperty("createRule").GetProperty("rule"));
        var changed = (await _platform.DataAsync(
            "acme-api", "mutation($id: ID!) { updateRule(input: { ruleId: $id, condition: \"score > 60\", revision: 1 }) { rule { condition name revision } errors { code } } }", new { id = made })).GetProperty("updateRule").GetProperty("rule");
        var order = (await _platform.DataAsync(
            "acme-api", "mutation($ids: [ID!]!) { reorderRules(input: { ruleIds: $ids }) { rules { id } errors { code } } }", new { ids = new[] { made, _platform.Seed.Acme.GlobalRule } })).GetProperty("reorderRules").GetProperty("rules");
        var gone = (await _platform.DataAsync("acme-api", "mutation($id: ID!) { deleteRule(input: { ruleId: $id }) { deletedRuleId errors { code } } }", new { id = made })).GetProperty("deleteRule");
        var after = await _platform.DataAsync("acme-api", "query($id: ID!) { rule(id: $id) { id } node(id: $id) { id } }", new { id = made });

        Assert.Equal(("score > 60", "x", 2), (Text(changed, "condition"), Text(changed, "name"), changed.GetProperty("revision").GetInt32()));
        Assert.Equal([made, _platform.Seed.Acme.GlobalRule], order.EnumerateArray().Select(Id));
        Assert.Equal((made, JsonValueKind.Null, JsonValueKind.Null), (Text(gone, "deletedRuleId"), after.GetProperty("rule").ValueKind, after.GetProperty("node").ValueKind));
    }

    [Theory]
    [InlineData("mutation { createRule(input: { name: \"\", condition: \"attack\", action: TAG }) { errors { code message } } }", "INVALID_NAME")]
    [InlineData("mutation { createRule(input: { tenant: \"x\", name: \"x\", condition: \"attack\", action: TAG }) { errors { code message } } }", "BAD_USER_INPUT")]
    [InlineData("mutation { updateRule(input: { ruleId: \"x\", name: \"x\" }) { errors { code message } } }", "NOT_FOUND")]
    [InlineData("mutation { setRuleEnabled(input: { ruleId: \"x\", enabled: true }) { errors { code message } } }", "NOT_FOUND")]
    [InlineData("mutation { deleteRule(input: { ruleId: \"x\" }) { errors { code message } } }", "NOT_FOUND")]
    [InlineData("mutation { reorderRules(input: { ruleIds: [] }) { errors { code message } } }", "RULE_ORDER_INCOMPLETE")]
    [InlineData("mutation { replayRule(input: { }) { errors { code message } } }", "BAD_USER_INPUT")]
    [InlineData("mutation { replayRule(input: { ruleId: \"x\" }) { errors { code message } } }", "NOT_FOUND")]
    [InlineData("mutation { replayRule(input: { condition: \"attack or\", action: TAG }) { errors { code message } } }", "CONDITION_UNFINISHED")]
    public async Task What_cannot_be_done_is_a_typed_error(string mutation, string code)
    {
        var error = Assert.Single((await _platform.DataAsync("acme-api", mutation)).EnumerateObject().Single().Value.GetProperty("errors").EnumerateArray());

        Assert.Equal(code, Text(error, "code"));
        Assert.NotEqual("", Text(error, "message"));
    }

    [Fact]
    public async Task Another_tenants_rule_is_out_of_reach()
    {
        var id = _platform.Seed.Globex.GlobalRule;
        var seen = await _platform.DataAsync("acme-api", "query($id: ID!) { rule(id: $id) { name } node(id: $id) { id } }", new { id });
        var update = await ErrorAsync("acme-api", "mutation($id: ID!) { updateRule(input: { ruleId: $id, name: \"x\" }) { errors { code } } }", id);
        var replay = await ErrorAsync("acme-api", "mutation($id: ID!) { replayRule(input: { ruleId: $id }) { errors { code } } }", id);

        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null, "NOT_FOUND", "NOT_FOUND"), (seen.GetProperty("rule").ValueKind, seen.GetProperty("node").ValueKind, update, replay));
    }

    [Fact]
    public async Task A_client_that_only_reads_sees_rules_and_changes_none()
    {
        var seen = (await _platform.DataAsync("acme-siem", "{ rules { totalCount } ruleFacts { name } }")).GetProperty("rules").GetProperty("totalCount").GetInt32();
        var refused = await _platform.ResultAsync("acme-siem", "mutation { createRule(input: { name: \"x\", condition: \"attack\", action: TAG }) { errors { code } } }");

        Assert.Equal((1, "FORBIDDEN"), (seen, refused.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("EN", "The author's address (From).")]
    [InlineData("JA", "差出人(From)のアドレス。")]
    public async Task Every_fact_is_described(string language, string description)
    {
        var facts = (await _platform.DataAsync("acme-siem", $"{{ ruleFacts {{ name type description(language: {language}) }} }}")).GetProperty("ruleFacts").EnumerateArray().ToDictionary(fact => Text(fact, "name")!);

        Assert.Equal(("TEXT", description, "NUMBER"), (Text(facts["from.address"], "type"), Text(facts["from.address"], "description"), Text(facts["size"], "type")));
    }

    [Theory]
    [InlineData("en", "The rule \"zqacmecanary\" (revision 1) decided: quarantined. It holds because of: subject contains \"zqacmecanary\"")]
    [InlineData("ja", "ルール「zqacmecanary」(第1版)により「隔離」となりました。該当した条件: subject contains \"zqacmecanary\"")]
    public async Task A_delivery_says_which_rule_decided(string language, string summary)
    {
        var decision = (await _platform.DataAsync(
                "acme-siem", "query($id: ID!) { node(id: $id) { ... on Delivery { decision { policyAction action rule { ruleId name revision origin held } withheld { name } unfinished summary } } } }", new { id = _platform.Seed.Acme.GlobalDelivery(0) }, ("Accept-Language", language)))
            .GetProperty("node").GetProperty("decision");

        Assert.Equal(
            ("DELIVER", "QUARANTINE", _platform.Seed.Acme.GlobalRule, summary),
            (Text(decision, "policyAction"), Text(decision, "action"), Text(decision.GetProperty("rule"), "ruleId"), Text(decision, "summary")));
    }

    [Fact]
    public async Task A_replay_runs_to_its_end_and_shows_what_it_found()
    {
        const string Figures = "id state total examined matched { total } caught { total truncated messageIds } wronglyHit { total messageIds } letGo { total } condition action enabled";
        var started = (await _platform.DataAsync(
            "acme-api",
            $"mutation {{ replayRule(input: {{ condition: \"subject contains \\\"canary\\\"\", action: QUARANTINE, since: \"2026-11-23T00:00:00Z\", until: \"2026-11-25T00:00:00Z\", idempotencyKey: \"k\" }}) {{ replay {{ {Figures} }} errors {{ code message }} }} }}"))
            .GetProperty("replayRule").GetProperty("replay");
        var done = await DoneAsync(Id(started), Figures);

        // Of 25 mails in turn of all six verdicts, those clean, bulk and spam are not stopped now: 5 + 4 + 4. A person released those of odd number: the bulk mails.
        Assert.Equal(
            (25, 25, 25, 13, 4, 0), (Number(done, "total"), Number(done, "examined"), Number(done, "matched"), Number(done, "caught"), Number(done, "wronglyHit"), Number(done, "letGo")));
        Assert.Equal(13, done.GetProperty("caught").GetProperty("messageIds").GetArrayLength());
        Assert.Equal((false, true, "QUARANTINE"), (done.GetProperty("caught").GetProperty("truncated").GetBoolean(), done.GetProperty("enabled").GetBoolean(), Text(done, "action")));
    }

    [Fact]
    public async Task Replays_are_listed_newest_first()
    {
        await _platform.DataAsync("acme-api", "mutation { replayRule(input: { policy: [{ verdict: SPAM, action: REJECT }] }) { replay { id } errors { code } } }");
        var listed = (await _platform.DataAsync("acme-api", "{ ruleReplays { nodes { name policy { verdict action } } totalCount } }")).GetProperty("ruleReplays");

        Assert.Equal(["policy", "zqacmecanary"], Nodes(listed).Select(node => Text(node, "name")));
        Assert.Equal(("SPAM", 2), (Text(Nodes(listed)[0].GetProperty("policy")[0], "verdict"), listed.GetProperty("totalCount").GetInt32()));
    }

    private async Task<JsonElement> DoneAsync(string? id, string figures)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var replay = (await _platform.DataAsync("acme-api", $"query($id: ID!) {{ ruleReplay(id: $id) {{ {figures} }} }}", new { id })).GetProperty("ruleReplay");
            if (Text(replay, "state") is "done" or "failed")
                return replay;
            await Task.Delay(TimeSpan.FromMilliseconds(20), patience.Token);
        }
    }

    private async Task<string?> ErrorAsync(string client, string mutation, string? id = null) =>
        Text((await _platform.DataAsync(client, mutation, new { id })).EnumerateObject().Single().Value.GetProperty("errors")[0], "code");

    private static int Number(JsonElement replay, string name) =>
        replay.GetProperty(name) is { ValueKind: JsonValueKind.Object } hits ? hits.GetProperty("total").GetInt32() : replay.GetProperty(name).GetInt32();

    private static List<JsonElement> Nodes(JsonElement connection) => [.. connection.GetProperty("nodes").EnumerateArray()];

    private static string? Id(JsonElement node) => Text(node, "id");

    private static string? Text(JsonElement node, string name) => node.GetProperty(name).GetString();
}
