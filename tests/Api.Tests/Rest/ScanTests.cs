using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Platform.Api.Tests.Hosting;
using Platform.Engine.Feeds;
using Platform.Scanning;

namespace Platform.Api.Tests.Rest;

public sealed class ScanTests : IAsyncLifetime
{
    private const string Message = "From: a@b.test\r\n\r\nhello\r\n";

    private readonly TestPlatform _platform = new() { Change = settings => settings with { MaxMessageBytes = 10_000 } };

    public ValueTask InitializeAsync() => _platform.InitializeAsync();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task A_message_gets_its_verdict_with_reasons_in_the_readers_language()
    {
        using var response = await _platform.SendAsync("acme-api", HttpMethod.Post, "/v1/scan", Body(Message), ("Accept-Language", "ja"));
        var answer = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        Assert.Equal(
            ("phishing", "credential-phishing", 82, "credential-form"),
            (answer.GetProperty("verdict").GetString(), answer.GetProperty("type").GetString(), answer.GetProperty("score").GetInt32(), answer.GetProperty("reasons")[0].GetProperty("id").GetString()));
        Assert.Matches(@"\p{IsHiragana}", answer.GetProperty("reasons")[1].GetProperty("summary").GetString()!);
    }

    [Fact]
    public async Task The_scanner_is_told_the_tenants_domains_and_people_and_nothing_is_stored()
    {
        var before = await CountAsync();
        using var response = await _platform.SendAsync("acme-api", HttpMethod.Post, "/v1/scan", Body(Message));

        var context = _platform.Scanners.LastScan!.Context;
        Assert.Contains("acme.test", context.TenantDomains);
        Assert.Contains(context.People, person => person.Address == "info.zqacmecanary@acme.test");
        Assert.Equal(before, await CountAsync());
    }

    [Fact]
    public async Task The_scanner_is_given_the_tenants_lists()
    {
        using var response = await _platform.SendAsync("acme-api", HttpMethod.Post, "/v1/scan", Body(Message));

        var scan = _platform.Scanners.LastScan!;
        var met = scan.Entries!.Match(new FeedQuestions([], [], [], ["x@zqacmecanary.example", "x@zqglobexcanary.example"], null), scan.Context.Now);
        Assert.Equal(["zqacmecanary.example"], met.Select(entry => entry.Value));
    }

    [Fact]
    public async Task A_file_in_multipart_is_the_same_message()
    {
        using var form = new MultipartFormDataContent { { new StringContent("ignored"), "note" }, { new ByteArrayContent(Encoding.ASCII.GetBytes(Message)), "message", "a.eml" } };
        using var response = await _platform.SendAsync("acme-api", HttpMethod.Post, "/v1/scan", form);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(Message, Encoding.ASCII.GetString(_platform.Scanners.LastScan!.Message.Span));
    }

    [Theory]
    [InlineData(0, "message/rfc822", 400, "BAD_USER_INPUT")]
    [InlineData(10_001, "message/rfc822", 413, "PAYLOAD_TOO_LARGE")]
    [InlineData(200_000, "message/rfc822", 413, "PAYLOAD_TOO_LARGE")]
    [InlineData(10, "image/png", 415, "UNSUPPORTED_MEDIA_TYPE")]
    [InlineData(10, "multipart/form-data", 400, "BAD_USER_INPUT")]
    [InlineData(10, "multipart/form-data; boundary=x", 400, "BAD_USER_INPUT")]
    public async Task What_is_no_message_is_refused_with_its_code(int bytes, string type, int status, string code)
    {
        using var content = new ByteArrayContent(new byte[bytes]);
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        await Problems.AssertAsync(await _platform.SendAsync("acme-api", HttpMethod.Post, "/v1/scan", content), status, code);
    }

    [Fact]
    public async Task The_largest_message_allowed_is_taken()
    {
        using var response = await _platform.SendAsync("acme-api", HttpMethod.Post, "/v1/scan", Body(new string('x', 10_000)));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData(ScannerFailure.Crashed, 422, "CONTENT_UNREADABLE")]
    [InlineData(ScannerFailure.TimedOut, 422, "CONTENT_UNREADABLE")]
    [InlineData(ScannerFailure.Unavailable, 503, "SCANNER_UNAVAILABLE")]
    public async Task A_failed_scanner_is_told_apart(ScannerFailure failure, int status, string code)
    {
        _platform.Scanners.Failure = failure;
        await Problems.AssertAsync(await _platform.SendAsync("acme-api", HttpMethod.Post, "/v1/scan", Body(Message)), status, code);
    }

    [Fact]
    public async Task A_client_of_an_msp_names_the_tenant() =>
        await Problems.AssertAsync(await _platform.SendAsync("demo-msp-api", HttpMethod.Post, "/v1/scan", Body(Message)), 400, "TENANT_REQUIRED");

    private async Task<int> CountAsync() => (await _platform.DataAsync("acme-api", "{ messages { totalCount } }")).GetProperty("messages").GetProperty("totalCount").GetInt32();

    private static ByteArrayContent Body(string message) => new(Encoding.ASCII.GetBytes(message)) { Headers = { ContentType = new MediaTypeHeaderValue("message/rfc822") } };
}
