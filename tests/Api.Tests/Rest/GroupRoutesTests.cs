using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Platform.Api.Tests.Hosting;

namespace Platform.Api.Tests.Rest;

/// <summary>Groups and the inherited policy by REST.</summary>
public sealed class GroupRoutesTests : IAsyncLifetime
{
    private readonly TestPlatform _platform = new();

    public ValueTask InitializeAsync() => _platform.InitializeAsync();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task A_group_is_provisioned_with_members_and_values()
    {
        var made = await MadeAsync(new { name = "Sales", externalId = "ext-1" }, ("Idempotency-Key", "k"));
        Assert.Equal(made, await MadeAsync(new { name = "Sales", externalId = "ext-1" }, ("Idempotency-Key", "k")));
        var mailbox = (await _platform.GetJsonAsync("acme-api", "/v1/mailboxes?limit=1")).GetProperty("items")[0].GetProperty("id").GetString()!;
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(HttpMethod.Patch, $"/v1/groups/{made}/members", new { add = new[] { mailbox } }));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(HttpMethod.Patch, "/v1/policy", new { group = made, values = new[] { new { setting = "action.spam", value = "reject" } } }));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(HttpMethod.Patch, $"/v1/groups/{made}", new { name = "Sellers" }));

        var group = (await _platform.GetJsonAsync("acme-siem", "/v1/groups")).GetProperty("items")[1];
        var member = (await _platform.GetJsonAsync("acme-siem", $"/v1/groups/{made}/members")).GetProperty("items")[0];
        var spam = (await _platform.GetJsonAsync("acme-siem", $"/v1/policy?mailbox={mailbox}")).GetProperty("values").EnumerateArray().Single(value => value.GetProperty("setting").GetString() == "action.spam");
        Assert.Equal(("Sellers", "ext-1", 2), (group.GetProperty("name").GetString(), group.GetProperty("externalId").GetString(), group.GetProperty("position").GetInt32()));
        Assert.Equal((mailbox, "mailbox"), (member.GetProperty("id").GetString(), member.GetProperty("kind").GetString()));
        Assert.Equal(("reject", "group", "Sellers"), (spam.GetProperty("value").GetString(), spam.GetProperty("origin").GetProperty("level").GetString(), spam.GetProperty("origin").GetProperty("name").GetString()));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(HttpMethod.Delete, $"/v1/groups/{made}", null));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(HttpMethod.Delete, $"/v1/groups/{made}", null));
    }

    [Fact]
    public async Task What_cannot_be_done_has_its_status()
    {
        var made = await MadeAsync(new { name = "Sales" });
        var theirs = (await _platform.GetJsonAsync("globex-api", "/v1/mailboxes?limit=1")).GetProperty("items")[0].GetProperty("id").GetString()!;
        Assert.Equal(HttpStatusCode.Conflict, await StatusAsync(HttpMethod.Post, "/v1/groups", new { name = "SALES" }));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await StatusAsync(HttpMethod.Patch, $"/v1/groups/{made}/members", new { add = new[] { theirs } }));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(HttpMethod.Patch, "/v1/policy", new { mailbox = theirs, values = new[] { new { setting = "action.spam", value = "reject" } } }));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await StatusAsync(HttpMethod.Patch, "/v1/policy", new { values = new[] { new { setting = "action.spam", value = "explode" } } }));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(HttpMethod.Patch, "/v1/policy", new { msp = true, values = new[] { new { setting = "action.spam", value = "tag" } } }));
        using var set = await _platform.SendAsync("demo-msp-api", HttpMethod.Patch, "/v1/policy", JsonContent.Create(new { msp = true, values = new[] { new { setting = "action.spam", value = "quarantine", locked = true } } }));
        Assert.Equal(HttpStatusCode.NoContent, set.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, await StatusAsync(HttpMethod.Patch, "/v1/policy", new { group = made, values = new[] { new { setting = "action.spam", value = "deliver" } } }));
        using var unseen = await _platform.SendAsync("acme-api", HttpMethod.Get, $"/v1/policy?mailbox={theirs}");
        Assert.Equal(HttpStatusCode.NotFound, unseen.StatusCode);
    }

    private async Task<string> MadeAsync(object body, params (string, string)[] headers)
    {
        using var response = await _platform.SendAsync("acme-api", HttpMethod.Post, "/v1/groups", JsonContent.Create(body), headers);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("id").GetString()!;
    }

    private async Task<HttpStatusCode> StatusAsync(HttpMethod method, string path, object? body)
    {
        using var response = await _platform.SendAsync("acme-api", method, path, body is null ? null : JsonContent.Create(body));
        return response.StatusCode;
    }
}
