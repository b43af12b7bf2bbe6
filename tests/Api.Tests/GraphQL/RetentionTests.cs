using System.Text.Json;
using Platform.Api.Tests.Hosting;
using Platform.Storage.Accounts;

namespace Platform.Api.Tests.GraphQL;

/// <summary>Retention, holds, purges and departures by the API (QUA3, QUA4, TEN4).</summary>
public sealed class RetentionTests : IAsyncLifetime
{
    private const string Purge = "mutation($input: PurgeMessagesInput!) { purgeMessages(input: $input) { purge { id state reason } errors { code field } } }";
    private const string Place = "mutation($input: PlaceHoldInput!) { placeHold(input: $input) { hold { id active } errors { code field } } }";

    private readonly TestPlatform _platform = new();

    private SeededTenant Acme => _platform.Seed.Acme;

    public ValueTask InitializeAsync() => _platform.InitializeAsync();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task A_purged_message_is_gone_and_its_receipt_covers_it()
    {
        var id = Acme.GlobalMessage(2);
        var purge = (await PurgeAsync("acme-api", id)).GetProperty("purge").GetProperty("id").GetString();
        var done = await DoneAsync(purge!, id);

        Assert.Equal(JsonValueKind.Null, (await _platform.DataAsync("acme-api", "query($id: ID!) { message(id: $id) { id } }", new { id })).GetProperty("message").ValueKind);
        Assert.True(done.GetProperty("covers").GetBoolean());
        Assert.Equal(3, done.GetProperty("receipt").GetString()!.Split('.').Length);
        var verification = (await _platform.DataAsync("acme-api", "{ auditVerification { holds entries signedHead } }")).GetProperty("auditVerification");
        Assert.True(verification.GetProperty("holds").GetBoolean());
        var again = await _platform.DataAsync("acme-api", "query($head: String) { auditVerification(signedHead: $head) { holds } }", new { head = verification.GetProperty("signedHead").GetString() });
        Assert.True(again.GetProperty("auditVerification").GetProperty("holds").GetBoolean());
    }

    [Fact]
    public async Task A_hold_refuses_the_purge_until_it_is_released()
    {
        var id = Acme.GlobalMessage(2);
        var hold = (await _platform.DataAsync("acme-api", Place, new { input = new { name = "Case 7", reason = "court order", messageId = id } })).GetProperty("placeHold").GetProperty("hold");
        Assert.True(hold.GetProperty("active").GetBoolean());
        Assert.Equal("LEGAL_HOLD", CodeOf(await PurgeAsync("acme-api", id)));
        var released = await _platform.DataAsync(
            "acme-api", "mutation($id: ID!) { releaseHold(input: { holdId: $id, reason: \"settled\" }) { hold { active releasedBy } errors { code } } }", new { id = hold.GetProperty("id").GetString() });
        Assert.False(released.GetProperty("releaseHold").GetProperty("hold").GetProperty("active").GetBoolean());
        Assert.Empty((await PurgeAsync("acme-api", id)).GetProperty("errors").EnumerateArray());
    }

    [Theory]
    [InlineData("globex-api", "NOT_FOUND")]
    [InlineData("demo-msp-api", "TENANT_REQUIRED")]
    public async Task Anothers_messages_cannot_be_purged(string client, string code) => Assert.Equal(code, CodeOf(await PurgeAsync(client, Acme.GlobalMessage(2))));

    [Fact]
    public async Task Periods_are_set_and_show_where_they_come_from()
    {
        const string set = "mutation($input: SetRetentionInput!) { setRetention(input: $input) { retention { maxDays periods { class content { days origin } metadata { days origin capped } } } errors { code } } }";
        await _platform.DataAsync("demo-msp-api", set, new { input = new { forMsp = true, maxDays = 100, periods = new[] { new { @class = "UNWANTED", contentDays = 7, metadataDays = 90 } } } });
        var own = (await _platform.DataAsync("acme-api", set, new { input = new { periods = new[] { new { @class = "CLEAN", contentDays = 5, metadataDays = 300 } } } })).GetProperty("setRetention").GetProperty("retention");
        var periods = own.GetProperty("periods").EnumerateArray().ToDictionary(period => period.GetProperty("class").GetString()!);

        Assert.Equal(100, own.GetProperty("maxDays").GetInt32());
        Assert.Equal((5, "TENANT"), Value(periods["CLEAN"].GetProperty("content")));
        Assert.Equal((100, "TENANT"), Value(periods["CLEAN"].GetProperty("metadata")));
        Assert.True(periods["CLEAN"].GetProperty("metadata").GetProperty("capped").GetBoolean());
        Assert.Equal((7, "MSP"), Value(periods["UNWANTED"].GetProperty("content")));
        Assert.Equal("PLATFORM", Value(periods["MALWARE"].GetProperty("content")).Origin);
    }

