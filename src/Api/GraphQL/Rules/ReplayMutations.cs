using System.ComponentModel;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Policy;
using Platform.Api.GraphQL.Schema;
using Platform.Grains.Policy.Replays;
using Platform.Storage.Directory;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Rules;

internal sealed class ReplayMutations(IRuleReplays replays, RuleQueries queries, CallerContext caller, MutationRunner runner)
{
    [Requires(Permissions.PolicyWrite)]
    [Description("Tries a rule, a change of one, or a policy on the verdicts kept of a period, before it is switched on. No mail is opened or touched. Needs 'messages.read' too. Ask ruleReplay for progress and result.")]
    public async Task<ReplayRulePayload> ReplayRule([Description("What to try, and on what.")] ReplayRuleInput input, CancellationToken cancellationToken)
    {
        var outcome = await runner.RunForTenantAsync(input.Tenant, "replayRule", input, async (scope, tenant) =>
        {
            if (input.Policy is { } policy && policy.DistinctBy(rule => rule.Verdict).Count() != policy.Count)
                return Outcome.Failed(ErrorCodes.BadUserInput, "Name each verdict once.", "policy");
            if (input.RuleId is { } id && GlobalId.Find(id, NodeKind.Rule) is null)
                return Outcome.Failed(ErrorCodes.NotFound, "No such rule is in reach of this client.", "ruleId");
            var request = new ReplayRequest(
                input.RuleId is null ? null : GlobalId.Find(input.RuleId, NodeKind.Rule), input.Name, input.Condition, input.Action, input.Enabled ?? true, input.Origin is RuleOrigin.Msp)
            {
                Policy = input.Policy?.ToDictionary(rule => rule.Verdict, rule => rule.Action),
                PolicyOf = input.PolicyOfGroup is null && input.PolicyOfMailbox is null
                    ? null
                    : PolicyPlaces.Find(caller.Current, tenant: null, input.PolicyOfGroup, input.PolicyOfMailbox, msp: false),
                Since = input.Since,
                Until = input.Until,
            };
            return Outcome.Of(await replays.StartAsync(scope, tenant, request, cancellationToken), caller.Current.Language);
        }, cancellationToken);
        var replay = outcome.Key is { } key ? await queries.RuleReplay(GlobalId.Of(NodeKind.RuleReplay, key), cancellationToken) : null;
        return new ReplayRulePayload(replay, outcome, input);
    }
}

[Description("Input of replayRule: a rule by its id, with what would change; or condition and action of a new one; or a policy.")]
internal sealed record ReplayRuleInput : MutationInput
{
    [Id]
    [Description("Over whose mail; needed where several tenants are in reach.")]
    public string? Tenant { get; init; }

    [Id]
    [Description("A rule over that mail, whether switched on or not.")]
    public string? RuleId { get; init; }

    [Description("Name for people.")]
    public string? Name { get; init; }

    [Description("The condition to try.")]
    public string? Condition { get; init; }

    [Description("The action to try.")]
    public PolicyAction? Action { get; init; }

    [Description("False: what if the rule were off. By default it is tried as switched on.")]
    public bool? Enabled { get; init; }

    [Description("Whose a new rule would be: by default the tenant's.")]
    public RuleOrigin? Origin { get; init; }

    [Description("Actions to try for verdicts; those left out keep theirs.")]
    public IReadOnlyList<PolicyRuleInput>? Policy { get; init; }

    [Id]
    [Description("The group whose policy it would be; by default the tenant's.")]
    public string? PolicyOfGroup { get; init; }

    [Id]
    [Description("The mailbox whose policy it would be; by default the tenant's.")]
    public string? PolicyOfMailbox { get; init; }

    [Description("Mail received at this moment or later; by default a week back.")]
    public DateTimeOffset? Since { get; init; }

    [Description("Mail received before this moment; by default now. A period has 92 days at most.")]
    public DateTimeOffset? Until { get; init; }
}

[Requires(Permissions.PolicyWrite)]
[Description("Result of replayRule.")]
internal sealed class ReplayRulePayload(RuleReplayNode? replay, Outcome outcome, MutationInput input)
{
    [Description("The replay, which runs in the background.")]
    public RuleReplayNode? Replay => replay;

    [Description("Why it was not started; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}
