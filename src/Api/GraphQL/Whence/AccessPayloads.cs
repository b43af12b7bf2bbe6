using System.ComponentModel;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Whence;

[Requires(Permissions.AccessRulesWrite)]
[Description("Result of addAccessRule.")]
internal sealed class AddAccessRulePayload(AccessRuleNode? rule, Outcome outcome, MutationInput input)
{
    [Description("The new rule.")]
    public AccessRuleNode? Rule => rule;

    [Description("Why it was not added; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.AccessRulesWrite)]
[Description("Result of updateAccessRule.")]
internal sealed class UpdateAccessRulePayload(AccessRuleNode? rule, Outcome outcome, MutationInput input)
{
    [Description("The rule after the call.")]
    public AccessRuleNode? Rule => rule;

    [Description("Why it was not changed; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.AccessRulesWrite)]
[Description("Result of removeAccessRule.")]
internal sealed class RemoveAccessRulePayload(Outcome outcome, RemoveAccessRuleInput input)
{
    [Id]
    [Description("The id of the rule that is gone; null when it is not.")]
    public string? RemovedRuleId => outcome.Error is null ? input.RuleId : null;

    [Description("Why it was not removed; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}
