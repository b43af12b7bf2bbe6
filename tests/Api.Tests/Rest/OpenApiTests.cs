using System.Text.Json;
using Platform.Api.Tests.Hosting;

namespace Platform.Api.Tests.Rest;

/// <summary>docs/openapi/v1.json. Write it anew with UPDATE_DOCS=1.</summary>
public sealed class OpenApiTests(TestPlatform platform)
{
    private static readonly string File = RepositoryFile.Path("docs/openapi/v1.json");

    [Fact]
    public async Task The_committed_description_is_the_one_served()
    {
        var served = (await platform.Http.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), TestContext.Current.CancellationToken)).ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(File)!);
            await System.IO.File.WriteAllTextAsync(File, served, TestContext.Current.CancellationToken);
        }

        Assert.Equal(await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken), served);
    }

    [Fact]
    public async Task Every_operation_has_a_name_a_summary_its_permission_and_its_errors()
    {
        var document = JsonSerializer.Deserialize<JsonElement>(await platform.Http.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), TestContext.Current.CancellationToken));
        var operations = document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()).ToList();

        Assert.NotEmpty(operations);
        foreach (var operation in operations)
        {
            Assert.NotEmpty(operation.Value.GetProperty("operationId").GetString()!);
            Assert.NotEmpty(operation.Value.GetProperty("summary").GetString()!);
            Assert.Equal(1, operation.Value.GetProperty("security")[0].GetProperty("clientCredentials").GetArrayLength());
            Assert.True(operation.Value.GetProperty("responses").GetProperty("429").GetProperty("content").TryGetProperty("application/problem+json", out _));
        }
    }
}
