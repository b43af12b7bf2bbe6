using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Edge;
using Platform.Api.Tests.Hosting;
using Platform.Engine.Authentication;
using Platform.Engine.Verdicts;
using Platform.Storage.Messages;
using Platform.Storage.Model;
using Platform.Storage.Scopes;

namespace Platform.Api.Tests.GraphQL;

/// <summary>Allow and block lists by GraphQL (DET8, DET10).</summary>
public sealed class ListsTests : IAsyncLifetime
{
    private const string Add = "mutation($input: AddListEntryInput!) { addListEntry(input: $input) { entry { id list kind value includesSubdomains networks note expiresAt isExpired origin createdBy tenant { slug } } errors { code message field } } }";
    private const string Update = "mutation($input: UpdateListEntryInput!) { updateListEntry(input: $input) { entry { list networks note expiresAt changedBy } errors { code } } }";
    private const string Remove = "mutation($id: ID!) { removeListEntry(input: { entryId: $id }) { removedEntryId errors { code } } }";
    private const string Import = "mutation($input: ImportListEntriesInput!) { importListEntries(input: $input) { added unchanged refused { line text code message } errors { code field } } }";
    private const string ListSender = "mutation($input: ListSenderOfMessageInput!) { listSenderOfMessage(input: $input) { entry { list kind value note } errors { code field } } }";
    private const string All = "query($filter: ListEntryFilter, $tenant: ID) { listEntries(filter: $filter, tenant: $tenant) { nodes { id value origin createdBy } totalCount pageInfo { hasNextPage } } }";

    private readonly TestPlatform _platform = new();

    public ValueTask InitializeAsync() => _platform.InitializeAsync();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task An_entry_is_added_and_shown_as_it_is_kept()
    {
        var entry = (await AddAsync("acme-api", new { list = "ALLOW", value = "Partner.Example", networks = new[] { "192.0.2.7" }, note = "as agreed", includesSubdomains = false })).GetProperty("entry");

        Assert.Equal(
            ("ALLOW", "DOMAIN", "partner.example", false, "192.0.2.7/32", "as agreed", "TENANT", "client:acme-api", "acme"),
            (Text(entry, "list"), Text(entry, "kind"), Text(entry, "value"), entry.GetProperty("includesSubdomains").GetBoolean(), entry.GetProperty("networks")[0].GetString(),
             Text(entry, "note"), Text(entry, "origin"), Text(entry, "createdBy"), Text(entry.GetProperty("tenant"), "slug")));
    }

    [Fact]
    public async Task One_key_adds_one_entry()
    {
        var first = await AddAsync("acme-api", new { list = "BLOCK", value = "a.example", idempotencyKey = "k" });
        var again = await AddAsync("acme-api", new { list = "BLOCK", value = "a.example", idempotencyKey = "k" });

        Assert.Equal(Text(first.GetProperty("entry"), "id"), Text(again.GetProperty("entry"), "id"));
        Assert.Equal("LIST_ENTRY_EXISTS", CodeOf(await AddAsync("acme-api", new { list = "BLOCK", value = "a.example" })));
    }

