using System.Text.Json;
using Platform.Api.Tests.Hosting;

namespace Platform.Api.Tests.GraphQL;

public sealed class HttpAuditsTests(TestPlatform platform)
{
    [Fact]
    public async Task Every_audit_of_graphql_http_passes()
    {
        var modules = await NodePeers.InstalledAsync("graphql-http", TestContext.Current.CancellationToken);
        var (_, output) = await NodePeers.RunAsync(
            "node",
            [RepositoryFile.Path("tests/peers/graphql-audits.mjs"), new Uri(platform.Address, "/graphql").ToString(), await platform.TokenAsync("acme-siem"), modules],
            RepositoryFile.Path("."),
            TestContext.Current.CancellationToken);

        var result = JsonSerializer.Deserialize<JsonElement>(output.Split('\n', 2)[0]);
        Assert.Equal("[]", result.GetProperty("failures").GetRawText());
        Assert.Equal(61, result.GetProperty("passed").GetInt32());
    }
}
