using Platform.Storage.Directory;
using Platform.Storage.Policies;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Rules;

internal sealed class RuleCommands(IMoveRunner moves, RecipientDirectory directory) : IRuleCommands
{
    private readonly OwnedRules _rules = new(moves, directory, RuleTable.Inspection);

    public Task<RuleResult> CreateAsync(Scope scope, RuleOwner owner, NewRule rule, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return _rules.CreateAsync(
            scope,
            owner,
            new NewOwnedRule(rule.Name, rule.Condition, Doing(rule.Action), rule.Enabled),
            RuleChecks.Condition(rule.Condition, ofSending: false) ?? RuleChecks.Action(rule.Action),
            check: null,
            cancellationToken);
    }

    public Task<RuleResult> UpdateAsync(Scope scope, Guid ruleId, RuleChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        return _rules.UpdateAsync(
            scope,
            ruleId,
            new OwnedRuleChange(change.Name, change.Condition, change.Action is { } action ? Doing(action) : null, change.Enabled, change.Expected),
            RuleChecks.Condition(change.Condition, ofSending: false) ?? RuleChecks.Action(change.Action),
            Told,
            check: null,
            cancellationToken);
    }

    public Task<RuleResult> DeleteAsync(Scope scope, Guid ruleId, CancellationToken cancellationToken) => _rules.DeleteAsync(scope, ruleId, Told, cancellationToken);

    public Task<RuleResult> ReorderAsync(Scope scope, RuleOwner owner, IReadOnlyList<Guid> order, CancellationToken cancellationToken) => _rules.ReorderAsync(scope, owner, order, cancellationToken);

    private static RuleDoing Doing(PolicyAction action) => new(action.ToString(), PolicySettings.Name(action));

    private static string Told(string kept) => kept.ToLowerInvariant();
}
