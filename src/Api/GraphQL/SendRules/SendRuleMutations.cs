using System.ComponentModel;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Rules;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Outgoing.Rules;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.SendRules;

internal sealed class SendRuleMutations(ISendRuleCommands commands, SendRuleQueries queries, CallerContext caller, RuleOwnerRunner runner)
{
    [Requires(Permissions.PolicyWrite)]
    [Description("Makes a sending rule, the last of its owner. It holds for mail sent from the moment on at which it is switched on.")]
    public async Task<CreateSendRulePayload> CreateSendRule([Description("The rule.")] CreateSendRuleInput input, CancellationToken cancellationToken)
    {
        var outcome = await runner.ForOwnerAsync(input.Tenant, input.Origin, "createSendRule", input, (scope, owner) =>
            commands.CreateAsync(scope, owner, new NewSendRule(input.Name, input.Condition, [.. input.Actions.Select(action => action.ToAction())], input.Enabled ?? false), cancellationToken), cancellationToken);
        return new CreateSendRulePayload(await FoundAsync(outcome, cancellationToken), outcome, input);
    }

    [Requires(Permissions.PolicyWrite)]
    [Description("Changes a sending rule, or switches it on or off. What is left out stays; what waits already keeps what it began with.")]
    public async Task<UpdateSendRulePayload> UpdateSendRule([Description("The change.")] UpdateSendRuleInput input, CancellationToken cancellationToken)
    {
        IReadOnlyList<SendAction>? actions = input.Actions is { } given ? [.. given.Select(action => action.ToAction())] : null;
        var outcome = await runner.ForRuleAsync(NodeKind.SendRule, input.RuleId, "updateSendRule", input, id =>
            commands.UpdateAsync(caller.Current.Scope, id, new SendRuleChange(input.Name, input.Condition, actions, input.Enabled, input.Revision), cancellationToken), cancellationToken);
        return new UpdateSendRulePayload(await FoundAsync(outcome, cancellationToken), outcome, input);
    }

    [Requires(Permissions.PolicyWrite)]
    [Description("Deletes a sending rule. What waits because of it goes on waiting.")]
    public async Task<DeleteSendRulePayload> DeleteSendRule([Description("Which rule.")] DeleteSendRuleInput input, CancellationToken cancellationToken) => new(
        await runner.ForRuleAsync(NodeKind.SendRule, input.RuleId, "deleteSendRule", input, id => commands.DeleteAsync(caller.Current.Scope, id, cancellationToken), cancellationToken), input);

    [Requires(Permissions.PolicyWrite)]
    [Description("Puts the sending rules of an owner into another order.")]
    public async Task<ReorderSendRulesPayload> ReorderSendRules([Description("The order.")] ReorderSendRulesInput input, CancellationToken cancellationToken)
    {
        var outcome = await runner.ForOwnerAsync(input.Tenant, input.Origin, "reorderSendRules", input, (scope, owner) =>
            commands.ReorderAsync(scope, owner, [.. input.RuleIds.Select(id => GlobalId.Find(id, NodeKind.SendRule) ?? Guid.Empty)], cancellationToken), cancellationToken);
        var rules = outcome.Error is null ? await queries.AllAsync(input.Origin is RuleOrigin.Msp ? null : input.Tenant, cancellationToken) : [];
        return new ReorderSendRulesPayload([.. rules.Select(row => new SendRuleNode(row))], outcome, input);
    }

    private async Task<SendRuleNode?> FoundAsync(Outcome outcome, CancellationToken cancellationToken) =>
        outcome.Key is { } id ? await queries.FindAsync(id, cancellationToken) : null;
}
