using System.Text.Json;

namespace Platform.Api.Tests.Rest;

internal static class Problems
{
    /// <param name="code">Null: any.</param>
    public static async Task AssertAsync(HttpResponseMessage response, int status, string? code)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True(status == (int)response.StatusCode && response.Content.Headers.ContentType?.MediaType == "application/problem+json", $"{(int)response.StatusCode} {response.Content.Headers.ContentType} {text}");
            var problem = JsonSerializer.Deserialize<JsonElement>(text);
            Assert.Equal(status, problem.GetProperty("status").GetInt32());
            Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
            Assert.Matches("^[A-Z_]+$", problem.GetProperty("code").GetString()!);
            if (code is not null)
                Assert.Equal(code, problem.GetProperty("code").GetString());
        }
    }
}
