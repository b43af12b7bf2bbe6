using System.ComponentModel;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Model;
using Platform.Storage.OutsideSignIn;
using Platform.Storage.Provisioning;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.SignIn;

internal sealed class ProvisioningQueries(IPlatformDbFactory databases, IProvisioning provisioning, CallerContext caller)
{
    [Requires(Permissions.SignInRead)]
    [Description("How the directory of a tenant keeps its accounts.")]
    public async Task<ProvisioningNode> Provisioning([Id][Description("Which tenant; needed where several are in reach.")] string? tenant, CancellationToken cancellationToken) =>
        new((await provisioning.RolesAsync(caller.Current.ForTenant(tenant).TenantId, cancellationToken)).Map);

    [Requires(Permissions.SignInRead)]
    [Description("Keys of programs of directories, newest first; a tenant has at most 10.")]
    public async Task<Connection<ProvisioningKeyNode>> ProvisioningKeys(
        [Description("How many, at most 200.")] int? first,
        [Description("Go on behind this cursor.")] string? after,
        [Id][Description("One tenant; by default all in reach.")] string? tenant,
        CancellationToken cancellationToken)
    {
        var scope = caller.Current.ForTenants(tenant);
        return await databases.PageAsync(
            scope, first, after, db => db.ProvisioningKeys, row => row.CreatedAt, row => Cursor.Of(row.CreatedAt, row.Id), row => new ProvisioningKeyNode(row), cancellationToken);
    }
}

internal sealed class ProvisioningMutations(IProvisioningCommands commands, IProvisioning provisioning, CallerContext caller, MutationRunner runner)
{
    private const int DefaultDays = 365;

    [Requires(Permissions.SignInWrite)]
    [Description("Says which roles follow from the groups of a tenant's directory. Holds for what the directory changes from then on.")]
    public async Task<SetProvisioningPayload> SetProvisioning([Description("The roles.")] SetProvisioningInput input, CancellationToken cancellationToken)
    {
        var map = new RoleMap(RoleMappingInput.Read(input.RoleMap), RoleKeys.Read(input.DefaultRoles));
        var outcome = await runner.RunForTenantAsync(
            input.Tenant, "setProvisioning", input, async (scope, tenant) => Outcome.Of(await commands.SetAsync(scope, tenant, map, cancellationToken)), cancellationToken);
        var after = outcome.Key is { } id && caller.Current.Scope.Allows(Permissions.SignInRead) ? new ProvisioningNode((await provisioning.RolesAsync(id, cancellationToken)).Map) : null;
        return new SetProvisioningPayload(after, outcome, input);
    }

    [Requires(Permissions.SignInWrite)]
    [Description("Makes a long-lived key for the program of a tenant's directory, good below /scim/v2 and nowhere else. Shown once.")]
    public async Task<CreateProvisioningKeyPayload> CreateProvisioningKey([Description("The key.")] CreateProvisioningKeyInput input, CancellationToken cancellationToken)
    {
        var shown = (ProvisioningKey?)null;
        var outcome = await runner.RunForTenantAsync(
            input.Tenant,
            "createProvisioningKey",
            input,
            async (scope, tenant) =>
            {
                var made = await commands.CreateKeyAsync(scope, tenant, input.Name, input.ValidDays ?? DefaultDays, cancellationToken);
                shown = made.Value;
                return Outcome.Of(made, made.Value?.Id);
            },
            cancellationToken);
        return new CreateProvisioningKeyPayload(shown, outcome, input);
    }

    [Requires(Permissions.SignInWrite)]
    [Description("Removes a key of a directory's program; it is worth nothing at once.")]
    public async Task<RemoveProvisioningKeyPayload> RemoveProvisioningKey([Description("Which key.")] RemoveProvisioningKeyInput input, CancellationToken cancellationToken) => new(
        await runner.RunAsync(caller.Current.Home, "removeProvisioningKey", input, async () => GlobalId.Find(input.KeyId, NodeKind.ProvisioningKey) is { } id
            ? Outcome.Of(await commands.RemoveKeyAsync(caller.Current.Scope, id, cancellationToken))
            : Outcome.Failed(ErrorCodes.NotFound, "No such key is in reach of this client.", "keyId"), cancellationToken),
        input);
}
