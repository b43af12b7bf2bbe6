using System.ComponentModel;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Directory;
using Platform.Storage.Policies;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Policy;

internal sealed class PolicyMutations(IPolicyCommands commands, IRecipientDirectory directory, PolicyQueries queries, CallerContext caller, MutationRunner runner)
{
    [Requires(Permissions.PolicyWrite)]
    [Description("Changes what a tenant does with mail of the verdicts named. It holds for mail inspected from then on. setPolicyValues does the same at every level.")]
    public async Task<SetPolicyPayload> SetPolicy([Description("The change.")] SetPolicyInput input, CancellationToken cancellationToken)
    {
        var outcome = await runner.RunForTenantAsync(input.Tenant, "setPolicy", input, async (scope, tenant) =>
        {
            if (input.Rules.Count == 0 || input.Rules.DistinctBy(rule => rule.Verdict).Count() != input.Rules.Count)
                return Outcome.Failed(ErrorCodes.BadUserInput, "Name at least one verdict, and each once.", "rules");
            var changes = input.Rules.Select(rule => new PolicyChange(PolicySettings.ActionFor(rule.Verdict).Key, PolicySettings.Name(rule.Action))).ToList();
            return Outcome.Of(await commands.SetAsync(scope, PolicyTarget.Tenant(tenant), changes, cancellationToken), tenant);
        }, cancellationToken);
        var settings = outcome.Key is { } id ? await directory.FindTenantAsync(id, cancellationToken) : null;
        return new SetPolicyPayload(settings is null ? null : new PolicyNode(settings.Policy), outcome, input);
    }

    [Requires(Permissions.PolicyWrite)]
    [Description("Sets, unsets and locks values of the policy for a group, a mailbox or the client's own MSP, else for a tenant. They hold for mail inspected from then on.")]
    public async Task<SetPolicyValuesPayload> SetPolicyValues([Description("The change.")] SetPolicyValuesInput input, CancellationToken cancellationToken)
    {
        PolicyTarget? target = null;
        var outcome = await runner.RunAsync(caller.Current.Home, "setPolicyValues", input, async () =>
        {
            var changes = input.Values.Select(value => new PolicyChange(value.Setting, value.Value, value.Locked ?? false)).ToList();
            return Outcome.Of(await commands.SetAsync(caller.Current.Scope, Target(), changes, cancellationToken));
        }, cancellationToken);
        var policy = outcome.Error is null && caller.Current.Scope.Allows(Permissions.PolicyRead) ? await queries.FindAsync(Target(), cancellationToken) : null;
        return new SetPolicyValuesPayload(policy, outcome, input);

        PolicyTarget Target() => target ??= PolicyPlaces.Find(caller.Current, input.Tenant, input.Group, input.Mailbox, input.Msp ?? false);
    }
}
