using Platform.Storage.Model;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Audit;

internal sealed class AuditLog(IMoveRunner moves, IReadConnections reads) : IAuditLog
{
    public Task AppendAsync(Scope scope, Guid tenantId, string action, string target, string detail, CancellationToken cancellationToken)
    {
        scope.Require(tenantId);
        return moves.RunAsync(
            (session, _) =>
            {
                session.Record(new PendingAudit(tenantId, scope.Actor, action, target, detail));
                return ValueTask.FromResult(true);
            },
            cancellationToken);
    }

    public async Task<long?> FindBreakAsync(Scope scope, Guid tenantId, CancellationToken cancellationToken)
    {
        scope.Require(tenantId);
        scope.Require(Permissions.AuditRead);
        await using var sql = await reads.OpenAsync(cancellationToken);
        var rows = await sql.QueryAsync(
            "SELECT id, sequence, at, actor, action, target, detail, hash FROM audit WHERE tenant_id = @tenant ORDER BY sequence",
            row => new AuditRow
            {
                Id = row.GetGuid(0),
                TenantId = tenantId,
                Sequence = row.GetInt64(1),
                At = row.Time(2),
                Actor = row.GetString(3),
                Action = row.GetString(4),
                Target = row.GetString(5),
                Detail = row.GetString(6),
                Hash = row.GetString(7),
            },
            cancellationToken,
            ("@tenant", tenantId));
        return AuditChain.FirstBreak(rows);
    }
}
