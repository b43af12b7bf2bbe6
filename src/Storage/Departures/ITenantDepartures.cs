using Platform.Storage.Directory;
using Platform.Storage.Scopes;

namespace Platform.Storage.Departures;

/// <summary>
/// Deleting a tenant in two steps: a request, which may be taken back for some days, then the purge of everything, its key among
/// it. The receipt stays with the MSP, or with the platform.
/// </summary>
public interface ITenantDepartures
{
    /// <param name="confirmation">The tenant's short name, typed by whoever asks.</param>
    /// <returns>Id of the purge to come; else <c>LEGAL_HOLD</c>, <c>CONFIRMATION_WRONG</c>, <c>ALREADY_REQUESTED</c> or <c>BAD_USER_INPUT</c>.</returns>
    Task<CommandResult<Guid>> RequestAsync(Scope scope, Guid tenantId, string confirmation, string reason, CancellationToken cancellationToken);

    Task<CommandResult<Guid>> CancelAsync(Scope scope, Guid tenantId, CancellationToken cancellationToken);

    /// <summary>Carries out one deletion that is due. False when none is.</summary>
    Task<bool> RunOnceAsync(TimeSpan lease, CancellationToken cancellationToken);
}

/// <summary>A part of the platform that holds something of a tenant outside of the storage.</summary>
public interface ITenantFarewell
{
    /// <summary>Lets go of it; may be called again.</summary>
    Task LeaveAsync(Guid tenantId, CancellationToken cancellationToken);
}
