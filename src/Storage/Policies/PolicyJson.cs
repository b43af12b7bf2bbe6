using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Engine.Verdicts;
using Platform.Storage.Directory;

namespace Platform.Storage.Policies;

/// <summary>How changes of the policy are told in events and audit entries.</summary>
internal static class PolicyJson
{
    public static string Write(ToldPolicy told) => JsonSerializer.Serialize(told, PolicyJsonContext.Default.ToldPolicy);

    public static string Name(PolicyLevel level) => level.ToString().ToLowerInvariant();

    public static IReadOnlyDictionary<string, string> Actions(VerdictPolicy policy) =>
        Enum.GetValues<VerdictKind>().ToDictionary(kind => kind.ToString().ToLowerInvariant(), kind => PolicySettings.Name(policy.For(kind)));
}

/// <param name="Level">Where it was set: <c>msp</c>, <c>tenant</c>, <c>group</c>, <c>mailbox</c>.</param>
/// <param name="Name">Of the MSP, tenant or group, or the mailbox's address.</param>
/// <param name="Policy">What the tenant then does with each verdict where no group and no mailbox says otherwise.</param>
internal sealed record ToldPolicy(string Actor, string Level, string Name, IReadOnlyList<ToldValue> Changes, IReadOnlyDictionary<string, string> Policy)
{
    /// <summary>Name of the template that set it.</summary>
    public string? Template { get; init; }
}

/// <param name="Before">Null: it was not set.</param>
/// <param name="Value">Null: it is no longer set.</param>
internal sealed record ToldValue(string Setting, string? Before, string? Value, bool Locked);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ToldPolicy))]
internal sealed partial class PolicyJsonContext : JsonSerializerContext;
