using Platform.Storage.Directory;
using Platform.Storage.Messages;
using Platform.Storage.Scopes;

namespace Platform.Storage.Rules;

/// <summary>What a rule and its caller must be like; null when it is good.</summary>
internal static class RuleChecks
{
    public static RuleResult NotFound { get; } = new(null, "NOT_FOUND", "No such rule is in reach of this client.");

    public static RuleResult Inherited { get; } = new(null, "RULE_INHERITED", "The rule is one of the MSP, who alone can change it.");

    public static RuleResult OrderIncomplete { get; } = new(null, "RULE_ORDER_INCOMPLETE", "Name every rule of the owner, each once.", "ruleIds");

    public static RuleResult TooMany { get; } = new(null, "TOO_MANY_RULES", $"There are {RuleLimits.MaxRules} rules already. Delete one, or join several by 'or'.");

    public static RuleResult TooLong { get; } =
        new(null, "RULES_TOO_LONG", $"All conditions together have at most {RuleLimits.MaxConditions} characters. Shorten or delete some.", "condition");

    public static RuleResult OfSending { get; } =
        new(null, "CONDITION_OF_SENDING", "The condition asks for what is known of outgoing mail alone. Make it a sending rule, or leave that fact out.", "condition");

    public static RuleResult Changed(int revision) =>
        new(null, "RULE_CHANGED", $"The rule was changed meanwhile and is at revision {revision}. Look at it again before you change it.", "revision");

    public static RuleResult? Reach(Scope scope, RuleOwner owner) => owner switch
    {
        { IsMsp: true } when scope.MspId != owner.Id => Inherited,
        { IsMsp: false } when !scope.Tenants.Contains(owner.Id) => NotFound,
        _ => null,
    };

    public static RuleResult? Name(string? name) =>
        name is not null && (DirectoryRules.Name(name) ?? Broken(name)) is { } refusal ? new(null, refusal.Code, refusal.Message, "name") : null;

    private static Refusal? Broken(string name) =>
        SafeText.Clean(name, name.Length) == name ? null : new("INVALID_NAME", "The name holds half a character (a surrogate without its pair).");

    /// <param name="ofSending">It may ask what is known of outgoing mail alone.</param>
    public static RuleResult? Condition(string? condition, bool ofSending)
    {
        if (condition is null)
            return null;
        if (!Engine.Conditions.Condition.TryParse(condition, out var parsed, out var error))
            return RuleResult.Of(error);
        return parsed.AsksSending && !ofSending ? OfSending : null;
    }

    public static RuleResult? Action(PolicyAction? action) =>
        action is null || Enum.IsDefined(action.Value) ? null : new(null, "INVALID_POLICY", "There is no such action.", "action");
}
