using System.Text.Json;
using Platform.Api.Tests.Hosting;

namespace Platform.Api.Tests.Rest;

public sealed class AuditRoutesTests(TestPlatform platform)
{
    [Fact]
    public async Task Lines_come_in_the_order_of_the_chain_and_the_export_is_one_of_them()
    {
        var lines = (await TextAsync("acme-api", "/v1/audit")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToList();
        Assert.Equal(lines.Select(line => line.GetProperty("sequence").GetInt64()).Order(), lines.Select(line => line.GetProperty("sequence").GetInt64()));
        Assert.Contains(lines, line => line.GetProperty("action").GetString() == "audit.export" && line.GetProperty("actor").GetString() == "client:acme-api");
        Assert.DoesNotContain(lines, line => line.ToString().Contains("zqglobexcanary", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Csv_is_filtered_alike()
    {
        var rows = (await TextAsync("acme-api", "/v1/audit?format=csv&action=domain")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("sequence,at,actor,action", rows[0], StringComparison.Ordinal);
        Assert.NotEmpty(rows.Skip(1));
        Assert.All(rows.Skip(1), row => Assert.Contains("\"domain.add\"", row, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("acme-siem", "", 403, "FORBIDDEN")]
    [InlineData("acme-api", "?format=xml", 400, "BAD_USER_INPUT")]
    [InlineData("acme-api", "?msp=true", 404, "NOT_FOUND")]
    [InlineData("demo-msp-api", "", 400, "TENANT_REQUIRED")]
    public async Task What_cannot_be_exported_is_told(string client, string query, int status, string code) =>
        await Problems.AssertAsync(await platform.SendAsync(client, HttpMethod.Get, "/v1/audit" + query), status, code);

    [Fact]
    public async Task The_key_of_receipts_is_anybodys_to_read()
    {
        using var response = await platform.SendAsync(null, HttpMethod.Get, "/v1/receipt-keys");
        var key = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).GetProperty("keys")[0];
        Assert.Equal(("EC", "P-256", "ES256"), (key.GetProperty("kty").GetString(), key.GetProperty("crv").GetString(), key.GetProperty("alg").GetString()));
    }

    private async Task<string> TextAsync(string client, string path)
    {
        using var response = await platform.SendAsync(client, HttpMethod.Get, path);
        Assert.True(response.IsSuccessStatusCode);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
