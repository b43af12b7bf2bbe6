using Platform.Api.Identity;
using Platform.Api.Identity.Credentials;
using Platform.Api.Smtp.Submission;
using Platform.Storage.Accounts;
using Platform.Storage.Directory;
using Platform.Storage.Scopes;
using Platform.Storage.Submission;

namespace Platform.Api.Demo;

/// <summary>Lets the demo accounts sign in: one password for all, and applications of other makers to try. Development only; repeating it changes nothing.</summary>
internal sealed class DemoPeople(IAccountDirectory accounts, IAppRegistry apps, IRecipientDirectory directory, IAppPasswords appPasswords, IServiceScopeFactory scopes)
{
    /// <summary>Stands in the README.</summary>
    public const string Password = "orange tractor parade";

    /// <summary>Sends mail as <c>info@</c> of each demo tenant; stands in the README.</summary>
    public const string AppPassword = "demo-app-password";

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        foreach (var demo in DemoDirectory.Accounts)
            if (await accounts.FindByAddressAsync(demo.Address, cancellationToken) is { } account)
                await EnsurePasswordAsync(account, cancellationToken);

        foreach (var tenant in await directory.AllTenantsAsync(cancellationToken))
            if (await directory.FindAsync("info", tenant.Domains is [var domain, ..] ? domain : "", cancellationToken) is { Mailbox: { } mailbox })
                await EnsureAppPasswordAsync(tenant.Id, mailbox, cancellationToken);

        Uri[] callback = [new("http://localhost:8400/callback"), new("http://127.0.0.1:8400/callback")];
        Uri[] bye = [new("http://localhost:8400/bye"), new("http://127.0.0.1:8400/bye")];
        await apps.EnsureAsync(new App("demo-app", "Demo application", callback, bye), "demo-app-secret", cancellationToken);
        await apps.EnsureAsync(
            new App("demo-cli", "Demo command line", [new("http://localhost/callback"), new("http://127.0.0.1/callback")], [], FirstParty: true, Native: true, Device: true), null, cancellationToken);
    }

    private async Task EnsureAppPasswordAsync(Guid tenantId, MailboxRef mailbox, CancellationToken cancellationToken)
    {
        if (await appPasswords.OfMailboxAsync(mailbox.Id, cancellationToken) is [])
            await appPasswords.CreateAsync(
                Scope.System(tenantId, "demo"), mailbox.Id, "Demo", days: 730, NewAppPassword.Of(AppPassword, mailbox.Address, appPasswords).Keys, cancellationToken);
    }

    private async Task EnsurePasswordAsync(SignInAccount account, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var passwords = scope.ServiceProvider.GetRequiredService<Passwords>();
        if (!await passwords.HasPasswordAsync(account.Id, cancellationToken) && await passwords.SetAsync(account.Id, Password, [account.Address, account.Name], cancellationToken) is { } flaw)
            throw new InvalidOperationException($"The demo password will not do: {flaw}");
    }
}
