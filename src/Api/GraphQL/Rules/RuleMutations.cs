using System.ComponentModel;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Rules;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Rules;

internal sealed class RuleMutations(IRuleCommands commands, RuleQueries queries, CallerContext caller, RuleOwnerRunner runner)
{
    [Requires(Permissions.PolicyWrite)]
    [Description("Makes a rule, the last of its owner. It holds for mail inspected from the moment on at which it is switched on.")]
    public async Task<CreateRulePayload> CreateRule([Description("The rule.")] CreateRuleInput input, CancellationToken cancellationToken)
    {
        var outcome = await runner.ForOwnerAsync(input.Tenant, input.Origin, "createRule", input, (scope, owner) =>
            commands.CreateAsync(scope, owner, new NewRule(input.Name, input.Condition, input.Action, input.Enabled ?? false), cancellationToken), cancellationToken);
        return new CreateRulePayload(await FoundAsync(outcome, cancellationToken), outcome, input);
    }

    [Requires(Permissions.PolicyWrite)]
    [Description("Changes a rule. What is left out stays.")]
    public async Task<UpdateRulePayload> UpdateRule([Description("The change.")] UpdateRuleInput input, CancellationToken cancellationToken)
    {
        var outcome = await runner.ForRuleAsync(NodeKind.Rule, input.RuleId, "updateRule", input, id =>
            commands.UpdateAsync(caller.Current.Scope, id, new RuleChange(input.Name, input.Condition, input.Action, Enabled: null, input.Revision), cancellationToken), cancellationToken);
        return new UpdateRulePayload(await FoundAsync(outcome, cancellationToken), outcome, input);
    }

    [Requires(Permissions.PolicyWrite)]
    [Description("Switches a rule on or off.")]
    public async Task<SetRuleEnabledPayload> SetRuleEnabled([Description("Which rule, and how.")] SetRuleEnabledInput input, CancellationToken cancellationToken)
    {
        var outcome = await runner.ForRuleAsync(NodeKind.Rule, input.RuleId, "setRuleEnabled", input, id =>
            commands.UpdateAsync(caller.Current.Scope, id, new RuleChange(Enabled: input.Enabled, Expected: input.Revision), cancellationToken), cancellationToken);
        return new SetRuleEnabledPayload(await FoundAsync(outcome, cancellationToken), outcome, input);
    }

    [Requires(Permissions.PolicyWrite)]
    [Description("Deletes a rule. Decisions that it made keep its name.")]
    public async Task<DeleteRulePayload> DeleteRule([Description("Which rule.")] DeleteRuleInput input, CancellationToken cancellationToken)
    {
        var outcome = await runner.ForRuleAsync(NodeKind.Rule, input.RuleId, "deleteRule", input, id => commands.DeleteAsync(caller.Current.Scope, id, cancellationToken), cancellationToken);
        return new DeleteRulePayload(outcome, input);
    }

    [Requires(Permissions.PolicyWrite)]
    [Description("Puts the rules of an owner into another order.")]
    public async Task<ReorderRulesPayload> ReorderRules([Description("The order.")] ReorderRulesInput input, CancellationToken cancellationToken)
    {
        var outcome = await runner.ForOwnerAsync(input.Tenant, input.Origin, "reorderRules", input, async (scope, owner) =>
        {
            var ids = input.RuleIds.Select(id => GlobalId.Find(id, NodeKind.Rule) ?? Guid.Empty).ToList();
            return await commands.ReorderAsync(scope, owner, ids, cancellationToken);
        }, cancellationToken);
        var rules = outcome.Error is null ? await queries.AllAsync(input.Origin is RuleOrigin.Msp ? null : input.Tenant, cancellationToken) : [];
        return new ReorderRulesPayload([.. rules.Select(row => new RuleNode(row))], outcome, input);
    }

    private async Task<RuleNode?> FoundAsync(Outcome outcome, CancellationToken cancellationToken) =>
        outcome.Key is { } id ? await queries.FindAsync(id, cancellationToken) : null;
}
