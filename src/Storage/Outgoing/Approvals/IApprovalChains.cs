using Platform.Storage.Directory;
using Platform.Storage.Scopes;

namespace Platform.Storage.Outgoing.Approvals;

/// <summary>The chains of a tenant, and who decides in whose place. Each change writes an event and an audit entry in its transaction.</summary>
public interface IApprovalChains
{
    /// <returns>Its id. Codes: <c>INVALID_NAME</c>, <c>NAME_TAKEN</c>, <c>INVALID_CHAIN</c>, <c>CHAIN_LIMIT</c>.</returns>
    Task<CommandResult<Guid>> CreateAsync(Scope scope, Guid tenantId, NewApprovalChain chain, CancellationToken cancellationToken);

    /// <summary>What waits already keeps the steps that it began with.</summary>
    Task<CommandResult<Guid>> UpdateAsync(Scope scope, Guid chainId, NewApprovalChain chain, CancellationToken cancellationToken);

    /// <summary>What waits for it goes on waiting; a rule that names it makes mail wait for nobody, which is declined when its time is over.</summary>
    Task<CommandResult<Guid>> DeleteAsync(Scope scope, Guid chainId, CancellationToken cancellationToken);

    /// <summary>Of oneself by everybody who has an account of the tenant, of others by who administers accounts.</summary>
    /// <returns>Its id. Codes: <c>NOT_FOUND</c>, <c>INVALID_DURATION</c>, <c>INVALID_DEPUTY</c>, <c>DEPUTY_EXISTS</c>, <c>DEPUTY_LIMIT</c>.</returns>
    Task<CommandResult<Guid>> AddDeputyAsync(Scope scope, Guid tenantId, NewDeputy deputy, CancellationToken cancellationToken);

    Task<CommandResult<Guid>> RemoveDeputyAsync(Scope scope, Guid deputyId, CancellationToken cancellationToken);
}

/// <param name="Hours">For all steps together.</param>
/// <param name="RemindHours">0: no reminders.</param>
public sealed record NewApprovalChain(string Name, IReadOnlyList<ApprovalStep> Steps, int Hours, ApprovalExpiry OnExpiry, int RemindHours);

public sealed record NewDeputy(Guid AccountId, Guid DeputyId, DateTimeOffset Since, DateTimeOffset Until);
