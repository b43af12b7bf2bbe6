using Platform.Storage.Directory;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Sending.Attackers;

internal sealed class KnownAttackers(IMoveRunner moves) : IKnownAttackers
{
    private static Refusal Unknown { get; } = new("NOT_FOUND", "No such attacker is known to this tenant.");

    public Task<CommandResult<Guid>> ForgetAsync(Scope scope, Guid tenantId, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        scope.Require(Permissions.PolicyWrite);
        var normal = SentRecipients.Normal(name.Trim());
        return moves.CommandAsync(
            async (session, ct) =>
            {
                if (!scope.Tenants.Contains(tenantId) || !scope.AllowsFor(tenantId, Permissions.PolicyWrite))
                    throw new RefusedException(Unknown);
                if (await session.Sql.ExecuteAsync("DELETE FROM attackers WHERE tenant_id = @tenant AND name = @name", ct, ("@tenant", tenantId), ("@name", normal)) == 0)
                    throw new RefusedException(Unknown);
                session.Record(new PendingAudit(tenantId, scope.Actor, "attacker.forget", normal, "{}"));
                return tenantId;
            },
            cancellationToken);
    }
}
