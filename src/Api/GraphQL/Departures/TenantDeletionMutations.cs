using System.ComponentModel;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Departures;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Departures;

internal sealed class TenantDeletionMutations(ITenantDepartures departures, TenantDeletionQueries queries, CallerContext caller, MutationRunner runner)
{
    [Requires(Permissions.TenantDelete)]
    [Description("Asks for the deletion of a tenant and everything the platform holds of it, its key among it. It is carried out after days of grace in which it can be taken back; mail goes on until then.")]
    public async Task<RequestTenantDeletionPayload> RequestTenantDeletion([Description("Which, and why.")] RequestTenantDeletionInput input, CancellationToken cancellationToken)
    {
        Guid? tenant = null;
        var outcome = await runner.RunForTenantAsync(input.Tenant, "requestTenantDeletion", input, async (scope, id) =>
        {
            tenant = id;
            return Outcome.Of(await departures.RequestAsync(scope, id, input.ConfirmSlug, input.Reason, cancellationToken));
        }, cancellationToken);
        tenant ??= outcome.Error is null ? caller.Current.ForTenant(input.Tenant).TenantId : null;
        return new RequestTenantDeletionPayload(outcome.Error is null && tenant is { } found ? await queries.FindAsync(found, cancellationToken) : null, outcome, input);
    }

    [Requires(Permissions.TenantDelete)]
    [Description("Takes the request for a deletion back.")]
    public async Task<CancelTenantDeletionPayload> CancelTenantDeletion([Description("Which.")] CancelTenantDeletionInput input, CancellationToken cancellationToken)
    {
        var outcome = await runner.RunForTenantAsync(
            input.Tenant, "cancelTenantDeletion", input, async (scope, tenant) => Outcome.Of(await departures.CancelAsync(scope, tenant, cancellationToken)), cancellationToken);
        return new CancelTenantDeletionPayload(outcome, input);
    }
}

[Description("Input of requestTenantDeletion.")]
internal sealed record RequestTenantDeletionInput : MutationInput
{
    [Id]
    [Description("Which tenant; needed where several are in reach.")]
    public string? Tenant { get; init; }

    [Description("The tenant's short name, as confirmation.")]
    public required string ConfirmSlug { get; init; }

    [Description("Why, 1 to 500 characters.")]
    public required string Reason { get; init; }
}

[Description("Input of cancelTenantDeletion.")]
internal sealed record CancelTenantDeletionInput : MutationInput
{
    [Id]
    [Description("Which tenant; needed where several are in reach.")]
    public string? Tenant { get; init; }
}

[Requires(Permissions.TenantDelete)]
[Description("Result of requestTenantDeletion.")]
internal sealed class RequestTenantDeletionPayload(TenantDeletionNode? deletion, Outcome outcome, MutationInput input)
{
    [Description("The deletion to come.")]
    public TenantDeletionNode? Deletion => deletion;

    [Description("Why it was not taken; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.TenantDelete)]
[Description("Result of cancelTenantDeletion.")]
internal sealed class CancelTenantDeletionPayload(Outcome outcome, MutationInput input)
{
    [Description("It was taken back.")]
    public bool Cancelled => outcome.Error is null;

    [Description("Why it was not; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}
