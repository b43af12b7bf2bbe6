using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Cli;
using Platform.Api.Hosting;
using Platform.Storage.Accounts;
using Platform.Storage.Directory;
using Platform.Storage.OutsideSignIn;
using Platform.Storage.Scopes;

namespace Platform.Api.Tests.Cli;

public sealed class OpenPasswordsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("open-passwords-test-").FullName;

    private string[] Settings => ["--environment=Development", "--Data:Directory=" + _folder];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task People_whom_the_own_provider_of_their_tenant_locks_out_get_in_by_password_again()
    {
        Guid id = default;
        await InDemoAsync(async (services, tenant, token) =>
        {
            var commands = services.GetRequiredService<ISignInProviderCommands>();
            var made = await commands.CreateAsync(
                Scope.System(tenant, "tests"), tenant, new NewSignInProvider("Company", "https://login.example", "mail", null, ["acme.test"], [], CreatesAccounts: true, null, [], [BuiltInRoles.Employee.Id]), token);
            id = made.Value;
            var providers = services.GetRequiredService<ISignInProviders>();
            await providers.NoteSignInAsync((await providers.FindAsync(id, token))!, token);
            var roles = services.GetRequiredService<IRoleCommands>();
            var role = await roles.CreateAsync(Scope.System(tenant, "tests"), AccountOwner.Tenant(tenant), new NewRole("Readers", "", [Permissions.MessagesRead]), token);
            Assert.True((await commands.UpdateAsync(Scope.System(tenant, "tests"), id, new SignInProviderChange(LocalSignIn: false, RoleClaim: "groups", RoleMap: [new RoleMapping("readers", [role.Value])]), token)).Succeeded);
            // The map goes on naming what is there no more.
            Assert.True((await roles.RemoveAsync(Scope.System(tenant, "tests"), role.Value, null, token)).Succeeded);
        });
        using var output = new StringWriter();
        var unknown = await OpenPasswords.RunAsync(Settings, "nobody", output, TextWriter.Null, TestContext.Current.CancellationToken);
        var done = await OpenPasswords.RunAsync(Settings, "acme", output, TextWriter.Null, TestContext.Current.CancellationToken);
        var again = await OpenPasswords.RunAsync(Settings, "acme", output, TextWriter.Null, TestContext.Current.CancellationToken);

        Assert.Equal((1, 0, 0), (unknown, done, again));
        Assert.Contains("nothing was changed", output.ToString(), StringComparison.Ordinal);
        await InDemoAsync(async (services, _, token) => Assert.True((await services.GetRequiredService<ISignInProviders>().FindAsync(id, token))!.LocalSignIn));
    }

    private async Task InDemoAsync(Func<IServiceProvider, Guid, CancellationToken, Task> use) => Assert.Equal(0, await PlatformHost.RunPreparedAsync(
        Settings,
        async (services, token) =>
        {
            var tenants = await services.GetRequiredService<IRecipientDirectory>().AllTenantsAsync(token);
            await use(services, tenants.Single(tenant => tenant.Slug == "acme").Id, token);
            return 0;
        },
        TextWriter.Null,
        TestContext.Current.CancellationToken));
}
