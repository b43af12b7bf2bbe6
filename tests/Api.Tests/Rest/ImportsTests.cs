using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Edge;
using Platform.Api.Tests.Hosting;
using Platform.Grains.Imports;

namespace Platform.Api.Tests.Rest;

public sealed class ImportsTests : IAsyncLifetime
{
    private readonly TestPlatform _platform = new();

    public ValueTask InitializeAsync() => _platform.InitializeAsync();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task A_file_is_taken_in_once_for_one_key_and_its_progress_is_shown()
    {
        using var first = await StartAsync("mails.mbox", "From x", "key-1");
        using var again = await StartAsync("mails.mbox", "From x", "key-1");
        var id = JsonSerializer.Deserialize<JsonElement>(await first.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).GetProperty("id").GetString();
        var progress = await _platform.GetJsonAsync("acme-api", first.Headers.Location!.ToString());

        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);
        Assert.Equal(("/v1/imports/" + id, "/v1/imports/" + id), (first.Headers.Location.ToString(), again.Headers.Location!.ToString()));
        Assert.Equal((id, "mails.mbox", "queued"), (progress.GetProperty("id").GetString(), progress.GetProperty("fileName").GetString(), progress.GetProperty("state").GetString()));
        Assert.Equal("From x", Encoding.ASCII.GetString(Assert.Single(((RecordedImports)_platform.Provider.GetRequiredService<IImports>()).Files).Content));
    }

    [Fact]
    public async Task A_path_in_the_file_name_is_cut_off()
    {
        using var response = await StartAsync("..%2F..%2Fetc%2Fmails.mbox", "From x", null);

        Assert.Contains("\"fileName\":\"mails.mbox\"", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.mbox", "", "IMPORT_EMPTY")]
    [InlineData("", "From x", "BAD_USER_INPUT")]
    public async Task What_cannot_be_imported_is_refused(string name, string content, string code) => await Problems.AssertAsync(await StartAsync(name, content, null), 400, code);

    [Fact]
    public async Task Another_tenants_import_is_unknown() => await Problems.AssertAsync(
        await _platform.SendAsync("acme-api", HttpMethod.Get, "/v1/imports/" + GlobalId.Of(NodeKind.Import, _platform.Seed.Globex.Import)), 404, "NOT_FOUND");

    private async Task<HttpResponseMessage> StartAsync(string name, string content, string? key)
    {
        using var body = new ByteArrayContent(Encoding.ASCII.GetBytes(content)) { Headers = { ContentType = new MediaTypeHeaderValue("application/mbox") } };
        return key is null
            ? await _platform.SendAsync("acme-api", HttpMethod.Post, "/v1/imports?fileName=" + name, body)
            : await _platform.SendAsync("acme-api", HttpMethod.Post, "/v1/imports?fileName=" + name, body, ("Idempotency-Key", key));
    }
}
