using Platform.Api.Hosting;
using Platform.Api.Identity.Credentials;
using Platform.Api.Identity.Outside;
using Platform.Api.Identity.Sessions;
using Platform.Api.Identity.SignIn;
using Platform.Storage.Accounts;

namespace Platform.Api.Cli;

/// <summary>For who lost the authenticator app and its recovery codes: takes away app, codes, passkeys and the link to the tenant's provider and ends every session. The password stays.</summary>
internal static class ResetSignIn
{
    private const int Refused = 1;

    /// <param name="settings">Arguments as the servers take them.</param>
    public static Task<int> RunAsync(string[] settings, string address, TextWriter output, TextWriter error, CancellationToken cancellationToken) => PlatformHost.RunPreparedAsync(
        settings,
        async (services, token) =>
        {
            if (await services.GetRequiredService<IAccountDirectory>().FindByAddressAsync(address, token) is not { } account)
            {
                await error.WriteLineAsync($"There is no account with the address {address}.");
                return Refused;
            }

            await using var scope = services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<Authenticators>().RemoveAsync(account.Id, token);
            await scope.ServiceProvider.GetRequiredService<Passkeys>().RemoveAllAsync(account.Id);
            await scope.ServiceProvider.GetRequiredService<OutsideLinks>().RemoveAsync(account.Id, token);
            var ended = await scope.ServiceProvider.GetRequiredService<SessionStore>().EndOthersAsync(account.Id, kept: null, token);
            await scope.ServiceProvider.GetRequiredService<SignInAudit>().WriteAsync(account, SignInAudit.SignInReset, null, token);
            await output.WriteLineAsync($"{account.Address} signs in by password alone from now on; {ended} sessions ended. Make sure that it was the person who asked.");
            return 0;
        },
        error,
        cancellationToken);
}
