using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Edge;
using Platform.Api.Tests.Hosting;
using Platform.Engine.Verdicts;
using Platform.Storage.Accounts;
using Platform.Storage.Messages;
using Platform.Storage.Model;
using Platform.Storage.Scopes;

namespace Platform.Api.Tests.GraphQL;

/// <summary>What owners of mailboxes may do with their own mail, and what administrators decide, by GraphQL and REST.</summary>
public sealed class QuarantineTests : IAsyncLifetime
{
    private readonly TestPlatform _platform = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Owner => $"info.{_platform.Seed.Acme.Canary}@acme.test";

    public async ValueTask InitializeAsync()
    {
        await _platform.InitializeAsync();
        await _platform.SignInAsync(_platform.Seed.Acme, Owner, BuiltInRoles.Employee);
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Theory]
    [InlineData(VerdictKind.Spam, "HEADERS PREVIEW DOWNLOAD RELEASE DELETE LIST", null)]
    [InlineData(VerdictKind.Phishing, "HEADERS REQUEST DELETE", "RIGHT_MISSING")]
    public async Task An_owner_does_what_the_policy_allows(VerdictKind kind, string rights, string? refusal)
    {
        var delivery = await HoldAsync(1, kind);

        var seen = (await _platform.DataAsync(Owner, "query($id: ID!) { node(id: $id) { ... on Delivery { rights } } }", new { id = delivery })).GetProperty("node").GetProperty("rights");
        Assert.Equal(rights, string.Join(' ', seen.EnumerateArray().Select(right => right.GetString())));
        var released = await _platform.DataAsync(Owner, "mutation($id: ID!) { releaseDelivery(input: { deliveryId: $id }) { delivery { state } errors { code } } }", new { id = delivery });
        Assert.Equal(refusal, ErrorOf(released.GetProperty("releaseDelivery")));
    }

    [Fact]
    public async Task An_owner_asks_for_what_a_rule_holds()
    {
        var delivery = await HoldAsync(1, VerdictKind.Clean, byRule: true);

        var seen = (await _platform.DataAsync(Owner, "query($id: ID!) { node(id: $id) { ... on Delivery { rights } } }", new { id = delivery })).GetProperty("node").GetProperty("rights");

        Assert.Equal("HEADERS PREVIEW DOWNLOAD REQUEST DELETE LIST", string.Join(' ', seen.EnumerateArray().Select(right => right.GetString())));
    }

