using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Storage.Outgoing.Approvals;

/// <summary>The JSON columns, events and audit entries of approvals.</summary>
public static class ApprovalJson
{
    public static string Write(IReadOnlyList<ApprovalStep> steps) => JsonSerializer.Serialize(steps, ApprovalJsonContext.Default.IReadOnlyListApprovalStep);

    public static IReadOnlyList<ApprovalStep> ReadSteps(string json) => JsonSerializer.Deserialize(json, ApprovalJsonContext.Default.IReadOnlyListApprovalStep) ?? throw new JsonException("The column is null.");

    public static string Write(IReadOnlyList<SendReason> reasons) => JsonSerializer.Serialize(reasons, ApprovalJsonContext.Default.IReadOnlyListSendReason);

    public static IReadOnlyList<SendReason> ReadReasons(string json) => JsonSerializer.Deserialize(json, ApprovalJsonContext.Default.IReadOnlyListSendReason) ?? throw new JsonException("The column is null.");

    internal static string Write(ToldVote told) => JsonSerializer.Serialize(told, ApprovalJsonContext.Default.ToldVote);

    internal static string Write(ToldChain told) => JsonSerializer.Serialize(told, ApprovalJsonContext.Default.ToldChain);

    internal static string Write(ToldDeputy told) => JsonSerializer.Serialize(told, ApprovalJsonContext.Default.ToldDeputy);
}

/// <param name="Step">From 1.</param>
internal sealed record ToldVote(string Actor, string Recipient, string Chain, int Step, bool Approved, string Comment);

/// <param name="Action"><c>create</c>, <c>update</c> or <c>delete</c>.</param>
internal sealed record ToldChain(string Actor, string Action, string Name, IReadOnlyList<ApprovalStep> Steps, int Hours, string OnExpiry, int RemindHours, int Revision);

/// <param name="Action"><c>add</c> or <c>remove</c>.</param>
internal sealed record ToldDeputy(string Actor, string Action, string Account, string Deputy, DateTimeOffset Since, DateTimeOffset Until);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<ApprovalStep>))]
[JsonSerializable(typeof(IReadOnlyList<SendReason>))]
[JsonSerializable(typeof(ToldVote))]
[JsonSerializable(typeof(ToldChain))]
[JsonSerializable(typeof(ToldDeputy))]
internal sealed partial class ApprovalJsonContext : JsonSerializerContext;
