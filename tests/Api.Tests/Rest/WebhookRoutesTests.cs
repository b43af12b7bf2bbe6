using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Platform.Api.Tests.Hosting;

namespace Platform.Api.Tests.Rest;

/// <summary>Webhook endpoints by REST (API2, API3).</summary>
public sealed class WebhookRoutesTests : IAsyncLifetime
{
    private readonly TestPlatform _platform = new();

    public ValueTask InitializeAsync() => _platform.InitializeAsync();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task An_endpoint_is_made_once_for_one_key_shown_changed_and_removed()
    {
        var body = new { url = "https://siem.example.com/hook", kinds = new[] { "policy.*" } };
        var first = await SendAsync(HttpMethod.Post, "/v1/webhooks", body, HttpStatusCode.Created, ("Idempotency-Key", "k"));
        var again = await SendAsync(HttpMethod.Post, "/v1/webhooks", body, HttpStatusCode.Created, ("Idempotency-Key", "k"));
        var path = "/v1/webhooks/" + Text(first, "id");

        Assert.Equal(Text(first, "id"), Text(again, "id"));
        Assert.Equal(JsonValueKind.Null, again.GetProperty("secret").ValueKind);
        await SendAsync(HttpMethod.Patch, path, new { description = "new" }, HttpStatusCode.NoContent);
        await SendAsync(HttpMethod.Put, path + "/enabled?value=false", null, HttpStatusCode.NoContent);
        var shown = await _platform.GetJsonAsync("acme-siem", path);
        Assert.Equal(("https://siem.example.com/hook", "new", "disabled", "byRequest"), (Text(shown, "url"), Text(shown, "description"), Text(shown, "state"), Text(shown, "disabledReason")));
        Assert.Equal("WEBHOOK_DISABLED", Text(await SendAsync(HttpMethod.Post, path + "/test", null, HttpStatusCode.Conflict), "code"));
        await SendAsync(HttpMethod.Delete, path, null, HttpStatusCode.NoContent);
        await SendAsync(HttpMethod.Get, path, null, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_dead_letter_list_is_read_and_sent_anew()
    {
        var path = "/v1/webhooks/" + await SeededAsync();
        var dead = (await _platform.GetJsonAsync("acme-api", path + "/deliveries?state=dead")).GetProperty("items")[0];

        Assert.Equal(("webhook.test", "dead", 500), (Text(dead, "kind"), Text(dead, "state"), dead.GetProperty("lastStatus").GetInt32()));
        await SendAsync(HttpMethod.Post, $"/v1/webhook-deliveries/{Text(dead, "id")}/retry", null, HttpStatusCode.Accepted);
        Assert.Equal(0, (await _platform.GetJsonAsync("acme-api", path + "/deliveries?state=dead")).GetProperty("items").GetArrayLength());
        Assert.Equal("BAD_USER_INPUT", Text(await SendAsync(HttpMethod.Get, path + "/deliveries?state=lost", null, HttpStatusCode.BadRequest), "code"));
    }

    [Fact]
    public async Task Keys_are_rotated_and_a_test_and_a_replay_are_begun()
    {
        var path = "/v1/webhooks/" + await SeededAsync();

        Assert.StartsWith("whsec_", Text(await SendAsync(HttpMethod.Post, path + "/secret?overlapHours=1", null, HttpStatusCode.OK), "secret"), StringComparison.Ordinal);
        await SendAsync(HttpMethod.Post, path + "/test", null, HttpStatusCode.Accepted);
        await SendAsync(HttpMethod.Post, path + "/replay", null, HttpStatusCode.Accepted);
        Assert.Equal("INVALID_WEBHOOK_OVERLAP", Text(await SendAsync(HttpMethod.Post, path + "/secret?overlapHours=1000", null, HttpStatusCode.UnprocessableEntity), "code"));
    }

    [Theory]
    [InlineData("ftp://example.com/", HttpStatusCode.UnprocessableEntity, "INVALID_WEBHOOK_URL")]
    [InlineData("https://user@example.com/", HttpStatusCode.UnprocessableEntity, "INVALID_WEBHOOK_URL")]
    public async Task What_cannot_be_made_is_a_problem_with_its_code(string url, HttpStatusCode status, string code)
    {
        Assert.Equal(code, Text(await SendAsync(HttpMethod.Post, "/v1/webhooks", new { url }, status), "code"));
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private async Task<string> SeededAsync() => Text((await _platform.GetJsonAsync("acme-api", "/v1/webhooks")).GetProperty("items")[0], "id");

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body, HttpStatusCode status, params (string Name, string Value)[] headers)
    {
        using var content = body is null ? null : JsonContent.Create(body);
        using var response = await _platform.SendAsync("acme-api", method, path, content, headers);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == status, $"{response.StatusCode}: {text}");
        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }
}
