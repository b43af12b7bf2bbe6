using Platform.Storage.Directory;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Rules;

/// <summary>Each command: check the values, then in one transaction lock the owner, look, write, and tell every tenant concerned.</summary>
internal sealed class RuleCommands(IMoveRunner moves, RecipientDirectory directory) : IRuleCommands
{
    public Task<RuleResult> CreateAsync(Scope scope, RuleOwner owner, NewRule rule, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.PolicyWrite);
        var refusal = RuleChecks.Reach(scope, owner) ?? RuleChecks.Name(rule.Name) ?? RuleChecks.Condition(rule.Condition) ?? RuleChecks.Action(rule.Action);
        return refusal is not null ? Task.FromResult(refusal) : RunAsync(
            async (session, ct) =>
            {
                var rules = await session.OwnRulesAsync(owner, ct);
                if (rules.Count >= RuleLimits.MaxRules)
                    throw new RuleRefusedException(RuleChecks.TooMany);
                if (rules.Sum(other => other.Condition.Length) + rule.Condition.Length > RuleLimits.MaxConditions)
                    throw new RuleRefusedException(RuleChecks.TooLong);
                var made = new StoredRule(
                    Guid.CreateVersion7(session.Now), owner, rule.Name.Trim(), rule.Condition, rule.Action, rule.Enabled, rules.Select(other => other.Position).DefaultIfEmpty().Max() + 1, Revision: 1);
                await session.InsertAsync(made, scope.Actor, ct);
                await session.TellAsync("create", scope.Actor, made, ct);
                return made.Id;
            },
            cancellationToken);
    }

    public Task<RuleResult> UpdateAsync(Scope scope, Guid ruleId, RuleChange change, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.PolicyWrite);
        var refusal = RuleChecks.Name(change.Name) ?? RuleChecks.Condition(change.Condition) ?? RuleChecks.Action(change.Action);
        return refusal is not null ? Task.FromResult(refusal) : RunAsync(
            async (session, ct) =>
            {
                var (before, rules) = await FindAsync(session, scope, ruleId, ct);
                if (change.Expected is { } expected && expected != before.Revision)
                    throw new RuleRefusedException(RuleChecks.Changed(before.Revision));
                var after = before with
                {
                    Name = change.Name?.Trim() ?? before.Name,
                    Condition = change.Condition ?? before.Condition,
                    Action = change.Action ?? before.Action,
                    Enabled = change.Enabled ?? before.Enabled,
                };
                if (after == before)
                    return ruleId;
                if (rules.Sum(other => other.Condition.Length) - before.Condition.Length + after.Condition.Length > RuleLimits.MaxConditions)
                    throw new RuleRefusedException(RuleChecks.TooLong);
                after = after with { Revision = before.Revision + 1 };
                await session.WriteAsync(after, scope.Actor, ct);
                await session.TellAsync("update", scope.Actor, after, ct);
                return ruleId;
            },
            cancellationToken);
    }

    public Task<RuleResult> DeleteAsync(Scope scope, Guid ruleId, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.PolicyWrite);
        return RunAsync(
            async (session, ct) =>
            {
                var (rule, _) = await FindAsync(session, scope, ruleId, ct);
                await session.Moves.Sql.ExecuteAsync("DELETE FROM rules WHERE id = @id", ct, ("@id", ruleId));
                await session.TellAsync("delete", scope.Actor, rule, ct);
                return ruleId;
            },
            cancellationToken);
    }

    public Task<RuleResult> ReorderAsync(Scope scope, RuleOwner owner, IReadOnlyList<Guid> order, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.PolicyWrite);
        return RuleChecks.Reach(scope, owner) is { } refusal ? Task.FromResult(refusal) : RunAsync(
            async (session, ct) =>
            {
                var rules = (await session.OwnRulesAsync(owner, ct)).ToDictionary(rule => rule.Id);
                if (order.Count != rules.Count || order.Distinct().Count() != order.Count || !order.All(rules.ContainsKey))
                    throw new RuleRefusedException(RuleChecks.OrderIncomplete);
                for (var i = 0; i < order.Count; i++)
                    await session.Moves.Sql.ExecuteAsync("UPDATE rules SET position = @position WHERE id = @id", ct, ("@position", i + 1), ("@id", order[i]));
                await session.TellOrderAsync(scope.Actor, owner, order, ct);
                return owner.Id;
            },
            cancellationToken);
    }

    private static async ValueTask<(StoredRule Rule, List<StoredRule> Beside)> FindAsync(RuleSession session, Scope scope, Guid ruleId, CancellationToken cancellationToken)
    {
        if (await session.OwnerOfAsync(ruleId, cancellationToken) is not { } owner || !await session.IsSeenAsync(scope, owner, cancellationToken))
            throw new RuleRefusedException(RuleChecks.NotFound);
        if (RuleChecks.Reach(scope, owner) is { } refusal)
            throw new RuleRefusedException(refusal);
        var rules = await session.OwnRulesAsync(owner, cancellationToken);
        // Deleted while this waited for the lock.
        return (rules.Find(rule => rule.Id == ruleId) ?? throw new RuleRefusedException(RuleChecks.NotFound), rules);
    }

    private async Task<RuleResult> RunAsync(Func<RuleSession, CancellationToken, ValueTask<Guid>> command, CancellationToken cancellationToken)
    {
        try
        {
            return new RuleResult(await moves.RunAsync(
                async (session, ct) =>
                {
                    var id = await command(new RuleSession(session), ct);
                    await directory.ChangedAsync(session, ct);
                    return id;
                },
                cancellationToken));
        }
        catch (RuleRefusedException refused)
        {
            return refused.Result;
        }
    }

    /// <summary>Rolls the transaction back with an answer for the caller.</summary>
    private sealed class RuleRefusedException(RuleResult result) : Exception(result.Message)
    {
        public RuleResult Result { get; } = result;
    }
}
