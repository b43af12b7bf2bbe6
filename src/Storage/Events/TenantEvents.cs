using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Events;

/// <summary>Events that tell of no row of this project: of API clients, for one.</summary>
public interface ITenantEvents
{
    /// <param name="data">Fields of the event, a JSON object.</param>
    Task RecordAsync(Scope scope, Guid tenantId, string kind, string data, CancellationToken cancellationToken);
}

internal sealed class TenantEvents(IMoveRunner moves) : ITenantEvents
{
    public Task RecordAsync(Scope scope, Guid tenantId, string kind, string data, CancellationToken cancellationToken)
    {
        scope.Require(tenantId);
        return moves.RunAsync(
            (session, _) =>
            {
                session.Record(new PendingEvent(tenantId, kind, session.Now, null, null, data));
                return ValueTask.FromResult(true);
            },
            cancellationToken);
    }
}
