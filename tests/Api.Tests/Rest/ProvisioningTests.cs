using System.Net;
using System.Text;
using System.Text.Json;
using Platform.Api.Tests.Hosting;

namespace Platform.Api.Tests.Rest;

public sealed class ProvisioningTests : IAsyncLifetime
{
    private readonly TestPlatform _platform = new();

    public ValueTask InitializeAsync() => _platform.InitializeAsync();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task A_mailbox_is_made_listed_and_removed()
    {
        using var made = await PostAsync("acme-api", "/v1/mailboxes", new { address = "new@acme.test", displayName = "New" });
        var id = JsonSerializer.Deserialize<JsonElement>(await made.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).GetProperty("id").GetString();
        var list = await _platform.GetJsonAsync("acme-api", "/v1/mailboxes");
        using var removed = await _platform.SendAsync("acme-api", HttpMethod.Delete, "/v1/mailboxes/" + id);
        using var again = await _platform.SendAsync("acme-api", HttpMethod.Delete, "/v1/mailboxes/" + id);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.NoContent, HttpStatusCode.NotFound), (made.StatusCode, removed.StatusCode, again.StatusCode));
        Assert.Contains(list.GetProperty("items").EnumerateArray(), item => item.GetProperty("id").GetString() == id && item.GetProperty("address").GetString() == "new@acme.test");
    }

    [Fact]
    public async Task A_repeated_post_makes_one_tenant_and_it_can_be_used_at_once()
    {
        var body = new { slug = "initech", name = "Initech", language = "ja", route = "maildir:x" };
        using var first = await PostAsync("demo-msp-api", "/v1/tenants", body, ("Idempotency-Key", "k"));
        using var again = await PostAsync("demo-msp-api", "/v1/tenants", body, ("Idempotency-Key", "k"));
        var id = JsonSerializer.Deserialize<JsonElement>(await first.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).GetProperty("id").GetString();
        using var domain = await PostAsync("demo-msp-api", "/v1/domains", new { name = "initech.test", tenant = id });

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created, HttpStatusCode.Created), (first.StatusCode, again.StatusCode, domain.StatusCode));
        Assert.Equal(await first.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), await again.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Lists_are_paged_to_their_end()
    {
        var seen = new List<string>();
        string? after = null;
        do
        {
            var page = await _platform.GetJsonAsync("demo-msp-api", "/v1/mailboxes?limit=3" + (after is null ? "" : "&after=" + after));
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("address").GetString()!));
            after = page.GetProperty("nextCursor").GetString();
        }
        while (after is not null);

        Assert.Equal(4, seen.Count);
        Assert.Equal(seen.Order(StringComparer.Ordinal), seen);
    }

    [Theory]
    [InlineData("acme-api", "/v1/tenants", "{\"slug\":\"x\",\"name\":\"x\",\"language\":\"en\",\"route\":\"maildir:x\"}", 403, "FORBIDDEN")]
    [InlineData("acme-api", "/v1/domains", "{\"name\":\"globex.test\"}", 409, "DOMAIN_TAKEN")]
    [InlineData("acme-api", "/v1/mailboxes", "{\"address\":\"x@globex.test\"}", 422, null)]
    [InlineData("acme-api", "/v1/mailboxes", "{\"address\":", 400, "BAD_USER_INPUT")]
    [InlineData("acme-api", "/v1/mailboxes", "{}", 400, "BAD_USER_INPUT")]
    [InlineData("demo-msp-api", "/v1/mailboxes", "{\"address\":\"x@acme.test\"}", 400, "TENANT_REQUIRED")]
    [InlineData("acme-api", "/v1/mailboxes", "{\"address\":\"x@acme.test\",\"tenant\":\"nonsense\"}", 400, "BAD_USER_INPUT")]
    public async Task What_cannot_be_made_is_refused_with_its_code(string client, string path, string body, int status, string? code)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        await Problems.AssertAsync(await _platform.SendAsync(client, HttpMethod.Post, path, content), status, code);
    }

    private async Task<HttpResponseMessage> PostAsync(string client, string path, object body, params (string, string)[] headers)
    {
        using var content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        return await _platform.SendAsync(client, HttpMethod.Post, path, content, headers);
    }
}