    [Theory]
    [InlineData(VerdictKind.Spam, 200)]
    [InlineData(VerdictKind.Phishing, 403)]
    public async Task An_owner_downloads_only_what_the_policy_allows(VerdictKind kind, int status)
    {
        await HoldAsync(1, kind);

        using var response = await _platform.SendAsync(Owner, HttpMethod.Get, $"/v1/messages/{_platform.Seed.Acme.GlobalMessage(1)}/raw");

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task Headers_may_be_seen_where_the_mail_may_not_be_read()
    {
        await HoldAsync(1, VerdictKind.Phishing);
        const string Query = "query($id: ID!) { node(id: $id) { ... on Message { FIELD } } }";
        var id = _platform.Seed.Acme.GlobalMessage(1);

        Assert.True((await _platform.ResultAsync(Owner, Query.Replace("FIELD", "headers { name }", StringComparison.Ordinal), new { id })).GetProperty("data").GetProperty("node").ValueKind == JsonValueKind.Object);
        Assert.Contains("RIGHT_MISSING", (await _platform.ResultAsync(Owner, Query.Replace("FIELD", "preview { text }", StringComparison.Ordinal), new { id })).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_is_asked_seen_and_approved()
    {
        var delivery = await HoldAsync(1, VerdictKind.Phishing);
        var asked = await _platform.DataAsync(Owner, "mutation($id: ID!) { requestRelease(input: { deliveryId: $id, note: \"a partner\" }) { request { id state } errors { code } } }", new { id = delivery });
        var request = asked.GetProperty("requestRelease").GetProperty("request").GetProperty("id").GetString();

        var waiting = await _platform.DataAsync("demo-msp-api", "{ releaseRequests(state: WAITING) { nodes { id note delivery { id } } } }");
        Assert.Equal(request, Assert.Single(waiting.GetProperty("releaseRequests").GetProperty("nodes").EnumerateArray()).GetProperty("id").GetString());
        var own = await _platform.DataAsync(Owner, "mutation($id: ID!) { decideRelease(input: { requestId: $id, approve: true }) { errors { code } } }", new { id = request });
        Assert.Equal("NOT_FOUND", ErrorOf(own.GetProperty("decideRelease")));
        var decided = (await _platform.DataAsync("acme-api", "mutation($id: ID!) { decideRelease(input: { requestId: $id, approve: true, note: \"fine\" }) { request { state decisionNote delivery { state } } errors { code } } }", new { id = request })).GetProperty("decideRelease");
        Assert.Equal(("APPROVED", "RELEASED"), (decided.GetProperty("request").GetProperty("state").GetString(), decided.GetProperty("request").GetProperty("delivery").GetProperty("state").GetString()));
    }

    [Fact]
    public async Task A_sender_is_listed_for_the_own_mailbox_and_taken_off_again()
    {
        var delivery = await HoldAsync(1, VerdictKind.Spam);

        var listed = (await _platform.DataAsync(Owner, "mutation($id: ID!) { listMailboxSender(input: { deliveryId: $id, list: BLOCK, wholeDomain: true }) { sender { id value } errors { code } } }", new { id = delivery })).GetProperty("listMailboxSender").GetProperty("sender");

        Assert.Equal("x.test", listed.GetProperty("value").GetString());
        var removed = await _platform.DataAsync(Owner, "mutation($id: ID!) { removeMailboxSender(input: { senderId: $id }) { errors { code } } }", new { id = listed.GetProperty("id").GetString() });
        Assert.Null(ErrorOf(removed.GetProperty("removeMailboxSender")));
    }

    [Fact]
    public async Task A_report_button_reports_by_message_id_and_an_administrator_confirms()
    {
        await HoldAsync(1, VerdictKind.Clean);
        var header = $"{_platform.Seed.Acme.Canary}.1@x.test";
        using var body = new StringContent($$"""{"messageIdHeader":"<{{header}}>","report":"missed","comment":"asks for my password"}""", System.Text.Encoding.UTF8, "application/json");
        using var response = await _platform.SendAsync(Owner, HttpMethod.Post, "/v1/reports", body);
        Assert.Equal(201, (int)response.StatusCode);
        var id = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Stop)).RootElement.GetProperty("id").GetString();

        var decided = (await _platform.DataAsync("acme-api", "mutation($id: ID!) { decideReport(input: { reportId: $id, confirm: true }) { report { state kind via listed } errors { code } } }", new { id })).GetProperty("decideReport").GetProperty("report");

        // The seeded mail fails authentication: whose name it bears is not listed.
        Assert.Equal(("CONFIRMED", "MISSED", "API", false), (decided.GetProperty("state").GetString(), decided.GetProperty("kind").GetString(), decided.GetProperty("via").GetString(), decided.GetProperty("listed").GetBoolean()));
    }

    [Fact]
    public async Task The_content_of_a_system_mail_is_for_its_recipient_alone()
    {
        var message = _platform.Seed.Acme.Messages[2];
        await using (var db = Open())
            await db.Messages.Where(row => row.Id == message).ExecuteUpdateAsync(set => set.SetProperty(row => row.Mode, IntakeMode.Notice), Stop);

        using var response = await _platform.SendAsync("acme-api", HttpMethod.Get, $"/v1/messages/{_platform.Seed.Acme.GlobalMessage(2)}/raw");

        Assert.Equal(403, (int)response.StatusCode);
    }

    private static string? ErrorOf(JsonElement payload) => payload.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("code").GetString()).SingleOrDefault();

    /// <summary>A seeded mail, held for its recipients with that verdict. Gives the id of the delivery to the owner's mailbox.</summary>
    private async Task<string> HoldAsync(int number, VerdictKind kind, bool byRule = false)
    {
        var message = _platform.Seed.Acme.Messages[number];
        await using var db = Open();
        await db.Messages.Where(row => row.Id == message).ExecuteUpdateAsync(set => set.SetProperty(row => row.Verdict, kind), Stop);
        await db.Deliveries.Where(row => row.MessageId == message).ExecuteUpdateAsync(set => set.SetProperty(row => row.State, DeliveryState.Quarantined), Stop);
        if (!byRule)
            await db.Deliveries.Where(row => row.MessageId == message).ExecuteUpdateAsync(set => set.SetProperty(row => row.DecisionJson, (string?)null), Stop);
        var deliveries = await db.Deliveries.Where(row => row.MessageId == message).ToListAsync(Stop);
        return GlobalId.Of(NodeKind.Delivery, deliveries.Single(row => row.Recipient.StartsWith("info.", StringComparison.Ordinal)).Id);
    }

    private PlatformDb Open() => _platform.Provider.GetRequiredService<IPlatformDbFactory>().Open(Scope.System(_platform.Seed.Acme.Id, "test"));
}
