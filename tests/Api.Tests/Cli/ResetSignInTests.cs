using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Cli;
using Platform.Api.Hosting;
using Platform.Api.Identity.Credentials;
using Platform.Api.Identity.Sessions;
using Platform.Storage.Accounts;

namespace Platform.Api.Tests.Cli;

public sealed class ResetSignInTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("reset-test-").FullName;

    private string[] Settings => ["--environment=Development", "--Data:Directory=" + _folder];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Who_lost_the_second_factor_signs_in_by_password_again_and_every_session_is_over()
    {
        await InDemoAsync(async (account, authenticators, sessions) =>
        {
            await sessions.StartAsync(account.Id, "pwd", TimeProvider.System.GetUtcNow(), "192.0.2.1", "browser", TestContext.Current.CancellationToken);
            var secret = await authenticators.BeginAsync(account.Id, TestContext.Current.CancellationToken);
            await authenticators.ConfirmAsync(account.Id, Totp.CodeOf(secret, Totp.StepOf(TimeProvider.System.GetUtcNow())), TestContext.Current.CancellationToken);
            Assert.True(await authenticators.IsSetUpAsync(account.Id, TestContext.Current.CancellationToken));
        });
        using var output = new StringWriter();
        using var error = new StringWriter();
        var unknown = await ResetSignIn.RunAsync(Settings, "nobody@acme.test", output, error, TestContext.Current.CancellationToken);
        var done = await ResetSignIn.RunAsync(Settings, "admin@acme.test", output, error, TestContext.Current.CancellationToken);

        Assert.Equal((1, 0), (unknown, done));
        await InDemoAsync(async (account, authenticators, sessions) =>
        {
            Assert.False(await authenticators.IsSetUpAsync(account.Id, TestContext.Current.CancellationToken));
            Assert.Empty(await sessions.ListAsync(account.Id, TestContext.Current.CancellationToken));
        });
    }

    private async Task InDemoAsync(Func<SignInAccount, Authenticators, SessionStore, Task> use) => Assert.Equal(0, await PlatformHost.RunPreparedAsync(
        Settings,
        async (services, token) =>
        {
            await using var scope = services.CreateAsyncScope();
            var account = await services.GetRequiredService<IAccountDirectory>().FindByAddressAsync("admin@acme.test", token);
            await use(account!, scope.ServiceProvider.GetRequiredService<Authenticators>(), scope.ServiceProvider.GetRequiredService<SessionStore>());
            return 0;
        },
        TextWriter.Null,
        TestContext.Current.CancellationToken));
}
