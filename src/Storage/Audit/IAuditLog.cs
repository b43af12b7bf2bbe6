using Platform.Storage.Scopes;

namespace Platform.Storage.Audit;

/// <summary>Append-only, hash-chained per tenant. Moves of deliveries write theirs in their own transaction.</summary>
public interface IAuditLog
{
    Task AppendAsync(Scope scope, Guid tenantId, string action, string target, string detail, CancellationToken cancellationToken);
}
