using Platform.Storage.Directory;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Rules;

/// <summary>A rule of any kind to be made.</summary>
internal sealed record NewOwnedRule(string Name, string Condition, RuleDoing Doing, bool Enabled);

/// <summary>A change of a rule of any kind. Null leaves a value as it is.</summary>
internal sealed record OwnedRuleChange(string? Name, string? Condition, RuleDoing? Doing, bool? Enabled, int? Expected);

/// <summary>What a rule does.</summary>
/// <param name="Kept">As its row keeps it.</param>
/// <param name="Told">As events and the audit log tell it.</param>
internal sealed record RuleDoing(string Kept, string Told);

/// <summary>
/// Changes of rules of one kind, whatever they do. Each command: check the values, then in one transaction lock the owner, look, write, and
/// tell every tenant concerned.
/// </summary>
internal sealed class OwnedRules(IMoveRunner moves, RecipientDirectory directory, RuleTable table)
{
    /// <param name="check">What the owner must have for it, within the transaction; null when all is there.</param>
    public Task<RuleResult> CreateAsync(
        Scope scope, RuleOwner owner, NewOwnedRule rule, RuleResult? refused, Func<RuleSession, RuleOwner, CancellationToken, ValueTask<RuleResult?>>? check, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.PolicyWrite);
        var refusal = RuleChecks.Reach(scope, owner) ?? RuleChecks.Name(rule.Name) ?? refused;
        return refusal is not null ? Task.FromResult(refusal) : RunAsync(
            async (session, ct) =>
            {
                var rules = await session.OwnRulesAsync(owner, ct);
                if (check is not null && await check(session, owner, ct) is { } wrong)
                    throw new RuleRefusedException(wrong);
                if (rules.Count >= RuleLimits.MaxRules)
                    throw new RuleRefusedException(RuleChecks.TooMany);
                if (rules.Sum(other => other.Condition.Length) + rule.Condition.Length > RuleLimits.MaxConditions)
                    throw new RuleRefusedException(RuleChecks.TooLong);
                var made = new StoredRule(
                    Guid.CreateVersion7(session.Now), owner, rule.Name.Trim(), rule.Condition, rule.Doing.Kept, rule.Enabled, rules.Select(other => other.Position).DefaultIfEmpty().Max() + 1, Revision: 1);
                await session.InsertAsync(made, scope.Actor, ct);
                await session.TellAsync("create", scope.Actor, made, rule.Doing.Told, ct);
                return made.Id;
            },
            cancellationToken);
    }

    /// <param name="told">How events tell what a rule does, from how its row keeps it.</param>
    public Task<RuleResult> UpdateAsync(
        Scope scope, Guid ruleId, OwnedRuleChange change, RuleResult? refused, Func<string, string> told, Func<RuleSession, RuleOwner, CancellationToken, ValueTask<RuleResult?>>? check, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.PolicyWrite);
        var refusal = RuleChecks.Name(change.Name) ?? refused;
        return refusal is not null ? Task.FromResult(refusal) : RunAsync(
            async (session, ct) =>
            {
                var (before, rules) = await FindAsync(session, scope, ruleId, ct);
                if (change.Expected is { } expected && expected != before.Revision)
                    throw new RuleRefusedException(RuleChecks.Changed(before.Revision));
                if (check is not null && await check(session, before.Owner, ct) is { } wrong)
                    throw new RuleRefusedException(wrong);
                var after = before with
                {
                    Name = change.Name?.Trim() ?? before.Name,
                    Condition = change.Condition ?? before.Condition,
                    Action = change.Doing?.Kept ?? before.Action,
                    Enabled = change.Enabled ?? before.Enabled,
                };
                if (after == before)
                    return ruleId;
                if (rules.Sum(other => other.Condition.Length) - before.Condition.Length + after.Condition.Length > RuleLimits.MaxConditions)
                    throw new RuleRefusedException(RuleChecks.TooLong);
                after = after with { Revision = before.Revision + 1 };
                await session.WriteAsync(after, scope.Actor, ct);
                await session.TellAsync("update", scope.Actor, after, told(after.Action), ct);
                return ruleId;
            },
            cancellationToken);
    }

    public Task<RuleResult> DeleteAsync(Scope scope, Guid ruleId, Func<string, string> told, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.PolicyWrite);
        return RunAsync(
            async (session, ct) =>
            {
                var (rule, _) = await FindAsync(session, scope, ruleId, ct);
                await session.DeleteAsync(ruleId, ct);
                await session.TellAsync("delete", scope.Actor, rule, told(rule.Action), ct);
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
                    await session.PlaceAsync(order[i], i + 1, ct);
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
                    var id = await command(new RuleSession(session, table), ct);
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
