using System.ComponentModel;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Engine.Verdicts;
using Platform.Storage.Directory;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Policy;

internal sealed class PolicyMutations(IDirectoryCommands commands, IRecipientDirectory directory, MutationRunner runner)
{
    [Requires(Permissions.PolicyWrite)]
    [Description("Changes what a tenant does with mail of the verdicts named. It holds for mail inspected from then on.")]
    public async Task<SetPolicyPayload> SetPolicy([Description("The change.")] SetPolicyInput input, CancellationToken cancellationToken)
    {
        var outcome = await runner.RunForTenantAsync(input.Tenant, "setPolicy", input, async (scope, tenant) =>
        {
            if (input.Rules.Count == 0 || input.Rules.DistinctBy(rule => rule.Verdict).Count() != input.Rules.Count)
                return Outcome.Failed(ErrorCodes.BadUserInput, "Name at least one verdict, and each once.", "rules");
            var before = await directory.FindTenantAsync(tenant, cancellationToken) ?? throw new ScopeViolationException();
            var actions = Enum.GetValues<VerdictKind>().ToDictionary(kind => kind, before.Policy.For);
            foreach (var rule in input.Rules)
                actions[rule.Verdict] = rule.Action;
            return Outcome.Of(await commands.SetPolicyAsync(scope, tenant, new VerdictPolicy(actions), cancellationToken), tenant);
        }, cancellationToken);
        var settings = outcome.Key is { } id ? await directory.FindTenantAsync(id, cancellationToken) : null;
        return new SetPolicyPayload(settings is null ? null : new PolicyNode(settings.Policy), outcome, input);
    }
}

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
