using Platform.Api.Identity;
using Platform.Api.Identity.Credentials;
using Platform.Storage.Accounts;

namespace Platform.Api.Demo;

/// <summary>Lets the demo accounts sign in: one password for all, and applications of other makers to try. Development only; repeating it changes nothing.</summary>
internal sealed class DemoPeople(IAccountDirectory accounts, IAppRegistry apps, IServiceScopeFactory scopes)
{
    /// <summary>Stands in the README.</summary>
    public const string Password = "orange tractor parade";

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        foreach (var demo in DemoDirectory.Accounts)
            if (await accounts.FindByAddressAsync(demo.Address, cancellationToken) is { } account)
                await EnsurePasswordAsync(account, cancellationToken);

        Uri[] callback = [new("http://localhost:8400/callback"), new("http://127.0.0.1:8400/callback")];
        Uri[] bye = [new("http://localhost:8400/bye"), new("http://127.0.0.1:8400/bye")];
        await apps.EnsureAsync(new App("demo-app", "Demo application", callback, bye), "demo-app-secret", cancellationToken);
        await apps.EnsureAsync(
            new App("demo-cli", "Demo command line", [new("http://localhost/callback"), new("http://127.0.0.1/callback")], [], FirstParty: true, Native: true, Device: true), null, cancellationToken);
    }

    private async Task EnsurePasswordAsync(SignInAccount account, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var passwords = scope.ServiceProvider.GetRequiredService<Passwords>();
        if (!await passwords.HasPasswordAsync(account.Id, cancellationToken) && await passwords.SetAsync(account.Id, Password, [account.Address, account.Name], cancellationToken) is { } flaw)
            throw new InvalidOperationException($"The demo password will not do: {flaw}");
    }
}
