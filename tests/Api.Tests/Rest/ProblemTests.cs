using System.Text;
using Platform.Api.Tests.Hosting;

namespace Platform.Api.Tests.Rest;

public sealed class ProblemTests(TestPlatform platform)
{
    [Theory]
    [InlineData("acme-api", "GET", "/v1/nothing", 404, "NOT_FOUND")]
    [InlineData("acme-api", "PUT", "/v1/events", 405, "METHOD_NOT_ALLOWED")]
    [InlineData("acme-api", "POST", "/v1/mailboxes", 415, "UNSUPPORTED_MEDIA_TYPE")]
    [InlineData(null, "GET", "/v1/events", 401, "UNAUTHENTICATED")]
    [InlineData("acme-siem", "DELETE", "/v1/mailboxes/x", 403, "FORBIDDEN")]
    public async Task Every_error_is_problem_details_with_a_stable_code(string? client, string method, string path, int status, string code)
    {
        using var content = method is "POST" ? new StringContent("x", Encoding.UTF8, "text/plain") : null;
        await Problems.AssertAsync(await platform.SendAsync(client, new HttpMethod(method), path, content), status, code);
    }
}
