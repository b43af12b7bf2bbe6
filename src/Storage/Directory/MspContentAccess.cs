using Platform.Storage.Events;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Directory;

/// <summary>Whether the MSP of a tenant may open the tenant's messages. The tenant alone says so.</summary>
public interface IMspContentAccess
{
    /// <returns>The id of the tenant.</returns>
    Task<CommandResult<Guid>> SetAsync(Scope scope, Guid tenantId, bool mayOpen, CancellationToken cancellationToken);
}

internal sealed class MspContentAccess(IMoveRunner moves, RecipientDirectory directory) : IMspContentAccess
{
    private static readonly Refusal OfTheTenant = new("FORBIDDEN", "Only the tenant itself decides what its MSP may open.");

    public async Task<CommandResult<Guid>> SetAsync(Scope scope, Guid tenantId, bool mayOpen, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.AccessGrant);
        if (!scope.Tenants.Contains(tenantId))
            return Refusal.NoTenant.As<Guid>();
        if (scope.MspId is not null)
            return OfTheTenant.As<Guid>();
        await moves.RunAsync(
            async (session, ct) =>
            {
                var changed = await session.Sql.ExecuteAsync(
                    "UPDATE tenants SET msp_content_access = @open, version = version + 1 WHERE id = @id AND msp_content_access <> @before",
                    ct,
                    ("@open", mayOpen),
                    ("@id", tenantId),
                    ("@before", mayOpen));
                if (changed == 0)
                    return false;
                await directory.ChangedAsync(session, ct);
                var data = $$"""{"actor":{{System.Text.Json.JsonSerializer.Serialize(scope.Actor, TenantJsonContext.Default.String)}},"mspMayOpenMessages":{{(mayOpen ? "true" : "false")}}}""";
                session.Record(new PendingEvent(tenantId, EventKinds.AccessChanged, session.Now, null, null, data));
                session.Record(new PendingAudit(tenantId, scope.Actor, "access.msp-content", "tenant:" + tenantId, data));
                return true;
            },
            cancellationToken);
        return new CommandResult<Guid>(tenantId, null, null);
    }
}
