using Platform.Api.Hosting;
using Platform.Storage.Directory;
using Platform.Storage.Scopes;

namespace Platform.Api.Cli;

/// <summary>A domain that the operator vouches for, such as one without public DNS.</summary>
internal static class OwnDomain
{
    private const int Refused = 1;

    /// <param name="settings">Arguments as the servers take them.</param>
    public static Task<int> AddAsync(string[] settings, string slug, string domain, TextWriter output, TextWriter error, CancellationToken cancellationToken) =>
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

                var made = await services.GetRequiredService<IDirectoryCommands>().AddDomainAsync(Scope.System(found.Id, "operator"), found.Id, domain, token);
                if (!made.Succeeded)
                {
                    await error.WriteLineAsync(made.Message);
                    return Refused;
                }

                await output.WriteLineAsync($"{domain} belongs to {slug} and takes mail. It is on the tenant's audit log.");
                return 0;
            },
            error,
            cancellationToken);
}