    public static TheoryData<string, string, object> Refusals() => new()
    {
        { "acme-api", "INVALID_LIST_VALUE", new { list = "BLOCK", value = "no value" } },
        { "acme-api", "INVALID_LIST_NETWORKS", new { list = "ALLOW", value = "acme.test" } },
        { "acme-api", "LIST_ENTRY_CONFLICT", new { list = "ALLOW", value = "zqacmecanary.example" } },
        { "acme-api", "FORBIDDEN", new { list = "BLOCK", value = "a.example", origin = "MSP" } },
        { "acme-api", "BAD_USER_INPUT", new { list = "BLOCK", value = "a.example", tenant = "x" } },
        { "demo-msp-api", "TENANT_REQUIRED", new { list = "BLOCK", value = "a.example" } },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task What_cannot_be_added_is_a_typed_error(string client, string code, object input)
    {
        Assert.Equal(code, CodeOf(await AddAsync(client, input)));
    }

    [Fact]
    public async Task A_client_that_may_only_read_sees_lists_and_changes_none()
    {
        var result = await _platform.ResultAsync("acme-siem", Add, new { input = new { list = "BLOCK", value = "a.example" } });

        Assert.Equal("FORBIDDEN", result.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
        Assert.Equal(["zqacmecanary.example"], await ValuesAsync("acme-siem"));
    }

    [Fact]
    public async Task A_change_changes_what_it_names()
    {
        var id = Text((await AddAsync("acme-api", new { list = "BLOCK", value = "a.example", note = "old" })).GetProperty("entry"), "id");

        var entry = (await _platform.DataAsync("acme-api", Update, new { input = new { entryId = id, expiresAt = "2099-01-01T00:00:00Z" } })).GetProperty("updateListEntry").GetProperty("entry");

        Assert.Equal(("BLOCK", "old", "2099-01-01T00:00:00.000Z", "client:acme-api"), (Text(entry, "list"), Text(entry, "note"), Text(entry, "expiresAt"), Text(entry, "changedBy")));
    }

    [Fact]
    public async Task An_entry_of_the_MSP_is_inherited_by_its_tenants_and_changed_by_it_alone()
    {
        var id = Text((await AddAsync("demo-msp-api", new { list = "BLOCK", value = "everywhere.example", origin = "MSP" })).GetProperty("entry"), "id");

        var seen = (await _platform.DataAsync("acme-api", All, new { filter = new { origin = "MSP" } })).GetProperty("listEntries").GetProperty("nodes")[0];
        var removed = (await _platform.DataAsync("acme-api", Remove, new { id })).GetProperty("removeListEntry");
        var byMsp = (await _platform.DataAsync("demo-msp-api", Remove, new { id })).GetProperty("removeListEntry");

        Assert.Equal((id, "everywhere.example", JsonValueKind.Null), (Text(seen, "id"), Text(seen, "value"), seen.GetProperty("createdBy").ValueKind));
        Assert.Equal("LIST_ENTRY_INHERITED", CodeOf(removed));
        Assert.Equal(id, Text(byMsp, "removedEntryId"));
    }

    [Fact]
    public async Task An_MSP_sees_the_lists_of_all_its_tenants_or_of_one()
    {
        Assert.Equal(["zqglobexcanary.example", "zqacmecanary.example"], await ValuesAsync("demo-msp-api"));
        Assert.Equal(["zqacmecanary.example"], await ValuesAsync("demo-msp-api", _platform.Seed.Acme.GlobalTenant));
    }

    [Fact]
    public async Task Another_tenants_entry_does_not_exist()
    {
        var id = Text((await AddAsync("globex-api", new { list = "BLOCK", value = "a.example" })).GetProperty("entry"), "id");

        var node = await _platform.DataAsync("acme-api", "query($id: ID!) { node(id: $id) { id } }", new { id });
        Assert.Equal(JsonValueKind.Null, node.GetProperty("node").ValueKind);
        Assert.Equal("NOT_FOUND", CodeOf((await _platform.DataAsync("acme-api", Remove, new { id })).GetProperty("removeListEntry")));
    }

    [Fact]
    public async Task An_import_tells_of_each_line_that_it_refuses_and_takes_the_others()
    {
        var result = (await _platform.DataAsync("acme-api", Import, new { input = new { list = "BLOCK", text = "a.example\nno value\na.example\nb.example # known", idempotencyKey = "k" } })).GetProperty("importListEntries");
        var again = (await _platform.DataAsync("acme-api", Import, new { input = new { list = "BLOCK", text = "a.example\nno value\na.example\nb.example # known", idempotencyKey = "k" } })).GetProperty("importListEntries");

        Assert.Equal((2, 1), (result.GetProperty("added").GetInt32(), result.GetProperty("unchanged").GetInt32()));
        var refused = Assert.Single(result.GetProperty("refused").EnumerateArray());
        Assert.Equal((2, "no value", "INVALID_LIST_VALUE"), (refused.GetProperty("line").GetInt32(), Text(refused, "text"), Text(refused, "code")));
        Assert.Equal(result.GetRawText(), again.GetRawText());
    }

    [Fact]
    public async Task An_import_whose_columns_cannot_be_read_takes_nothing()
    {
        var result = (await _platform.DataAsync("acme-api", Import, new { input = new { list = "BLOCK", text = "value,colour\na.example,red" } })).GetProperty("importListEntries");

        Assert.Equal(("LIST_IMPORT_COLUMNS", 0), (CodeOf(result), result.GetProperty("added").GetInt32()));
    }

    [Fact]
    public async Task An_export_is_an_import_of_the_same_list()
    {
        const string Export = "{ listExport { text count revision } }";
        var export = (await _platform.DataAsync("acme-api", Export)).GetProperty("listExport");

        var result = (await _platform.DataAsync("globex-api", Import, new { input = new { list = "ALLOW", text = Text(export, "text") } })).GetProperty("importListEntries");

        Assert.Equal((1, 1), (export.GetProperty("count").GetInt32(), result.GetProperty("added").GetInt32()));
        Assert.Equal(["zqacmecanary.example", "zqglobexcanary.example"], await ValuesAsync("globex-api"));
    }

    [Theory]
    [InlineData("ADDRESS", "from.zqacmecanary@x.test")]
    [InlineData("DOMAIN", "x.test")]
    public async Task The_sender_of_a_message_is_blocked_from_the_message(string part, string value)
    {
        var entry = (await _platform.DataAsync("acme-api", ListSender, new { input = new { messageId = _platform.Seed.Acme.GlobalMessage(3), list = "BLOCK", part } }))
            .GetProperty("listSenderOfMessage").GetProperty("entry");

        Assert.Equal(("BLOCK", part, value, "zqacmecanary 3"), (Text(entry, "list"), Text(entry, "kind"), Text(entry, "value"), Text(entry, "note")));
    }

    [Fact]
    public async Task A_sender_that_authentication_disproved_is_not_allowed_by_one_click()
    {
        var input = new { messageId = _platform.Seed.Acme.GlobalMessage(3), list = "ALLOW", part = "ADDRESS" };

        Assert.Equal("LIST_SENDER_UNPROVEN", CodeOf((await _platform.DataAsync("acme-api", ListSender, new { input })).GetProperty("listSenderOfMessage")));
        await ProveAsync(3);
        Assert.Equal("ALLOW", Text((await _platform.DataAsync("acme-api", ListSender, new { input })).GetProperty("listSenderOfMessage").GetProperty("entry"), "list"));
    }

    [Fact]
    public async Task The_sender_of_anothers_message_is_listed_nowhere()
    {
        var input = new { messageId = _platform.Seed.Globex.GlobalMessage(3), list = "BLOCK", part = "ADDRESS" };

        Assert.Equal("NOT_FOUND", CodeOf((await _platform.DataAsync("acme-api", ListSender, new { input })).GetProperty("listSenderOfMessage")));
    }

    [Fact]
    public async Task A_change_is_an_event_and_an_audit_entry_of_its_client()
    {
        await AddAsync("acme-api", new { list = "BLOCK", value = "a.example" });

        var data = await _platform.DataAsync("acme-api", "{ auditLog(first: 1) { nodes { actor action target } } }");
        var audit = data.GetProperty("auditLog").GetProperty("nodes")[0];
        Assert.Equal(("client:acme-api", "list.add", "block domain a.example"), (Text(audit, "actor"), Text(audit, "action"), Text(audit, "target")));
        await using var db = _platform.Provider.GetRequiredService<IPlatformDbFactory>().Open(Scope.System(_platform.Seed.Acme.Id, "test"));
        Assert.Contains("\"value\":\"a.example\"", (await db.Events.OrderBy(row => row.Sequence).LastAsync(TestContext.Current.CancellationToken)).Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reason_names_the_entry_it_rests_on()
    {
        var entry = Guid.NewGuid();
        await ChangeVerdictAsync(0, verdict => verdict with { Reasons = [verdict.Reasons[0] with { Arguments = new Dictionary<string, string> { ["entry"] = entry.ToString() } }] });

        var reasons = (await _platform.DataAsync("acme-siem", "query($id: ID!) { message(id: $id) { reasons { listEntryId } } }", new { id = _platform.Seed.Acme.GlobalMessage(0) })).GetProperty("message").GetProperty("reasons");

        Assert.Equal(GlobalId.Of(NodeKind.ListEntry, entry), reasons[0].GetProperty("listEntryId").GetString());
    }

    private Task ProveAsync(int message) => ChangeVerdictAsync(message, verdict => verdict with { Authentication = verdict.Authentication! with { Dmarc = verdict.Authentication.Dmarc with { Result = AuthenticationResult.Pass } } });

    private async Task ChangeVerdictAsync(int message, Func<Verdict, Verdict> change)
    {
        await using var db = _platform.Provider.GetRequiredService<IPlatformDbFactory>().Open(Scope.System(_platform.Seed.Acme.Id, "test"));
        var id = _platform.Seed.Acme.Messages[message];
        var row = await db.Messages.SingleAsync(row => row.Id == id, TestContext.Current.CancellationToken);
        row.VerdictJson = StoredJson.Write(change(StoredJson.ReadVerdict(row.VerdictJson!)));
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    private async Task<JsonElement> AddAsync(string client, object input) => (await _platform.DataAsync(client, Add, new { input })).GetProperty("addListEntry");

    private async Task<IReadOnlyList<string>> ValuesAsync(string client, string? tenant = null) =>
        [.. (await _platform.DataAsync(client, All, new { tenant })).GetProperty("listEntries").GetProperty("nodes").EnumerateArray().Select(node => Text(node, "value"))];

    private static string CodeOf(JsonElement payload) => Text(Assert.Single(payload.GetProperty("errors").EnumerateArray()), "code");

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
