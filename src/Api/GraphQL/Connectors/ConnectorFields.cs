using System.ComponentModel;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Api.Smtp.Submission;
using Platform.Storage.Connectors;
using Platform.Storage.Model;
using Platform.Storage.Scopes;
using Platform.Storage.Submission;

namespace Platform.Api.GraphQL.Connectors;

internal sealed class ConnectorQueries(IPlatformDbFactory databases, CallerContext caller)
{
    [Requires(Permissions.ConnectorsRead)]
    [Description("Servers that send for tenants, newest first.")]
    public Task<Connection<ConnectorNode>> Connectors(
        [Description("How many, at most 200.")] int? first,
        [Description("Go on behind this cursor.")] string? after,
        [Id][Description("One tenant; by default all in reach.")] string? tenant,
        CancellationToken cancellationToken) => databases.PageAsync(
            caller.Current.ForTenants(tenant),
            first,
            after,
            db => db.Connectors.AsNoTracking(),
            row => row.CreatedAt,
            row => Cursor.Of(row.CreatedAt, row.Id),
            row => new ConnectorNode(row),
            cancellationToken);
}

internal sealed class ConnectorMutations(IConnectorCommands commands, IAppPasswords passwords, IPlatformDbFactory databases, CallerContext caller, MutationRunner runner)
{
    private const string NamePrefix = "relay-";
    private const int NameLength = 12;
    private const string NameAlphabet = "abcdefghijkmnpqrstuvwxyz23456789";

    [Requires(Permissions.ConnectorsWrite)]
    [Description("Lets a server of the tenant's own send through the platform, as anybody of the tenant. A secret of a login is shown once.")]
    public async Task<CreateConnectorPayload> CreateConnector([Description("The server.")] CreateConnectorInput input, CancellationToken cancellationToken)
    {
        var secret = ((ConnectorLogin Login, string Password)?)null;
        var outcome = await runner.RunForTenantAsync(
            input.Tenant,
            "createConnector",
            input,
            async (scope, tenant) =>
            {
                secret = input.LogsIn == true ? NewLogin() : null;
                return Outcome.Of(await commands.CreateAsync(
                    scope, tenant, new NewConnector(input.Name, input.Networks ?? [], input.Certificates ?? [], secret?.Login), cancellationToken));
            },
            cancellationToken);
        return new CreateConnectorPayload(await FindAsync(outcome, cancellationToken), secret?.Password, outcome, input);
    }

    [Requires(Permissions.ConnectorsWrite)]
    [Description("Changes a server that sends. What it may no longer do ends with its next message.")]
    public async Task<UpdateConnectorPayload> UpdateConnector([Description("The change.")] UpdateConnectorInput input, CancellationToken cancellationToken)
    {
        var secret = ((ConnectorLogin Login, string Password)?)null;
        var outcome = await runner.RunAsync(
            caller.Current.Home,
            "updateConnector",
            input,
            async () =>
            {
                if (GlobalId.Find(input.ConnectorId, NodeKind.Connector) is not { } id)
                    return Unknown();
                secret = input.NewLogin == true ? NewLogin() : null;
                var change = new ConnectorChange(input.Name, input.Networks, input.Certificates, secret?.Login, input.NoLogin == true);
                return Outcome.Of(await commands.UpdateAsync(caller.Current.Scope, id, change, cancellationToken));
            },
            cancellationToken);
        return new UpdateConnectorPayload(await FindAsync(outcome, cancellationToken), secret?.Password, outcome, input);
    }

    [Requires(Permissions.ConnectorsWrite)]
    [Description("Removes a server that sends; its next message is refused.")]
    public async Task<RemoveConnectorPayload> RemoveConnector([Description("Which server.")] RemoveConnectorInput input, CancellationToken cancellationToken) => new(
        await runner.RunAsync(caller.Current.Home, "removeConnector", input, async () => GlobalId.Find(input.ConnectorId, NodeKind.Connector) is { } id
            ? Outcome.Of(await commands.RemoveAsync(caller.Current.Scope, id, cancellationToken))
            : Unknown(), cancellationToken),
        input);

    private static Outcome Unknown() => Outcome.Failed(ErrorCodes.NotFound, "No such connector is in reach of this client.", "connectorId");

    /// <summary>A user name that is no address, so that it is never taken for a mailbox's.</summary>
    private (ConnectorLogin Login, string Password) NewLogin()
    {
        var name = NamePrefix + RandomNumberGenerator.GetString(NameAlphabet, NameLength);
        var made = NewAppPassword.Of(name, passwords);
        return (new ConnectorLogin(name, made.Keys), made.Password);
    }

    private async Task<ConnectorNode?> FindAsync(Outcome outcome, CancellationToken cancellationToken)
    {
        if (outcome.Key is not { } id || !caller.Current.Scope.Allows(Permissions.ConnectorsRead))
            return null;
        await using var db = databases.Open(caller.Current.Scope);
        return await db.Connectors.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row ? new ConnectorNode(row) : null;
    }
}
