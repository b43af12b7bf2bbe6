using System.ComponentModel;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Directory;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Rules;

[Description("Input of createRule.")]
internal sealed record CreateRuleInput : MutationInput
{
    [Id]
    [Description("Which tenant; needed where several are in reach.")]
    public string? Tenant { get; init; }

    [Description("Whose the rule is: by default the tenant's.")]
    public RuleOrigin? Origin { get; init; }

    [Description("Name for people, 1 to 200 characters.")]
    public required string Name { get; init; }

    [Description("Of which mail it speaks, in the language of docs/rules.md; up to 8,000 characters.")]
    public required string Condition { get; init; }

    [Description("What is done.")]
    public required PolicyAction Action { get; init; }

    [Description("Whether it is in force at once; by default not, so that it can be replayed first.")]
    public bool? Enabled { get; init; }
}

[Description("Input of updateRule. What is left out stays.")]
internal sealed record UpdateRuleInput : MutationInput
{
    [Id]
    [Description("The rule to change.")]
    public required string RuleId { get; init; }

    [Description("Name for people, 1 to 200 characters.")]
    public string? Name { get; init; }

    [Description("Of which mail it speaks, in the language of docs/rules.md; up to 8,000 characters.")]
    public string? Condition { get; init; }

    [Description("What is done.")]
    public PolicyAction? Action { get; init; }

    [Description("The revision that was looked at: a change made meanwhile is not overwritten.")]
    public int? Revision { get; init; }
}

[Description("Input of setRuleEnabled.")]
internal sealed record SetRuleEnabledInput : MutationInput
{
    [Id]
    [Description("The rule.")]
    public required string RuleId { get; init; }

    [Description("Whether it is to be in force.")]
    public required bool Enabled { get; init; }

    [Description("The revision that was looked at: a rule changed meanwhile is not switched.")]
    public int? Revision { get; init; }
}

[Description("Input of deleteRule.")]
internal sealed record DeleteRuleInput : MutationInput
{
    [Id]
    [Description("The rule to delete.")]
    public required string RuleId { get; init; }
}

[Description("Input of reorderRules.")]
internal sealed record ReorderRulesInput : MutationInput
{
    [Id]
    [Description("Which tenant; needed where several are in reach.")]
    public string? Tenant { get; init; }

    [Description("Whose rules: by default the tenant's.")]
    public RuleOrigin? Origin { get; init; }

    [Id]
    [Description("Every rule of the owner once, in the new order.")]
    public required IReadOnlyList<string> RuleIds { get; init; }
}

[Requires(Permissions.PolicyWrite)]
[Description("Result of createRule.")]
internal sealed class CreateRulePayload(RuleNode? rule, Outcome outcome, MutationInput input)
{
    [Description("The new rule.")]
    public RuleNode? Rule => rule;

    [Description("Why it was not made; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.PolicyWrite)]
[Description("Result of updateRule.")]
internal sealed class UpdateRulePayload(RuleNode? rule, Outcome outcome, MutationInput input)
{
    [Description("The rule after the call.")]
    public RuleNode? Rule => rule;

    [Description("Why it was not changed; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.PolicyWrite)]
[Description("Result of setRuleEnabled.")]
internal sealed class SetRuleEnabledPayload(RuleNode? rule, Outcome outcome, MutationInput input)
{
    [Description("The rule after the call.")]
    public RuleNode? Rule => rule;

    [Description("Why it was not switched; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.PolicyWrite)]
[Description("Result of deleteRule.")]
internal sealed class DeleteRulePayload(Outcome outcome, DeleteRuleInput input)
{
    [Id]
    [Description("The id of the rule that is gone; null when it is not.")]
    public string? DeletedRuleId => outcome.Error is null ? input.RuleId : null;

    [Description("Why it was not deleted; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.PolicyWrite)]
[Description("Result of reorderRules.")]
internal sealed class ReorderRulesPayload(IReadOnlyList<RuleNode> rules, Outcome outcome, MutationInput input)
{
    [Description("The rules in the order in which they are tried now; empty when it was not changed.")]
    public IReadOnlyList<RuleNode> Rules => rules;

    [Description("Why the order was not changed; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}
