using Platform.Storage.Accounts;
using Platform.Storage.Directory;
using Platform.Storage.Events;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Connectors;

/// <summary>Each command: check, is the tenant in reach, write, record.</summary>
internal sealed class ConnectorCommands(IMoveRunner moves, RecipientDirectory directory, TimeProvider time) : IConnectorCommands
{
    public async Task<CommandResult<Guid>> CreateAsync(Scope scope, Guid tenantId, NewConnector connector, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.ConnectorsWrite);
        var (networks, certificates, refusal) = ConnectorChecks.Check(connector.Networks, connector.Certificates, connector.Login is not null);
        if ((Reach(scope, tenantId) ?? DirectoryRules.Name(connector.Name) ?? refusal) is { } refused)
            return refused.As<Guid>();
        var id = Guid.CreateVersion7(time.GetUtcNow());
        return await moves.CommandAsync(
            async (session, ct) =>
            {
                if (await session.Sql.FirstAsync("SELECT COUNT(*) FROM connectors WHERE tenant_id = @tenant", row => row.GetInt64(0), ct, ("@tenant", tenantId)) >= ConnectorChecks.MaxOfTenant)
                    throw new RefusedException(ConnectorChecks.Full);
                var stored = new Stored(tenantId, connector.Name.Trim(), networks, certificates, connector.Login?.UserName);
                await session.Sql.ExecuteAsync(
                    """
                    INSERT INTO connectors (id, tenant_id, name, networks, certificates, login, salt, iterations, stored_key, server_key, makers, created_at, created_by, changed_at, changed_by)
                    VALUES (@id, @tenant, @name, @networks, @certificates, @login, @salt, @iterations, @stored, @server, @makers, @now, @actor, @changed, @changer)
                    """,
                    ct,
                    [
                        .. Values(id, stored), .. Keys(scope, connector.Login), ("@tenant", tenantId), ("@now", session.NowMilliseconds), ("@actor", scope.Actor),
                        ("@changed", session.NowMilliseconds), ("@changer", scope.Actor),
                    ]);
                await RecordAsync(session, scope, id, stored, "create", ct);
                return id;
            },
            cancellationToken);
    }

    public Task<CommandResult<Guid>> UpdateAsync(Scope scope, Guid connectorId, ConnectorChange change, CancellationToken cancellationToken) => ChangeAsync(
        scope,
        connectorId,
        async (session, before, ct) =>
        {
            var login = change.NoLogin ? null : change.Login?.UserName ?? before.Login;
            var (networks, certificates, refusal) = ConnectorChecks.Check(change.Networks ?? before.Networks, change.Certificates ?? before.Certificates, login is not null);
            if ((DirectoryRules.Name(change.Name ?? before.Name) ?? refusal) is { } refused)
                throw new RefusedException(refused);
            var after = before with { Name = (change.Name ?? before.Name).Trim(), Networks = networks, Certificates = certificates, Login = login };
            await session.Sql.ExecuteAsync(
                "UPDATE connectors SET name = @name, networks = @networks, certificates = @certificates, login = @login, changed_at = @now, changed_by = @actor WHERE id = @id",
                ct,
                [.. Values(connectorId, after), ("@now", session.NowMilliseconds), ("@actor", scope.Actor)]);
            if (change.NoLogin || change.Login is not null)
                await session.Sql.ExecuteAsync(
                    "UPDATE connectors SET salt = @salt, iterations = @iterations, stored_key = @stored, server_key = @server, makers = @makers WHERE id = @id",
                    ct,
                    [.. Keys(scope, change.NoLogin ? null : change.Login), ("@id", connectorId)]);
            await RecordAsync(session, scope, connectorId, after, "update", ct);
        },
        cancellationToken);

    public Task<CommandResult<Guid>> RemoveAsync(Scope scope, Guid connectorId, CancellationToken cancellationToken) => ChangeAsync(
        scope,
        connectorId,
        async (session, before, ct) =>
        {
            await session.Sql.ExecuteAsync("DELETE FROM connectors WHERE id = @id", ct, ("@id", connectorId));
            await session.Sql.ExecuteAsync("DELETE FROM send_accounts WHERE id = @id", ct, ("@id", connectorId));
            await session.Sql.ExecuteAsync("DELETE FROM sent_recipients WHERE mailbox_id = @id", ct, ("@id", connectorId));
            await RecordAsync(session, scope, connectorId, before, "remove", ct);
        },
        cancellationToken);

    private static Refusal? Reach(Scope scope, Guid tenantId) =>
        scope.Tenants.Contains(tenantId) && scope.AllowsFor(tenantId, Permissions.ConnectorsWrite) ? null : Refusal.NoTenant;

    private static (string Name, object? Value)[] Values(Guid id, Stored connector) =>
    [
        ("@id", id),
        ("@name", connector.Name),
        ("@networks", TenantJson.Write(connector.Networks)),
        ("@certificates", TenantJson.Write(connector.Certificates)),
        ("@login", connector.Login),
    ];

    private static (string Name, object? Value)[] Keys(Scope scope, ConnectorLogin? login) =>
    [
        ("@salt", login?.Keys.Salt),
        ("@iterations", login?.Keys.Iterations),
        ("@stored", login?.Keys.StoredKey),
        ("@server", login?.Keys.ServerKey),
        ("@makers", login is null ? null : AccountIds.Write(scope.People)),
    ];

    private Task<CommandResult<Guid>> ChangeAsync(Scope scope, Guid connectorId, Func<MoveSession, Stored, CancellationToken, ValueTask> change, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.ConnectorsWrite);
        return moves.CommandAsync(
            async (session, ct) =>
            {
                var before = await session.Sql.FirstAsync(
                    "SELECT tenant_id, name, networks, certificates, login FROM connectors WHERE id = @id" + session.Dialect.ForUpdate,
                    row => new Stored(row.GetGuid(0), row.GetString(1), TenantJson.ReadList(row.GetString(2)), TenantJson.ReadList(row.GetString(3)), row.Text(4)),
                    ct,
                    ("@id", connectorId));
                if (before is null || Reach(scope, before.TenantId) is not null)
                    throw new RefusedException(ConnectorChecks.Unknown);
                await change(session, before, ct);
                return connectorId;
            },
            cancellationToken);
    }

    private async ValueTask RecordAsync(MoveSession session, Scope scope, Guid id, Stored connector, string action, CancellationToken cancellationToken)
    {
        var data = new ToldConnector(scope.Actor, action, connector.Name, connector.Networks, connector.Certificates, connector.Login).ToJson();
        session.Record(new PendingEvent(connector.TenantId, EventKinds.ConnectorChanged, session.Now, null, null, data));
        session.Record(new PendingAudit(connector.TenantId, scope.Actor, "connector." + action, id.ToString(), data));
        await directory.ChangedAsync(session, cancellationToken);
    }

    private sealed record Stored(Guid TenantId, string Name, IReadOnlyList<string> Networks, IReadOnlyList<string> Certificates, string? Login);
}
