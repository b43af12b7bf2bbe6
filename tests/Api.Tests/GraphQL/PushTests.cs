using System.Text.Json;
using Platform.Api.Tests.Hosting;

namespace Platform.Api.Tests.GraphQL;

/// <summary>Webhook endpoints and syslog targets by GraphQL (API3).</summary>
public sealed class PushTests : IAsyncLifetime
{
    private const string Create = "mutation($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) { endpoint { id url kinds state publicKey waiting dead origin tenant { slug } } secret errors { code field } } }";
    private const string Endpoints = "{ webhookEndpoints { nodes { id url waiting dead } totalCount } }";
    private const string Dead = "{ webhookDeliveries(state: DEAD) { nodes { id endpointId eventId kind state attempts lastStatus lastError log { number succeeded status latencyMs error excerpt } } totalCount } }";
    private const string CreateTarget = "mutation($input: CreateSyslogTargetInput!) { createSyslogTarget(input: $input) { target { id host port format facility hasClientCertificate state behind } errors { code } } }";

    private readonly TestPlatform _platform = new();

    public ValueTask InitializeAsync() => _platform.InitializeAsync();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task The_secret_of_an_endpoint_is_shown_once()
    {
        var input = new { url = "https://siem.example.com/hook", kinds = new[] { "delivery.*" }, withSigningKey = true, idempotencyKey = "k" };
        var made = await CreateAsync("acme-api", input);
        var again = await CreateAsync("acme-api", input);

        var endpoint = made.GetProperty("endpoint");
        Assert.StartsWith("whsec_", Text(made, "secret"), StringComparison.Ordinal);
        Assert.StartsWith("whpk_", Text(endpoint, "publicKey"), StringComparison.Ordinal);
        Assert.Equal(("ENABLED", "TENANT", "acme", "delivery.*"), (Text(endpoint, "state"), Text(endpoint, "origin"), Text(endpoint.GetProperty("tenant"), "slug"), endpoint.GetProperty("kinds")[0].GetString()));
        Assert.Equal(Text(endpoint, "id"), Text(again.GetProperty("endpoint"), "id"));
        Assert.Equal(JsonValueKind.Null, again.GetProperty("secret").ValueKind);
    }

