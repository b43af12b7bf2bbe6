using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;

namespace Platform.Api.Identity;

/// <summary>Brings keys and the identity database up to date; awaited by the host before it listens.</summary>
public interface IIdentitySetup
{
    /// <exception cref="MissingKeyException">A token key is missing outside of Development.</exception>
    Task PrepareAsync(CancellationToken cancellationToken);
}

internal sealed class IdentitySetup(TokenKeys keys, IAppRegistry apps, ApiSettings settings, IServiceScopeFactory scopes) : IIdentitySetup
{
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        keys.Ensure();
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IdentityDb>().Database.MigrateAsync(cancellationToken);
        if (settings.Site is { } site)
            await apps.EnsureAsync(PortalApp.At(site), null, cancellationToken);
    }
}
