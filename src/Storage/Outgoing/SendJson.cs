using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Engine.Misdirection;
using Platform.Storage.Messages;
using Platform.Storage.Rules;

namespace Platform.Storage.Outgoing;

/// <summary>The JSON columns of outgoing mail. Names are camel case.</summary>
public static class SendJson
{
    private const int MaxText = 500;

    /// <summary>Null: nothing is left to do.</summary>
    public static string? Write(SendPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.Current is null ? null : JsonSerializer.Serialize(new SendPlan([.. plan.Stages.Select(Clean)]), SendJsonContext.Default.SendPlan);
    }

    /// <summary>From <see cref="Model.DeliveryRow.PlanJson"/>.</summary>
    public static SendPlan ReadPlan(string? json) => json is null
        ? SendPlan.AtOnce
        : JsonSerializer.Deserialize(json, SendJsonContext.Default.SendPlan) is { Stages: { } stages } plan && stages.All(stage => stage is not null)
            ? plan
            : throw new JsonException("The column holds no plan.");

    /// <summary>Null: this version cannot read it. For what is shown alone: what moves a delivery must know its plan.</summary>
    public static SendPlan? FindPlan(string? json)
    {
        try
        {
            return ReadPlan(json);
        }
        catch (Exception exception) when (PlanReading.IsUnreadable(exception))
        {
            return null;
        }
    }

    /// <summary>Null: it goes as it is.</summary>
    public static string? Write(SendForm form)
    {
        ArgumentNullException.ThrowIfNull(form);
        return form is { Protect: null, Strip: [] } ? null : JsonSerializer.Serialize(form, SendJsonContext.Default.SendForm);
    }

    /// <summary>From <see cref="Model.DeliveryRow.FormJson"/>.</summary>
    public static SendForm ReadForm(string? json) => json is null
        ? SendForm.AsItIs
        : JsonSerializer.Deserialize(json, SendJsonContext.Default.SendForm) ?? throw new JsonException("The column is null.");

    /// <summary>What the sender of a held mail is told; empty: nothing.</summary>
    public static string WriteFindings(IReadOnlyList<SendFinding> findings) => findings.Count == 0 ? "" : JsonSerializer.Serialize(findings, SendJsonContext.Default.IReadOnlyListSendFinding);

    /// <inheritdoc cref="WriteFindings"/>
    public static IReadOnlyList<SendFinding> ReadFindings(string json) => json.Length == 0 ? [] : JsonSerializer.Deserialize(json, SendJsonContext.Default.IReadOnlyListSendFinding) ?? [];

    private static SendStage Clean(SendStage stage) => stage switch
    {
        SendStage.Confirm confirm => confirm with { Reasons = Clean(confirm.Reasons) },
        SendStage.Approve approve => approve with { Reasons = Clean(approve.Reasons) },
        SendStage.Wait { Reasons: { } reasons } wait => wait with { Reasons = Clean(reasons) },
        _ => stage,
    };

    /// <summary>What held quotes the mail.</summary>
    private static IReadOnlyList<SendReason> Clean(IReadOnlyList<SendReason> reasons) => [.. reasons.Select(reason => reason with { Held = SafeText.Clean(reason.Held, MaxText), Finding = reason.Finding is { } finding ? RuleJson.Clean(finding) : null })];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(SendPlan))]
[JsonSerializable(typeof(SendForm))]
[JsonSerializable(typeof(IReadOnlyList<SendFinding>))]
internal sealed partial class SendJsonContext : JsonSerializerContext;
