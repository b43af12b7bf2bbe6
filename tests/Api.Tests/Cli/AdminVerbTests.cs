using Platform.Api.Cli;

namespace Platform.Api.Tests.Cli;

public sealed class AdminVerbTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("admin-test-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Make_keys_makes_what_Production_asks_for()
    {
        await Verbs.RunAsync(["admin", "make-keys", "--data", folder], TestContext.Current.CancellationToken);

        Assert.Equal(["token-encryption.key", "token-signing.pem"], Directory.EnumerateFiles(Path.Combine(folder, "keys")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Make_keys_keeps_the_keys_there_are()
    {
        await Verbs.RunAsync(["admin", "make-keys", "--data", folder], TestContext.Current.CancellationToken);
        var before = await File.ReadAllTextAsync(Path.Combine(folder, "keys", "token-signing.pem"), TestContext.Current.CancellationToken);

        await Verbs.RunAsync(["admin", "make-keys", "--data", folder], TestContext.Current.CancellationToken);

        Assert.Equal(before, await File.ReadAllTextAsync(Path.Combine(folder, "keys", "token-signing.pem"), TestContext.Current.CancellationToken));
    }
}
