using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Platform.Api.Tests.Hosting;

namespace Platform.Api.Tests.Rest;

/// <summary>Allow and block lists by REST (DET8).</summary>
public sealed class ListRoutesTests : IAsyncLifetime
{
    private readonly TestPlatform _platform = new();

    public ValueTask InitializeAsync() => _platform.InitializeAsync();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task An_entry_is_added_once_for_one_key_shown_and_removed()
    {
        var body = new { list = "allow", value = "Partner.example", networks = new[] { "192.0.2.0/24" }, note = "as agreed" };
        var first = await AddAsync(body, HttpStatusCode.Created, ("Idempotency-Key", "k"));
        var again = await AddAsync(body, HttpStatusCode.Created, ("Idempotency-Key", "k"));
        var id = first.GetProperty("id").GetString()!;
        var shown = (await _platform.GetJsonAsync("acme-siem", "/v1/list-entries?limit=1")).GetProperty("items")[0];

        Assert.Equal(id, again.GetProperty("id").GetString());
        Assert.Equal(
            (id, "allow", "domain", "partner.example", "192.0.2.0/24", "tenant", "client:acme-api"),
            (Text(shown, "id"), Text(shown, "list"), Text(shown, "kind"), Text(shown, "value"), shown.GetProperty("networks")[0].GetString(), Text(shown, "origin"), Text(shown, "createdBy")));
        Assert.Equal(HttpStatusCode.NoContent, await RemoveAsync("acme-api", id));
        Assert.Equal(HttpStatusCode.NotFound, await RemoveAsync("acme-api", id));
    }

    [Theory]
    [InlineData("perhaps", "a.example", null, HttpStatusCode.BadRequest, "BAD_USER_INPUT")]
    [InlineData("block", "a.example", "thing", HttpStatusCode.BadRequest, "BAD_USER_INPUT")]
    [InlineData("block", "no value", null, HttpStatusCode.UnprocessableEntity, "INVALID_LIST_VALUE")]
    [InlineData("block", "zqacmecanary.example", null, HttpStatusCode.Conflict, "LIST_ENTRY_EXISTS")]
    [InlineData("allow", "zqacmecanary.example", null, HttpStatusCode.Conflict, "LIST_ENTRY_CONFLICT")]
    public async Task What_cannot_be_added_is_a_problem_with_its_code(string list, string value, string? kind, HttpStatusCode status, string code)
    {
        Assert.Equal(code, Text(await AddAsync(new { list, value, kind }, status), "code"));
    }

    [Fact]
    public async Task Another_tenants_entry_is_not_found()
    {
        var id = (await _platform.GetJsonAsync("globex-api", "/v1/list-entries")).GetProperty("items")[0].GetProperty("id").GetString()!;

        Assert.Equal(HttpStatusCode.NotFound, await RemoveAsync("acme-api", id));
    }

    [Fact]
    public async Task Pages_follow_each_other()
    {
        await ImportAsync("a.example\nb.example\nc.example", "text/plain");
        List<string> seen = [];
        for (string? cursor = null; ;)
        {
            var page = await _platform.GetJsonAsync("acme-api", $"/v1/list-entries?limit=2{(cursor is null ? "" : "&after=" + cursor)}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => Text(item, "value")));
            cursor = page.GetProperty("nextCursor").GetString();
            if (cursor is null)
                break;
        }

        Assert.Equal(["a.example", "b.example", "c.example", "zqacmecanary.example"], seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_export_is_an_import()
    {
        using var exported = await _platform.SendAsync("acme-siem", HttpMethod.Get, "/v1/list-export");
        var text = await exported.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        var result = await ImportAsync(text, "text/csv");

        Assert.Equal("text/csv", exported.Content.Headers.ContentType?.MediaType);
        Assert.Equal((0, 1), (result.GetProperty("added").GetInt32(), result.GetProperty("unchanged").GetInt32()));
    }

    [Fact]
    public async Task An_import_tells_of_each_line_that_it_refuses()
    {
        var result = await ImportAsync("a.example\nno value", "text/plain");

        Assert.Equal(1, result.GetProperty("added").GetInt32());
        Assert.Equal((2, "INVALID_LIST_VALUE"), (result.GetProperty("refused")[0].GetProperty("line").GetInt32(), Text(result.GetProperty("refused")[0], "code")));
    }

    [Fact]
    public async Task An_import_in_another_encoding_is_refused()
    {
        using var content = new ByteArrayContent([0x83, 0x41, 0x2E, 0x6A, 0x70]) { Headers = { ContentType = new("text/csv") } };
        using var response = await _platform.SendAsync("acme-api", HttpMethod.Post, "/v1/list-import", content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    private async Task<JsonElement> ImportAsync(string text, string type)
    {
        using var content = new StringContent(text, Encoding.UTF8, type);
        using var response = await _platform.SendAsync("acme-api", HttpMethod.Post, "/v1/list-import?list=block", content);
        var body = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, body.ToString());
        return body;
    }

    private async Task<JsonElement> AddAsync(object body, HttpStatusCode status, params (string, string)[] headers)
    {
        using var content = JsonContent.Create(body);
        using var response = await _platform.SendAsync("acme-api", HttpMethod.Post, "/v1/list-entries", content, headers);
        Assert.Equal(status, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    private async Task<HttpStatusCode> RemoveAsync(string client, string id)
    {
        using var response = await _platform.SendAsync(client, HttpMethod.Delete, "/v1/list-entries/" + id);
        return response.StatusCode;
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
