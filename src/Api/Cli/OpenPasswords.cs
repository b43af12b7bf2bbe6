using Microsoft.EntityFrameworkCore;
using Platform.Api.Hosting;
using Platform.Storage.Directory;
using Platform.Storage.Model;
using Platform.Storage.OutsideSignIn;
using Platform.Storage.Scopes;

namespace Platform.Api.Cli;

/// <summary>For a tenant whose own sign-in provider is gone or set wrongly, and that has closed passwords: its people get in by password again.</summary>
internal static class OpenPasswords
{
    private const int Refused = 1;

    /// <param name="settings">Arguments as the servers take them.</param>
    public static Task<int> RunAsync(string[] settings, string slug, TextWriter output, TextWriter error, CancellationToken cancellationToken) =>
        PlatformHost.RunPreparedAsync(
            settings,
            async (services, token) =>
            {
                var tenants = await services.GetRequiredService<IRecipientDirectory>().AllTenantsAsync(token);
                if (tenants.FirstOrDefault(tenant => tenant.Slug == slug) is not { } found)
                {
                    await error.WriteLineAsync($"There is no tenant '{slug}'.");
                    return Refused;
                }

                var scope = Scope.System(found.Id, "operator");
                List<SignInProviderRow> closed;
                await using (var db = services.GetRequiredService<IPlatformDbFactory>().Open(scope))
                    closed = await db.SignInProviders.AsNoTracking().Where(provider => provider.TenantId == found.Id && !provider.LocalSignIn).ToListAsync(token);
                foreach (var provider in closed)
                {
                    var opened = await services.GetRequiredService<ISignInProviderCommands>().UpdateAsync(scope, provider.Id, new SignInProviderChange(LocalSignIn: true), token);
                    if (!opened.Succeeded)
                    {
                        await error.WriteLineAsync($"{provider.Name}: {opened.Message}");
                        return Refused;
                    }
                }

                await output.WriteLineAsync(closed.Count == 0
                    ? $"Passwords are not closed at {slug}; nothing was changed."
                    : $"People of {slug} sign in by password again, at /account/sign-in?way=password; who has none asks for one at /account/forgotten. It is on the tenant's audit log.");
                return 0;
            },
            error,
            cancellationToken);
}
