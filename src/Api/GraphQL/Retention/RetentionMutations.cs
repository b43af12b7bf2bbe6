using System.ComponentModel;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Retention;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Retention;

internal sealed class RetentionMutations(IRetentionRules rules, RetentionQueries queries, CallerContext caller, MutationRunner runner)
{
    [Requires(Permissions.RetentionWrite)]
    [Description("Changes how long mail is kept, of a tenant, or of the MSP for its tenants. Shorter periods take effect with the next run of the worker, and what has expired does not come back.")]
    public async Task<SetRetentionPayload> SetRetention([Description("The change.")] SetRetentionInput input, CancellationToken cancellationToken)
    {
        var scope = caller.Current.Scope;
        if (input.ForMsp == true)
        {
            if (scope.MspId is not { } msp)
                return new SetRetentionPayload(null, Outcome.Failed(ErrorCodes.Forbidden, "Only a client of an MSP sets its values."), input);
            var ofMsp = await runner.RunAsync(msp, "setRetention", input, () => SetAsync(scope, msp, input, cancellationToken), cancellationToken);
            return new SetRetentionPayload(ofMsp.Error is null ? await queries.MspRetention(cancellationToken) : null, ofMsp, input);
        }

        var outcome = await runner.RunForTenantAsync(input.Tenant, "setRetention", input, (own, tenant) => SetAsync(own, tenant, input, cancellationToken), cancellationToken);
        return new SetRetentionPayload(outcome.Key is { } id ? await queries.OfTenantAsync(scope, id, cancellationToken) : null, outcome, input);
    }

    private async Task<Outcome> SetAsync(Scope scope, Guid owner, SetRetentionInput input, CancellationToken cancellationToken)
    {
        if (input.Periods.DistinctBy(period => period.Class).Count() != input.Periods.Count || (input.Periods.Count == 0 && input.MaxDays is null))
            return Outcome.Failed(ErrorCodes.BadUserInput, "Name at least one class, and each once.", "periods");
        var change = new RetentionChange(
            input.Periods.Where(period => period.ContentDays is not null).ToDictionary(period => period.Class, period => period.ContentDays!.Value),
            input.Periods.Where(period => period.MetadataDays is not null).ToDictionary(period => period.Class, period => period.MetadataDays!.Value),
            input.MaxDays);
        return Outcome.Of(await rules.SetAsync(scope, owner, change, cancellationToken), owner);
    }
}

[Description("Input of setRetention.")]
internal sealed record SetRetentionInput : MutationInput
{
    [Id]
    [Description("Which tenant; needed where several are in reach.")]
    public string? Tenant { get; init; }

    [Description("True: the values that the client's MSP gives its tenants.")]
    public bool? ForMsp { get; init; }

    [Description("The classes to change; others keep theirs.")]
    public required IReadOnlyList<RetentionPeriodInput> Periods { get; init; }

    [Description("Of an MSP: no tenant of it keeps anything longer. 1 to 3650 days; 0: the platform's maximum alone.")]
    public int? MaxDays { get; init; }
}

[Description("How long mail of one class is to be kept.")]
internal sealed record RetentionPeriodInput
{
    [Description("The class.")]
    public required RetentionClass Class { get; init; }

    [Description("Days the content is kept, 1 to 3650; 0: inherited. Never longer than the metadata.")]
    public int? ContentDays { get; init; }

    [Description("Days all the rest is kept, 1 to 3650; 0: inherited.")]
    public int? MetadataDays { get; init; }
}

[Requires(Permissions.RetentionWrite)]
[Description("Result of setRetention.")]
internal sealed class SetRetentionPayload(RetentionNode? retention, Outcome outcome, MutationInput input)
{
    [Description("The values in force after the call.")]
    public RetentionNode? Retention => retention;

    [Description("Why nothing was changed; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}
