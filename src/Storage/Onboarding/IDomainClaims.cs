using Platform.Storage.Directory;
using Platform.Storage.Scopes;

namespace Platform.Storage.Onboarding;

/// <summary>Claims of tenants to domains. Each change writes its event and audit entry in the same transaction.</summary>
public interface IDomainClaims
{
    /// <summary>Claims a domain, or takes up again the claim that there is.</summary>
    /// <returns>Id of the claim; else <c>INVALID_DOMAIN</c>, <c>DOMAIN_TAKEN</c>, <c>CLAIM_LIMIT</c>, <c>PLAN_LIMIT</c>, <c>NOT_FOUND</c>.</returns>
    Task<CommandResult<Guid>> ClaimAsync(Scope scope, Guid tenantId, string domain, CancellationToken cancellationToken);

    /// <summary>Takes back a claim that is not proven.</summary>
    Task<CommandResult<Guid>> WithdrawAsync(Scope scope, Guid claimId, CancellationToken cancellationToken);

    /// <summary>Writes down what a check found. A claim that is gone or proven meanwhile stays as it is.</summary>
    /// <param name="problem">Null: the record is there.</param>
    Task SettleAsync(Scope scope, Guid claimId, DomainProblem? problem, CancellationToken cancellationToken);

    /// <summary>The claim that waits longest for a check that is due; nobody else gets it within the lease.</summary>
    Task<DueClaim?> TakeDueAsync(TimeSpan lease, CancellationToken cancellationToken);
}

public sealed record DueClaim(Guid Id, Guid TenantId, string Name, string Token);
