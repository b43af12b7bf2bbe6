using System.Text;
using ICSharpCode.SharpZipLib.Zip;
using Platform.Api.Tests.Hosting;

namespace Platform.Api.Tests.Rest;

public sealed class DownloadTests(TestPlatform platform)
{
    private const string Original = "Subject: zqacmecanary 1\r\n\r\nzqacmecanary body 1\r\n";

    private string Path => $"/v1/messages/{platform.Seed.Acme.GlobalMessage(1)}/raw";

    [Fact]
    public async Task The_original_comes_byte_for_byte_as_an_attachment_that_nothing_renders()
    {
        using var response = await platform.SendAsync("acme-api", HttpMethod.Get, Path);

        Assert.Equal(Original, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(("message/rfc822", "attachment"), (response.Content.Headers.ContentType!.MediaType, response.Content.Headers.ContentDisposition!.DispositionType));
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.StartsWith("sandbox", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.True(response.Headers.CacheControl!.NoStore);
    }

    [Theory]
    [InlineData(null, "infected")]
    [InlineData("Another-1", "Another-1")]
    public async Task The_archive_opens_with_its_password_and_no_other(string? asked, string password)
    {
        using var response = asked is null
            ? await platform.SendAsync("acme-api", HttpMethod.Get, Path + "?format=zip")
            : await platform.SendAsync("acme-api", HttpMethod.Get, Path + "?format=zip", null, ("Archive-Password", asked));
        var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

        Assert.Equal("application/zip", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(Original, Open(bytes, password));
        Assert.ThrowsAny<Exception>(() => Open(bytes, "wrong"));
        Assert.DoesNotContain("zqacmecanary body", Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_download_is_on_the_audit_log()
    {
        var before = await DownloadsAsync();
        (await platform.SendAsync("acme-api", HttpMethod.Get, Path)).Dispose();

        Assert.True(await DownloadsAsync() > before);
    }

    [Theory]
    [InlineData("?format=exe", 400, "BAD_USER_INPUT")]
    [InlineData("", 404, "NOT_FOUND")]
    public async Task What_cannot_be_given_is_told(string query, int status, string code) => await Problems.AssertAsync(
        await platform.SendAsync("globex-api", HttpMethod.Get, Path + query), status, code);

    private async Task<int> DownloadsAsync() => (await platform.DataAsync("acme-api", "{ auditLog(first: 200) { nodes { action } } }")).GetProperty("auditLog").GetProperty("nodes")
        .EnumerateArray().Count(entry => entry.GetProperty("action").GetString() == "message.content.download");

    private static string Open(byte[] archive, string password)
    {
        using var zip = new ZipFile(new MemoryStream(archive)) { Password = password };
        using var reader = new StreamReader(zip.GetInputStream(zip[0]));
        return reader.ReadToEnd();
    }
}
