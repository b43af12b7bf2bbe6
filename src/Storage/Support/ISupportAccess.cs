using Platform.Storage.Directory;
using Platform.Storage.Scopes;

namespace Platform.Storage.Support;

/// <summary>Support access as its two sides use it; each move is on the tenant's audit log and in its feed.</summary>
public interface ISupportAccess
{
    /// <summary>Asks a tenant for access, for an account of the platform.</summary>
    /// <returns>The id of the request.</returns>
    Task<CommandResult<Guid>> RequestAsync(Scope staff, Guid accountId, NewSupportRequest request, CancellationToken cancellationToken);

    /// <summary>Lets the staff in, from now on for the hours asked or fewer.</summary>
    /// <param name="hours">Null: as many as were asked for.</param>
    /// <param name="includesContent">Null: as was asked for. More than that is not given.</param>
    Task<CommandResult<Guid>> GrantAsync(Scope scope, Guid grantId, int? hours, bool? includesContent, CancellationToken cancellationToken);

    Task<CommandResult<Guid>> RefuseAsync(Scope scope, Guid grantId, CancellationToken cancellationToken);

    /// <summary>Ends what is in force: out at once in this process, within ten seconds elsewhere.</summary>
    Task<CommandResult<Guid>> EndAsync(Scope scope, Guid grantId, CancellationToken cancellationToken);

    /// <summary>The staff ends its own access, or takes its request back.</summary>
    Task<CommandResult<Guid>> LeaveAsync(Scope staff, Guid accountId, Guid grantId, CancellationToken cancellationToken);

    /// <summary>The requests of a member of the staff, newest first, whatever became of them.</summary>
    Task<IReadOnlyList<SupportGrantRow>> OfAccountAsync(Guid accountId, int max, CancellationToken cancellationToken);

    /// <summary>What an account is let into now. For the edge, unscoped; answered from memory for up to ten seconds, never past a grant's end.</summary>
    ValueTask<IReadOnlyList<SupportEntry>> InForceAsync(Guid accountId, CancellationToken cancellationToken);

    /// <summary>Marks what is over as expired, each in its tenant's feed and audit log. Any number of processes may do it at once.</summary>
    Task<int> ExpireAsync(CancellationToken cancellationToken);
}

/// <param name="Tenant">Short name of the tenant, as its people told it.</param>
/// <param name="Hours">1 to 72.</param>
public sealed record NewSupportRequest(string Tenant, string Reason, SupportLevel Level, bool IncludesContent, int Hours);

/// <summary>One tenant that an account is let into.</summary>
public sealed record SupportEntry(Guid TenantId, SupportLevel Level, bool IncludesContent, DateTimeOffset Until)
{
    public bool Allows(string permission) =>
        permission == Permissions.MessagesContent ? IncludesContent : (Level == SupportLevel.Act ? Permissions.OfSupportActing : Permissions.ReadOnly).Contains(permission);
}
