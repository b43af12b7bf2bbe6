using System.IO.Compression;
using System.Text.Json;
using Platform.Api.Tests.Hosting;

namespace Platform.Api.Tests.Rest;

/// <summary>What a tenant takes along when it asks for everything that is held of it.</summary>
public sealed class TenantExportTests(TestPlatform platform) : IClassFixture<TestPlatform>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_kind_of_thing_of_the_tenant_is_in_it_and_nothing_of_another()
    {
        var files = await ExportAsync();

        string[] filled =
        [
            "tenant.json", "domains.ndjson", "domain-claims.ndjson", "mailboxes.ndjson", "groups.ndjson", "group-members.ndjson", "policy-values.ndjson", "list-entries.ndjson", "rules.ndjson",
            "accounts.ndjson", "account-roles.ndjson", "support-grants.ndjson", "mailbox-senders.ndjson", "release-requests.ndjson", "reports.ndjson", "webhooks.ndjson", "syslog-targets.ndjson",
            "sign-in-providers.ndjson", "ldap-directories.ndjson", "deliveries.ndjson", "events.ndjson", "audit.ndjson", "messages.ndjson",
        ];
        Assert.Equal([], filled.Where(name => !files.TryGetValue(name, out var text) || text.Length == 0));
        Assert.DoesNotContain(platform.Seed.Globex.Canary, string.Concat(files.Values), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_row_tells_a_secret()
    {
        var files = await ExportAsync();

        var names = files.Where(file => file.Key.EndsWith(".ndjson", StringComparison.Ordinal))
            .SelectMany(file => file.Value.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            .SelectMany(line => JsonDocument.Parse(line).RootElement.EnumerateObject().Select(property => property.Name))
            .Distinct();
        Assert.DoesNotContain(names, name => name.Contains("secret", StringComparison.OrdinalIgnoreCase) || name.Contains("token", StringComparison.OrdinalIgnoreCase)
            || name.Contains("seed", StringComparison.OrdinalIgnoreCase) || name.Contains("wrapped", StringComparison.OrdinalIgnoreCase));
    }

    private async Task<Dictionary<string, string>> ExportAsync()
    {
        var started = (await platform.DataAsync("acme-api", "mutation { exportTenant(input: {}) { export { id } errors { code message } } }")).GetProperty("exportTenant");
        Assert.Equal("[]", started.GetProperty("errors").ToString());
        var id = started.GetProperty("export").GetProperty("id").GetString();
        string? url = null;
        for (var i = 0; url is null && i < 300; i++)
        {
            await Task.Delay(100, Stop);
            var export = (await platform.DataAsync("acme-api", "{ tenantExports { nodes { id state url error } } }")).GetProperty("tenantExports").GetProperty("nodes").EnumerateArray()
                .Single(node => node.GetProperty("id").GetString() == id);
            Assert.NotEqual("failed", export.GetProperty("state").GetString());
            url = export.GetProperty("url").GetString();
        }

        using var response = await platform.SendAsync("acme-api", HttpMethod.Get, url!);
        await using var zip = new ZipArchive(await response.Content.ReadAsStreamAsync(Stop), ZipArchiveMode.Read);
        var files = new Dictionary<string, string>();
        foreach (var entry in zip.Entries)
        {
            using var reader = new StreamReader(await entry.OpenAsync(Stop));
            files[entry.FullName] = await reader.ReadToEndAsync(Stop);
        }

        return files;
    }
}
