using Platform.Engine.Conditions;
using Platform.Storage.Directory;
using Platform.Storage.Scopes;

namespace Platform.Storage.Rules;

/// <summary>
/// Changes of rules. Each writes, in the same transaction, an event and an audit entry for every tenant whose mail it may touch.
/// An owner has at most <see cref="RuleLimits.MaxRules"/> rules.
/// </summary>
public interface IRuleCommands
{
    Task<RuleResult> CreateAsync(Scope scope, RuleOwner owner, NewRule rule, CancellationToken cancellationToken);

    Task<RuleResult> UpdateAsync(Scope scope, Guid ruleId, RuleChange change, CancellationToken cancellationToken);

    Task<RuleResult> DeleteAsync(Scope scope, Guid ruleId, CancellationToken cancellationToken);

    /// <param name="order">Every rule of the owner once.</param>
    Task<RuleResult> ReorderAsync(Scope scope, RuleOwner owner, IReadOnlyList<Guid> order, CancellationToken cancellationToken);
}

/// <summary>A tenant, or an MSP.</summary>
public readonly record struct RuleOwner(Guid Id, bool IsMsp);

public sealed record NewRule(string Name, string Condition, PolicyAction Action, bool Enabled);

/// <summary>Null leaves a value as it is.</summary>
/// <param name="Expected">The revision that the caller saw: a change made meanwhile is not overwritten. Null: whatever it is.</param>
public sealed record RuleChange(string? Name = null, string? Condition = null, PolicyAction? Action = null, bool? Enabled = null, int? Expected = null);

/// <summary>Either the id or a stable code with a sentence that says what to do.</summary>
/// <param name="Id">Of the rule; of the owner where the order changed.</param>
/// <param name="Field">The input at fault, where there is one.</param>
/// <param name="Error">Where the condition is wrong, when it is.</param>
public sealed record RuleResult(Guid? Id, string? Code = null, string? Message = null, string? Field = null, ConditionError? Error = null)
{
    public bool Succeeded => Code is null;

    /// <summary>Refused for its condition: <c>CONDITION_UNKNOWN_FACT</c>.</summary>
    public static RuleResult Of(ConditionError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return new RuleResult(null, "CONDITION_" + error.Code.Replace('-', '_').ToUpperInvariant(), null, "condition", error);
    }
}

public static class RuleLimits
{
    public const int MaxRules = 100;

    /// <summary>Characters of all conditions of one owner.</summary>
    public const int MaxConditions = 100_000;
}
