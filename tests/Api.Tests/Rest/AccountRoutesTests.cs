using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Platform.Api.Tests.Hosting;

namespace Platform.Api.Tests.Rest;

public sealed class AccountRoutesTests : IAsyncLifetime
{
    private readonly TestPlatform _platform = new();

    public ValueTask InitializeAsync() => _platform.InitializeAsync();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task An_account_is_invited_once_changed_listed_and_removed()
    {
        var first = await InviteAsync("acme-api", "new@x.test", "k");
        var again = await InviteAsync("acme-api", "new@x.test", "k");
        var id = first.Body.GetProperty("id").GetString();
        using var changed = await _platform.SendAsync("acme-api", HttpMethod.Patch, "/v1/accounts/" + id, JsonContent.Create(new { name = "Renamed", roles = new[] { "auditor", "helpdesk" } }));
        var answer = await changed.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        var listed = (await _platform.GetJsonAsync("acme-api", "/v1/accounts?limit=1&after=" + Uri.EscapeDataString((await _platform.GetJsonAsync("acme-api", "/v1/accounts?limit=1")).GetProperty("nextCursor").GetString()!))).GetProperty("items");
        using var removed = await _platform.SendAsync("acme-api", HttpMethod.Delete, "/v1/accounts/" + id);
        using var gone = await _platform.SendAsync("acme-api", HttpMethod.Delete, "/v1/accounts/" + id);

        Assert.Equal((HttpStatusCode.Created, id), (first.Status, again.Body.GetProperty("id").GetString()));
        Assert.Equal(("Renamed", "invited", "auditor", "helpdesk"), (answer.GetProperty("name").GetString(), answer.GetProperty("state").GetString(), answer.GetProperty("roles")[0].GetString(), answer.GetProperty("roles")[1].GetString()));
        Assert.Equal(1, listed.GetArrayLength());
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (removed.StatusCode, gone.StatusCode));
    }

    [Theory]
    [InlineData("acme-api", "{\"address\":\"zqacmecanary@people.test\",\"name\":\"X\",\"roles\":[\"analyst\"]}", HttpStatusCode.Conflict, "ADDRESS_TAKEN")]
    [InlineData("acme-api", "{\"address\":\"none\",\"name\":\"X\",\"roles\":[\"analyst\"]}", HttpStatusCode.UnprocessableEntity, "INVALID_ADDRESS")]
    [InlineData("acme-api", "{\"address\":\"a@x.test\",\"name\":\"X\",\"roles\":[\"emperor\"]}", HttpStatusCode.UnprocessableEntity, "ROLE_UNKNOWN")]
    [InlineData("acme-api", "{\"address\":\"a@x.test\",\"name\":\"X\",\"roles\":[\"msp-operator\"],\"ofMsp\":true}", HttpStatusCode.Forbidden, "FORBIDDEN")]
    [InlineData("acme-siem", "{\"address\":\"a@x.test\",\"name\":\"X\",\"roles\":[\"analyst\"]}", HttpStatusCode.Forbidden, "FORBIDDEN")]
    public async Task What_cannot_be_done_says_why(string client, string body, HttpStatusCode status, string code)
    {
        using var response = await _platform.SendAsync(client, HttpMethod.Post, "/v1/accounts", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

        Assert.Equal((status, code), (response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("code").GetString()));
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> InviteAsync(string client, string address, string key)
    {
        using var response = await _platform.SendAsync(client, HttpMethod.Post, "/v1/accounts", JsonContent.Create(new { address, name = "New", roles = new[] { "analyst" } }), ("Idempotency-Key", key));
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken));
    }
}
