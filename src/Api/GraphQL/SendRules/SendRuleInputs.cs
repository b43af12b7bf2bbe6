using System.ComponentModel;
using Platform.Api.GraphQL.Rules;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.SendRules;

[Description("Input of createSendRule.")]
internal sealed record CreateSendRuleInput : MutationInput
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

    [Description("What it does, 1 to 10 things.")]
    public required IReadOnlyList<SendActionInput> Actions { get; init; }

    [Description("Whether it is in force at once; by default not.")]
    public bool? Enabled { get; init; }
}

[Description("Input of updateSendRule. What is left out stays.")]
internal sealed record UpdateSendRuleInput : MutationInput
{
    [Id]
    [Description("The rule to change.")]
    public required string RuleId { get; init; }

    [Description("Name for people, 1 to 200 characters.")]
    public string? Name { get; init; }

    [Description("Of which mail it speaks, in the language of docs/rules.md; up to 8,000 characters.")]
    public string? Condition { get; init; }

    [Description("What it does, 1 to 10 things; all of them anew.")]
    public IReadOnlyList<SendActionInput>? Actions { get; init; }

    [Description("Whether it is to be in force.")]
    public bool? Enabled { get; init; }

    [Description("The revision that was looked at: a change made meanwhile is not overwritten.")]
    public int? Revision { get; init; }
}

[Description("Input of deleteSendRule.")]
internal sealed record DeleteSendRuleInput : MutationInput
{
    [Id]
    [Description("The rule to delete.")]
    public required string RuleId { get; init; }
}

[Description("Input of reorderSendRules.")]
internal sealed record ReorderSendRulesInput : MutationInput
{
    [Id]
    [Description("Which tenant; needed where several are in reach.")]
    public string? Tenant { get; init; }

    [Description("Whose rules: by default the tenant's.")]
    public RuleOrigin? Origin { get; init; }

    [Id]
    [Description("Every sending rule of the owner once, in the new order.")]
    public required IReadOnlyList<string> RuleIds { get; init; }
}

[Requires(Permissions.PolicyWrite)]
[Description("Result of createSendRule.")]
internal sealed class CreateSendRulePayload(SendRuleNode? rule, Outcome outcome, MutationInput input)
{
    [Description("The rule; null when it was not made.")]
    public SendRuleNode? Rule => rule;

    [Description("Why it was not made; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.PolicyWrite)]
[Description("Result of updateSendRule.")]
internal sealed class UpdateSendRulePayload(SendRuleNode? rule, Outcome outcome, MutationInput input)
{
    [Description("The rule after the call.")]
    public SendRuleNode? Rule => rule;

    [Description("Why it was not changed; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.PolicyWrite)]
[Description("Result of deleteSendRule.")]
internal sealed class DeleteSendRulePayload(Outcome outcome, DeleteSendRuleInput input)
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
[Description("Result of reorderSendRules.")]
internal sealed class ReorderSendRulesPayload(IReadOnlyList<SendRuleNode> rules, Outcome outcome, MutationInput input)
{
    [Description("All rules in the order in which they are tried now; empty when it was not changed.")]
    public IReadOnlyList<SendRuleNode> Rules => rules;

    [Description("Why the order was not changed; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}
