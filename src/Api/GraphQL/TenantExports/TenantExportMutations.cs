using System.ComponentModel;
using Platform.Api.GraphQL.Schema;
using Platform.Grains.TenantExports;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.TenantExports;

internal sealed class TenantExportMutations(ITenantExports exports, TenantExportQueries queries, MutationRunner runner)
{
    [Requires(Permissions.TenantExport)]
    [Description("Starts an export of everything the platform holds of a tenant. Ask tenantExports for its progress and address.")]
    public async Task<ExportTenantPayload> ExportTenant([Description("What to take out.")] ExportTenantInput input, CancellationToken cancellationToken)
    {
        var outcome = await runner.RunForTenantAsync(
            input.Tenant, "exportTenant", input, async (scope, tenant) => Outcome.Of(await exports.StartAsync(scope, tenant, input.WithBodies ?? false, input.Reason, cancellationToken)), cancellationToken);
        return new ExportTenantPayload(outcome.Key is { } id ? await queries.FindAsync(id, cancellationToken) : null, outcome, input);
    }
}

[Description("Input of exportTenant.")]
internal sealed record ExportTenantInput : MutationInput
{
    [Id]
    [Description("Which tenant; needed where several are in reach.")]
    public string? Tenant { get; init; }

    [Description("True: the originals of the mails too. Only for who may open them; where the tenant wants four eyes, for nobody.")]
    public bool? WithBodies { get; init; }

    [Description("Why, for the audit log: 3 to 500 characters. People who take originals out give one.")]
    public string? Reason { get; init; }
}

[Requires(Permissions.TenantExport)]
[Description("Result of exportTenant.")]
internal sealed class ExportTenantPayload(TenantExportNode? export, Outcome outcome, MutationInput input)
{
    [Description("The export, which runs in the background.")]
    public TenantExportNode? Export => export;

    [Description("Why it was not started; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}
