using Platform.Storage.Scopes;

namespace Platform.Storage.Audit;

/// <summary>Append-only, hash-chained per tenant. Moves of deliveries write theirs in their own transaction.</summary>
public interface IAuditLog
{
    Task AppendAsync(Scope scope, Guid tenantId, string action, string target, string detail, CancellationToken cancellationToken);

    /// <summary>The number of the first entry that does not follow from the one before it; null when the chain holds.</summary>
    Task<long?> FindBreakAsync(Scope scope, Guid tenantId, CancellationToken cancellationToken);
}
