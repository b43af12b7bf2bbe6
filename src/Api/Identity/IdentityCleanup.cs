using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using Platform.Api.Identity.SignIn;

namespace Platform.Api.Identity;

/// <summary>Drops what no longer counts: tokens and authorizations, ended sessions, used tickets, old failures. Once an hour, on every host.</summary>
internal sealed partial class IdentityCleanup(IServiceScopeFactory scopes, TimeProvider time, ILogger<IdentityCleanup> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    /// <summary>An ended session stays for as long, so that its network is still known to the person's account.</summary>
    private static readonly TimeSpan SessionsKeptFor = TimeSpan.FromDays(60);

    /// <summary>A used refresh token stays as long as it could be shown again: only so is its reuse seen.</summary>
    private static readonly TimeSpan TokensKeptFor = TimeSpan.FromDays(15);

    public async Task CleanAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (services, now) = (scope.ServiceProvider, time.GetUtcNow());
        await services.GetRequiredService<IOpenIddictTokenManager>().PruneAsync(now - TokensKeptFor, cancellationToken);
        await services.GetRequiredService<IOpenIddictAuthorizationManager>().PruneAsync(now - TokensKeptFor, cancellationToken);
        await services.GetRequiredService<AttemptLimits>().CleanAsync(cancellationToken);
        var db = services.GetRequiredService<IdentityDb>();
        await db.PasswordTickets.Where(row => row.ExpiresAt < now).ExecuteDeleteAsync(cancellationToken);
        var old = now - SessionsKeptFor;
        await db.SessionGrants.Where(grant => db.Sessions.Any(row => row.Id == grant.SessionId && row.CreatedAt < old)).ExecuteDeleteAsync(cancellationToken);
        await db.Sessions.Where(row => row.CreatedAt < old).ExecuteDeleteAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            try
            {
                await CleanAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is DbException or DbUpdateException)
            {
                NotCleaned(logger, exception);
            }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What no longer counts of sign-ins could not be dropped; it is tried again in an hour")]
    private static partial void NotCleaned(ILogger logger, Exception exception);
}
