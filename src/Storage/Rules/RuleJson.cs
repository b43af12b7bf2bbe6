using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Engine.Misdirection;
using Platform.Storage.Messages;

namespace Platform.Storage.Rules;

/// <summary>The JSON columns of rules, replays and decisions. Names are camel case, enums by name; unknown members are passed over.</summary>
public static class RuleJson
{
    private const int MaxText = 500;

    public static string Write(DecisionRecord decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        return JsonSerializer.Serialize(
            decision with
            {
                Rule = decision.Rule is { } rule ? Clean(rule) : null,
                Withheld = [.. decision.Withheld.Take(DecisionRecord.MaxWithheld).Select(Clean)],
                Findings = [.. decision.Findings.Take(DecisionRecord.MaxFindings).Select(Clean)],
            },
            RuleJsonContext.Default.DecisionRecord);
    }

    /// <summary>From <see cref="Model.DeliveryRow.DecisionJson"/>.</summary>
    public static DecisionRecord ReadDecision(string json) => Read(json, RuleJsonContext.Default.DecisionRecord);

    /// <summary>Null where there is none.</summary>
    internal static DecisionRecord? FindDecision(string? json) => json is null ? null : ReadDecision(json);

    public static string Write(ReplayPlan plan) => JsonSerializer.Serialize(plan, RuleJsonContext.Default.ReplayPlan);

    public static string Write(PlannedRule rule) => JsonSerializer.Serialize(rule, RuleJsonContext.Default.PlannedRule);

    public static ReplayPlan ReadPlan(string json) => Read(json, RuleJsonContext.Default.ReplayPlan);

    public static string Write(ReplayTally tally) => JsonSerializer.Serialize(tally, RuleJsonContext.Default.ReplayTally);

    public static ReplayTally ReadTally(string json) => Read(json, RuleJsonContext.Default.ReplayTally);

    /// <summary>Evidence quotes the mail.</summary>
    internal static SendFinding Clean(SendFinding finding) => finding with
    {
        Recipient = finding.Recipient is { } recipient ? SafeText.Clean(recipient, MaxText) : null,
        Evidence = finding.Evidence.ToDictionary(one => one.Key, one => SafeText.Clean(one.Value, SendFindings.MaxEvidence), StringComparer.Ordinal),
    };

    private static RuleHit Clean(RuleHit hit) => hit with { Held = SafeText.Clean(hit.Held, MaxText) };

    private static T Read<T>(string json, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(json, type) ?? throw new JsonException("The column is null.");
}

/// <summary>A rule as an event tells it.</summary>
internal sealed record ToldRule(string Name, int Revision, string Action, bool Enabled, string From);

internal sealed record ToldChange(string Actor, string Action, ToldRule? Rule);

internal sealed record AuditedRule(ToldRule Rule, string Condition, int Position);

internal sealed record AuditedOrder(IReadOnlyList<Guid> Order);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(DecisionRecord))]
[JsonSerializable(typeof(ReplayPlan))]
[JsonSerializable(typeof(ReplayTally))]
[JsonSerializable(typeof(ToldChange))]
[JsonSerializable(typeof(AuditedRule))]
[JsonSerializable(typeof(AuditedOrder))]
internal sealed partial class RuleJsonContext : JsonSerializerContext;
