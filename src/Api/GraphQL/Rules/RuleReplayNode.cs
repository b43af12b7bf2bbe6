using System.ComponentModel;
using GraphQL;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Nodes;
using Platform.Api.GraphQL.Policy;
using Platform.Api.GraphQL.Schema;
using Platform.Engine.Verdicts;
using Platform.Storage.Directory;
using Platform.Storage.Rules;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Rules;

[Named("RuleReplay")]
[Implements(typeof(INode))]
[Requires(Permissions.PolicyRead)]
[Description("What a change of rules or policy would have done to the mail of a period. Figures grow until the state is 'done'.")]
internal sealed class RuleReplayNode(RuleReplayRow row) : INode
{
    private readonly Lazy<ReplayPlan> _plan = new(() => RuleJson.ReadPlan(row.Plan));
    private readonly Lazy<ReplayTally> _tally = new(() => RuleJson.ReadTally(row.Tally));

    [Id]
    [Description("Opaque id.")]
    public string Id => GlobalId.Of(NodeKind.RuleReplay, row.Id);

    [Description("Name of the rule that is tried; 'policy' when it is the policy.")]
    public string Name => row.Name;

    [Id]
    [Description("Id of the rule that is tried; null for one that did not exist, and for a policy.")]
    public string? RuleId => row.RuleId is { } rule ? GlobalId.Of(NodeKind.Rule, rule) : null;

    [Description("The condition that is tried; null for a policy.")]
    public string? Condition => _plan.Value.Subject?.Condition;

    [Description("The action that is tried; null for a policy.")]
    public PolicyAction? Action => _plan.Value.Subject?.Action;

    [Description("The rule is tried as switched on. False: what if it were off.")]
    public bool Enabled => _plan.Value.After.Any(rule => rule.Id == _plan.Value.Subject?.Id);

    [Description("Verdicts whose action is tried with another value.")]
    public IReadOnlyList<PolicyRuleNode> Policy
    {
        get
        {
            if (_plan.Value.Tried.Count > 0)
                return [.. _plan.Value.Tried.OrderBy(tried => tried.Key).Select(tried => new PolicyRuleNode(tried.Key, tried.Value))];
            var (before, after) = (new VerdictPolicy(_plan.Value.PolicyBefore), new VerdictPolicy(_plan.Value.PolicyAfter));
            return [.. Enum.GetValues<VerdictKind>().Where(kind => before.For(kind) != after.For(kind)).Select(kind => new PolicyRuleNode(kind, after.For(kind)))];
        }
    }

    [Description("Where the policy is tried; null when none is.")]
    public PolicyOriginNode? PolicyOf => _plan.Value.Place is { } place ? new PolicyOriginNode(place) : null;

    [Description("Mail received at this moment or later.")]
    public DateTimeOffset Since => row.Since;

    [Description("Mail received before this moment.")]
    public DateTimeOffset Until => row.Until;

    [Description("How far it is: 'queued', 'running', 'done', 'failed'.")]
    public string State => row.State;

    [Description("Mails to examine: the newest 100,000 of the period at most.")]
    public int Total => row.Total;

    [Description("Mails examined so far.")]
    public int Examined => row.Examined;

    [Description("Mails for which the condition holds; of a policy, those whose verdict is one of the changed.")]
    public ReplayHitsNode Matched => new(_tally.Value.Matched);

    [Description("Mails that would be stopped (quarantined or rejected) and are not now.")]
    public ReplayHitsNode Caught => new(_tally.Value.Caught);

    [Description("Of those caught, the mails that look wrongly hit: released by a person, or clean and delivered.")]
    public ReplayHitsNode WronglyHit => new(_tally.Value.Wrong);

    [Description("Of the wrongly hit, how many a person had released.")]
    public int WronglyHitReleased => _tally.Value.WrongReleased;

    [Description("Mails that are stopped now and would not be.")]
    public ReplayHitsNode LetGo => new(_tally.Value.LetGo);

    [Description("Of those let go, how many are attacks.")]
    public int LetGoAttacks => _tally.Value.LetGoAttacks;

    [Description("Mails with another action that are stopped, or not, as now: tagged, for one.")]
    public ReplayHitsNode Changed => new(_tally.Value.Changed);

    [Description("Mails for which the rule holds, but would ease what must not be eased.")]
    public int Withheld => _tally.Value.Withheld;

    [Description("Mails whose text, which a condition asks for, is gone.")]
    public int WithoutText => _tally.Value.WithoutText;

    [Description("Why it failed; null when it did not.")]
    public string? Error => row.Error;

    [Description("Who started it.")]
    public string StartedBy => row.StartedBy;

    [Description("When it was started.")]
    public DateTimeOffset CreatedAt => row.CreatedAt;

    [Description("When it last moved.")]
    public DateTimeOffset ChangedAt => row.ChangedAt;
}

[Named("ReplayHits")]
[Requires(Permissions.PolicyRead)]
[Description("Mails found by a replay.")]
internal sealed class ReplayHitsNode(ReplayHits hits)
{
    [Description("How many.")]
    public int Total => hits.Total;

    [Description("There are more than the ids name.")]
    public bool Truncated => hits.Total > hits.First.Count;

    [Id]
    [Requires(Permissions.MessagesRead)]
    [Description("Ids of the newest 100 messages.")]
    public IReadOnlyList<string> MessageIds => [.. hits.First.Select(id => GlobalId.Of(NodeKind.Message, id))];
}