    [Fact]
    public async Task With_four_eyes_a_client_opens_what_a_person_granted()
    {
        await _platform.DataAsync("acme-api", "mutation { setContentAccess(input: { reasonOfClients: true, fourEyes: true }) { contentAccess { fourEyes } errors { code } } }");
        var id = Acme.GlobalMessage(2);
        const string preview = "query($id: ID!) { message(id: $id) { preview(reason: \"reported as wrong\") { text } } }";
        Assert.Equal("APPROVAL_REQUIRED", CodeOfError(await _platform.ResultAsync("acme-api", preview, new { id })));
        var request = (await _platform.DataAsync(
            "acme-api", "mutation($id: ID!) { requestContentAccess(input: { messageId: $id, reason: \"reported as wrong\" }) { request { id state } errors { code } } }", new { id }))
            .GetProperty("requestContentAccess").GetProperty("request").GetProperty("id").GetString();
        const string decide = "mutation($id: ID!) { decideContentAccess(input: { requestId: $id, grant: true }) { request { state } errors { code } } }";
        Assert.Equal("FORBIDDEN", CodeOf((await _platform.DataAsync("demo-msp-api", decide, new { id = request })).GetProperty("decideContentAccess")));
        await _platform.SignInAsync(Acme, "second@x.test", BuiltInRoles.Analyst);
        await _platform.DataAsync("second@x.test", decide, new { id = request });
        Assert.Contains("body 2", (await _platform.DataAsync("acme-api", preview, new { id })).GetProperty("message").GetProperty("preview").GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_audit_log_is_filtered_and_an_MSP_has_its_own()
    {
        var actions = await ActionsAsync("acme-api", new { action = "domain" });
        Assert.Equal(["domain.add"], actions.Distinct());
        Assert.Contains("tenant.create", await ActionsAsync("demo-msp-api", new { ofMsp = true }));
        Assert.DoesNotContain("domain.add", await ActionsAsync("demo-msp-api", new { ofMsp = true }));
    }

    [Fact]
    public async Task A_tenants_deletion_is_asked_for_and_taken_back()
    {
        const string ask = "mutation($slug: String!) { requestTenantDeletion(input: { confirmSlug: $slug, reason: \"contract ended\" }) { deletion { dueAt } errors { code } } }";
        Assert.Equal("CONFIRMATION_WRONG", CodeOf((await _platform.DataAsync("acme-api", ask, new { slug = "globex" })).GetProperty("requestTenantDeletion")));
        Assert.NotEqual(JsonValueKind.Null, (await _platform.DataAsync("acme-api", ask, new { slug = "acme" })).GetProperty("requestTenantDeletion").GetProperty("deletion").ValueKind);
        var cancelled = await _platform.DataAsync("acme-api", "mutation { cancelTenantDeletion(input: {}) { cancelled errors { code } } }");
        Assert.True(cancelled.GetProperty("cancelTenantDeletion").GetProperty("cancelled").GetBoolean());
        Assert.Empty((await _platform.DataAsync("acme-api", "{ tenantDeletions { dueAt } }")).GetProperty("tenantDeletions").EnumerateArray());
    }

    private static string CodeOf(JsonElement payload) => payload.GetProperty("errors")[0].GetProperty("code").GetString()!;

    private static string CodeOfError(JsonElement result) => result.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString()!;

    private static (int Days, string Origin) Value(JsonElement value) => (value.GetProperty("days").GetInt32(), value.GetProperty("origin").GetString()!);

    private async Task<JsonElement> PurgeAsync(string client, string id) =>
        (await _platform.DataAsync(client, Purge, new { input = new { messageIds = new[] { id }, reason = "asked for by its author" } })).GetProperty("purgeMessages");

    private async Task<List<string>> ActionsAsync(string client, object filter) =>
        [.. (await _platform.DataAsync(client, "query($filter: AuditFilter) { auditLog(filter: $filter, first: 200) { nodes { action } } }", new { filter })).GetProperty("auditLog").GetProperty("nodes")
            .EnumerateArray().Select(entry => entry.GetProperty("action").GetString()!)];

    /// <summary>The worker of the host completes it as soon as the index has come to the purge.</summary>
    private async Task<JsonElement> DoneAsync(string purge, string message)
    {
        while (true)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            var node = (await _platform.DataAsync("acme-api", "query($id: ID!, $message: ID!) { node(id: $id) { ... on Purge { state receipt covers(id: $message) } } }", new { id = purge, message })).GetProperty("node");
            if (node.GetProperty("state").GetString() == "done")
                return node;
            await Task.Yield();
        }
    }
}