    public static TheoryData<string, string, object> Refusals() => new()
    {
        { "acme-api", "INVALID_WEBHOOK_URL", new { url = "probe" } },
        { "acme-api", "INVALID_EVENT_KINDS", new { url = "https://siem.example.com/", kinds = new[] { "*" } } },
        { "acme-api", "CURSOR_INVALID", new { url = "https://siem.example.com/", after = "x" } },
        { "acme-api", "FORBIDDEN", new { url = "https://siem.example.com/", origin = "MSP" } },
        { "acme-api", "BAD_USER_INPUT", new { url = "https://siem.example.com/", tenant = "x" } },
        { "demo-msp-api", "TENANT_REQUIRED", new { url = "https://siem.example.com/" } },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task What_cannot_be_made_is_a_typed_error(string client, string code, object input)
    {
        Assert.Equal(code, (await CreateAsync(client, input)).GetProperty("errors")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task Who_may_only_read_sees_and_changes_nothing()
    {
        var result = await _platform.ResultAsync("acme-siem", Create, new { input = new { url = "https://siem.example.com/" } });

        Assert.Equal("FORBIDDEN", result.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
        Assert.Equal(1, (await _platform.DataAsync("acme-siem", Endpoints)).GetProperty("webhookEndpoints").GetProperty("totalCount").GetInt32());
    }

    [Fact]
    public async Task The_dead_letter_list_tells_each_try_and_a_delivery_is_sent_anew()
    {
        var delivery = (await _platform.DataAsync("acme-api", Dead)).GetProperty("webhookDeliveries").GetProperty("nodes")[0];
        Assert.Equal(("webhook.test", 500, "zqacmecanary"), (Text(delivery, "kind"), delivery.GetProperty("lastStatus").GetInt32(), Text(delivery, "lastError")));
        Assert.Equal((1, false, 7, "zqacmecanary"), (delivery.GetProperty("log")[0].GetProperty("number").GetInt32(), delivery.GetProperty("log")[0].GetProperty("succeeded").GetBoolean(),
            delivery.GetProperty("log")[0].GetProperty("latencyMs").GetInt32(), Text(delivery.GetProperty("log")[0], "excerpt")));

        var retried = (await _platform.DataAsync("acme-api", "mutation($id: ID!) { retryWebhookDelivery(input: { deliveryId: $id }) { delivery { state attempts } errors { code } } }", new { id = Text(delivery, "id") }))
            .GetProperty("retryWebhookDelivery");

        Assert.Equal(("PENDING", 0), (Text(retried.GetProperty("delivery"), "state"), retried.GetProperty("delivery").GetProperty("attempts").GetInt32()));
        Assert.Equal(0, (await _platform.DataAsync("acme-api", Dead)).GetProperty("webhookDeliveries").GetProperty("totalCount").GetInt32());
    }

    [Theory]
    [InlineData("updateWebhookEndpoint", "description: \"x\"")]
    [InlineData("removeWebhookEndpoint", "")]
    [InlineData("enableWebhookEndpoint", "")]
    [InlineData("disableWebhookEndpoint", "")]
    [InlineData("rotateWebhookSecret", "overlapHours: 1")]
    [InlineData("sendTestWebhook", "")]
    [InlineData("replayWebhookEvents", "")]
    public async Task Each_change_works_for_the_owner_and_finds_nothing_for_another(string mutation, string input)
    {
        var id = Text((await _platform.DataAsync("acme-api", Endpoints)).GetProperty("webhookEndpoints").GetProperty("nodes")[0], "id");
        var document = $"mutation($id: ID!) {{ {mutation}(input: {{ endpointId: $id {input} }}) {{ errors {{ code }} }} }}";

        Assert.Equal("NOT_FOUND", (await _platform.DataAsync("globex-api", document, new { id })).GetProperty(mutation).GetProperty("errors")[0].GetProperty("code").GetString());
        Assert.Equal(0, (await _platform.DataAsync("acme-api", document, new { id })).GetProperty(mutation).GetProperty("errors").GetArrayLength());
    }

    [Fact]
    public async Task A_collector_is_made_changed_and_removed()
    {
        var target = (await _platform.DataAsync("acme-api", CreateTarget, new { input = new { host = "siem.example.com", format = "LEEF" } })).GetProperty("createSyslogTarget").GetProperty("target");
        Assert.Equal(("siem.example.com", 6514, "LEEF", 16, "ENABLED"), (Text(target, "host"), target.GetProperty("port").GetInt32(), Text(target, "format"), target.GetProperty("facility").GetInt32(), Text(target, "state")));
        var id = Text(target, "id");

        const string update = "mutation($id: ID!) { updateSyslogTarget(input: { targetId: $id, format: CEF, enabled: false }) { target { format state } errors { code } } }";
        Assert.Equal("NOT_FOUND", (await _platform.DataAsync("globex-api", update, new { id })).GetProperty("updateSyslogTarget").GetProperty("errors")[0].GetProperty("code").GetString());
        var changed = (await _platform.DataAsync("acme-api", update, new { id })).GetProperty("updateSyslogTarget").GetProperty("target");
        Assert.Equal(("CEF", "DISABLED"), (Text(changed, "format"), Text(changed, "state")));

        const string remove = "mutation($id: ID!) { removeSyslogTarget(input: { targetId: $id }) { removedTargetId errors { code } } }";
        Assert.Equal("NOT_FOUND", (await _platform.DataAsync("globex-api", remove, new { id })).GetProperty("removeSyslogTarget").GetProperty("errors")[0].GetProperty("code").GetString());
        Assert.Equal(id, Text((await _platform.DataAsync("acme-api", remove, new { id })).GetProperty("removeSyslogTarget"), "removedTargetId"));
    }

    [Theory]
    [InlineData("INVALID_SYSLOG_ADDRESS", "no host!", 6514, 16, null)]
    [InlineData("INVALID_SYSLOG_ADDRESS", "siem.example.com", 0, 16, null)]
    [InlineData("INVALID_SYSLOG_FACILITY", "siem.example.com", 6514, 24, null)]
    [InlineData("INVALID_SYSLOG_CERTIFICATE", "siem.example.com", 6514, 16, "x")]
    public async Task A_collector_keeps_the_rules(string code, string host, int port, int facility, string? clientCertificate)
    {
        var result = await _platform.DataAsync("acme-api", CreateTarget, new { input = new { host, port, facility, clientCertificate } });

        Assert.Equal(code, result.GetProperty("createSyslogTarget").GetProperty("errors")[0].GetProperty("code").GetString());
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private async Task<JsonElement> CreateAsync(string client, object input) => (await _platform.DataAsync(client, Create, new { input })).GetProperty("createWebhookEndpoint");
}
