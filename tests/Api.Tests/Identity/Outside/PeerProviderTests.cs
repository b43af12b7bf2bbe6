using Platform.Api.Tests.Hosting;
using Platform.Api.Tests.Identity.Flows;

namespace Platform.Api.Tests.Identity.Outside;

/// <summary>The same with a provider that others wrote: oidc-provider (npm), by tests/peers/sso.mjs.</summary>
public sealed class PeerProviderTests
{
    [Fact]
    public async Task People_sign_in_by_oidc_provider()
    {
        var modules = await NodePeers.InstalledAsync("oidc-provider", TestContext.Current.CancellationToken);
        await using var people = await PeoplePlatform.StartAsync();
        var folder = Path.GetDirectoryName(modules)!;
        foreach (var file in new[] { "sso.mjs", "openid-provider.mjs", "browser.mjs" })
            File.Copy(RepositoryFile.Path("tests/peers/" + file), Path.Combine(folder, file), overwrite: true);

        var (exit, output) = await NodePeers.RunAsync(
            "node",
            ["sso.mjs", people.Platform.Address.ToString(), "acme-api", "acme-api-secret", "acme.test", PeoplePlatform.Address("admin"), PeoplePlatform.Password],
            folder,
            TestContext.Current.CancellationToken);

        Assert.True(exit == 0 && output.Contains("\"ok\":true", StringComparison.Ordinal) && !output.Contains("\"ok\":false", StringComparison.Ordinal), output);
    }
}
