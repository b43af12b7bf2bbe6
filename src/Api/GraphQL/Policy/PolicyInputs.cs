using System.ComponentModel;
using Platform.Api.GraphQL.Schema;
using Platform.Engine.Verdicts;
using Platform.Storage.Directory;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Policy;

[Description("Input of setPolicy.")]
internal sealed record SetPolicyInput : MutationInput
{
    [Id]
    [Description("Which tenant; needed where several are in reach.")]
    public string? Tenant { get; init; }

    [Description("The rules to change; verdicts left out keep theirs.")]
    public required IReadOnlyList<PolicyRuleInput> Rules { get; init; }
}

[Description("What is to be done with mail of one verdict.")]
internal sealed record PolicyRuleInput
{
    [Description("The verdict.")]
    public required VerdictKind Verdict { get; init; }

    [Description("What is to be done.")]
    public required PolicyAction Action { get; init; }
}

[Description("Input of setPolicyValues. One place at most is named.")]
internal sealed record SetPolicyValuesInput : MutationInput
{
    [Id]
    [Description("A tenant; needed where several are in reach and nothing else is named.")]
    public string? Tenant { get; init; }

    [Id]
    [Description("A group.")]
    public string? Group { get; init; }

    [Id]
    [Description("A mailbox.")]
    public string? Mailbox { get; init; }

    [Description("True: the client's own MSP, for all its tenants.")]
    public bool? Msp { get; init; }

    [Description("What to change; settings left out stay.")]
    public required IReadOnlyList<PolicyValueInput> Values { get; init; }
}

[Description("A value to set or unset.")]
internal sealed record PolicyValueInput
{
    [Description("Key of the setting: 'action.spam'. policySettings lists them.")]
    public required string Setting { get; init; }

    [Description("The value; null unsets it, so that what is set further out holds.")]
    public string? Value { get; init; }

    [Description("Levels further in cannot change it. By default they can.")]
    public bool? Locked { get; init; }
}

[Requires(Permissions.PolicyWrite)]
[Description("Result of setPolicy.")]
internal sealed class SetPolicyPayload(PolicyNode? policy, Outcome outcome, MutationInput input)
{
    [Description("The policy after the call.")]
    public PolicyNode? Policy => policy;

    [Description("Why it was not changed; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.PolicyWrite)]
[Description("Result of setPolicyValues.")]
internal sealed class SetPolicyValuesPayload(EffectivePolicyNode? policy, Outcome outcome, MutationInput input)
{
    [Description("What holds at the place after the call; null for a client that may not read the policy.")]
    public EffectivePolicyNode? Policy => policy;

    [Description("Why nothing was changed; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}
