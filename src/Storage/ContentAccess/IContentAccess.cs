using Platform.Storage.Directory;
using Platform.Storage.Scopes;

namespace Platform.Storage.ContentAccess;

/// <summary>
/// Who may open whose mail (QUA4): a person gives a reason for any mail but that of the own mailbox; where the tenant wants four
/// eyes, somebody else approves first.
/// </summary>
public interface IContentAccess
{
    Task<ContentAccessRules> OfTenantAsync(Scope scope, Guid tenantId, CancellationToken cancellationToken);

    Task<CommandResult<Guid>> SetAsync(Scope scope, Guid tenantId, ContentAccessRules rules, CancellationToken cancellationToken);

    /// <summary>Asks that somebody else approve the opening of a message.</summary>
    Task<CommandResult<Guid>> RequestAsync(Scope scope, Guid messageId, string reason, CancellationToken cancellationToken);

    /// <summary>Grants for an hour, or refuses; never one's own request.</summary>
    Task<CommandResult<Guid>> DecideAsync(Scope scope, Guid requestId, bool grant, CancellationToken cancellationToken);

    /// <summary>Whether the caller may open a message of a tenant now, and with which reason.</summary>
    /// <param name="reason">As given; null when none was.</param>
    Task<ContentPermit> CheckAsync(Scope scope, Guid tenantId, Guid messageId, string? reason, CancellationToken cancellationToken);

    /// <summary>Whether all originals of a tenant may be taken out at once: with a reason as for one, and never where four eyes look at each.</summary>
    Task<ContentPermit> CheckBundleAsync(Scope scope, Guid tenantId, string? reason, CancellationToken cancellationToken);
}

/// <param name="ReasonOfClients">API clients give a reason too, as people always do.</param>
/// <param name="FourEyes">A second person approves each opening, for all who give a reason.</param>
public sealed record ContentAccessRules(bool ReasonOfClients, bool FourEyes)
{
    public static ContentAccessRules Default { get; } = new(ReasonOfClients: false, FourEyes: false);
}

/// <param name="Code">Null: it may be opened. Else <c>REASON_REQUIRED</c> or <c>APPROVAL_REQUIRED</c>.</param>
/// <param name="Request">The request that was granted; null where none was needed.</param>
public sealed record ContentPermit(string? Code, string? Message, string? Reason, Guid? Request)
{
    public static ContentPermit Open(string? reason, Guid? request = null) => new(null, null, reason, request);
}
