using System.Data.Common;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using Platform.Storage.Directory;
using Platform.Storage.Events;
using Platform.Storage.Scopes;

namespace Platform.Api.Identity;

/// <summary>
/// Tells of API clients that end within two weeks, once for each end, on the feed of their tenants (of an MSP's client: of each of its tenants).
/// Two processes that look at the same moment may both tell; that is better than neither.
/// </summary>
internal sealed partial class ClientExpiryWatch(IClientRegistry clients, IRecipientDirectory directory, ITenantEvents events, TimeProvider time, ILogger<ClientExpiryWatch> logger) : BackgroundService
{
    public static readonly TimeSpan Before = TimeSpan.FromDays(14);
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is DbException or DbUpdateException or OpenIddictExceptions.ConcurrencyException)
            {
                NotTold(logger, exception);
            }
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        foreach (var client in await clients.EndingAsync(time.GetUtcNow() + Before, cancellationToken))
        {
            var data = JsonSerializer.Serialize(new { client = client.ClientId, displayName = client.DisplayName, expiresAt = client.ExpiresAt });
            foreach (var tenant in await TenantsAsync(client, cancellationToken))
                await events.RecordAsync(Scope.System(tenant, "clients"), tenant, EventKinds.ClientExpiring, data, cancellationToken);
            await clients.ChangeAsync(client.ClientId, now => now with { ToldOfEnd = client.ExpiresAt }, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<Guid>> TenantsAsync(ApiClient client, CancellationToken cancellationToken) => client.MspId is { } msp
        ? [.. (await directory.AllTenantsAsync(cancellationToken)).Where(tenant => tenant.MspId == msp).Select(tenant => tenant.Id)]
        : client.Tenants;

    [LoggerMessage(Level = LogLevel.Warning, Message = "The end of an API client could not be told of; it is tried again in an hour")]
    private static partial void NotTold(ILogger logger, Exception exception);
}
