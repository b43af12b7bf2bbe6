using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Identity;
using Platform.Api.Identity.Credentials;
using Platform.Api.Tests.Hosting;
using Platform.Storage.Accounts;
using Platform.Storage.Scopes;

namespace Platform.Api.Tests.Identity.Flows;

/// <summary>The API with people who sign in, on SQLite or PostgreSQL, and the applications they sign in to.</summary>
internal sealed class PeoplePlatform : IAsyncDisposable
{
    public const string Password = "correct horse battery";
    public const string Portal = "portal";
    public const string Partner = "partner";
    public const string Console = "console";
    public static readonly Uri Callback = new("https://client.example/callback");
    public static readonly Uri AfterLogout = new("https://client.example/bye");

    private PeoplePlatform(TestPlatform platform) => Platform = platform;

    public TestPlatform Platform { get; }

    public Guid Admin { get; private set; }

    public Guid Analyst { get; private set; }

    public static string Address(string local) => $"{local}@acme.test";

    public static async Task<PeoplePlatform> StartAsync(Func<Api.Edge.ApiSettings, Api.Edge.ApiSettings>? change = null, Action<IServiceCollection>? services = null)
    {
        var platform = new TestPlatform { Change = change ?? (settings => settings), Services = services ?? (_ => { }) };
        await platform.InitializeAsync();
        var people = new PeoplePlatform(platform);
        people.Admin = await people.AddAsync("admin", BuiltInRoles.Administrator);
        people.Analyst = await people.AddAsync("analyst", BuiltInRoles.Analyst);
        var apps = platform.Provider.GetRequiredService<IAppRegistry>();
        await apps.EnsureAsync(new App(Portal, "Portal", [Callback], [AfterLogout], FirstParty: true), null, TestContext.Current.CancellationToken);
        await apps.EnsureAsync(new App(Partner, "Partner", [Callback], [AfterLogout]), "partner-secret", TestContext.Current.CancellationToken);
        await apps.EnsureAsync(new App(Console, "Console", [], [], FirstParty: true, Native: true, Device: true), null, TestContext.Current.CancellationToken);
        return people;
    }

    public Browser Browser(string language = "en") => new(Platform.Address, language);

    public OidcClient Client(Browser browser, string clientId = Portal, string? secret = null) => new(Platform.Http, browser, clientId, secret);

    /// <summary>An account of the tenant acme with the common password.</summary>
    public async Task<Guid> AddAsync(string local, Role role)
    {
        var tenant = Platform.Seed.Acme.Id;
        var made = await Platform.Provider.GetRequiredService<IAccountCommands>().CreateAsync(
            Scope.System(tenant, "tests"), AccountOwner.Tenant(tenant), new NewAccount(Address(local), "Name of " + local, [role.Id]), TestContext.Current.CancellationToken);
        Assert.True(made.Succeeded, made.Message);
        await InScopeAsync<Passwords, PasswordFlaw?>(passwords => passwords.SetAsync(made.Value, Password, [], TestContext.Current.CancellationToken));
        return made.Value;
    }

    public async Task<TResult> InScopeAsync<TService, TResult>(Func<TService, Task<TResult>> use)
        where TService : notnull
    {
        await using var scope = Platform.Provider.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public ValueTask DisposeAsync() => Platform.DisposeAsync();
}
