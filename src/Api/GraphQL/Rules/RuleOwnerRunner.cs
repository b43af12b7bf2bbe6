using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Rules;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Rules;

/// <summary>Runs commands over rules of any kind: for the tenant or MSP that owns them, or for one by its id.</summary>
internal sealed class RuleOwnerRunner(CallerContext caller, MutationRunner runner)
{
    public Task<Outcome> ForOwnerAsync(
        string? tenant, RuleOrigin? origin, string operation, MutationInput input, Func<Scope, RuleOwner, Task<RuleResult>> command, CancellationToken cancellationToken)
    {
        var language = caller.Current.Language;
        if (origin is not RuleOrigin.Msp)
        {
            return runner.RunForTenantAsync(
                tenant, operation, input, async (scope, id) => Outcome.Of(await command(scope, new RuleOwner(id, IsMsp: false)), language), cancellationToken);
        }

        return caller.Current.Scope.MspId is { } msp
            ? runner.RunAsync(msp, operation, input, async () => Outcome.Of(await command(caller.Current.Scope, new RuleOwner(msp, IsMsp: true)), language), cancellationToken)
            : Task.FromResult(Outcome.Failed(ErrorCodes.Forbidden, "Only a client of an MSP can change rules of the MSP.", "origin"));
    }

    public Task<Outcome> ForRuleAsync(NodeKind kind, string ruleId, string operation, MutationInput input, Func<Guid, Task<RuleResult>> command, CancellationToken cancellationToken) =>
        runner.RunAsync(
            caller.Current.Home,
            operation,
            input,
            async () => GlobalId.Find(ruleId, kind) is { } id
                ? Outcome.Of(await command(id), caller.Current.Language)
                : Outcome.Failed(ErrorCodes.NotFound, "No such rule is in reach of this client.", "ruleId"),
            cancellationToken);
}
