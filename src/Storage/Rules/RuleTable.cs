using Platform.Storage.Events;

namespace Platform.Storage.Rules;

/// <summary>A set of rules: rules of one kind have a table, an order, events and audit entries of their own, and everything else in common.</summary>
/// <param name="Name">Of the table.</param>
/// <param name="Audited">How the audit log's actions begin.</param>
internal sealed record RuleTable(string Name, string Audited, string EventKind)
{
    /// <summary>What is done with mail for its verdict (DET9); the action is a name.</summary>
    public static RuleTable Inspection { get; } = new("rules", "rule", EventKinds.RuleChanged);

    /// <summary>What outgoing mail passes before it leaves (OUT5); the action is JSON.</summary>
    public static RuleTable Sending { get; } = new("send_rules", "send-rule", EventKinds.SendRuleChanged);
}
