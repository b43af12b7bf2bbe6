using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Engine.Verdicts;

namespace Platform.Storage.Directory;

/// <summary>The JSON columns of a tenant: policy as verdict to action in lower-case names, limits, lists.</summary>
internal static class TenantJson
{
    public static string Write(VerdictPolicy policy) => JsonSerializer.Serialize(
        policy.Actions.ToDictionary(p => Name(p.Key), p => Name(p.Value)), TenantJsonContext.Default.DictionaryStringString);

    public static VerdictPolicy ReadPolicy(string json) => new(
        (JsonSerializer.Deserialize(json, TenantJsonContext.Default.DictionaryStringString) ?? [])
        .ToDictionary(p => Enum.Parse<VerdictKind>(p.Key, ignoreCase: true), p => Enum.Parse<PolicyAction>(p.Value, ignoreCase: true)));

    public static string Write(TenantLimits limits) => JsonSerializer.Serialize(limits, TenantJsonContext.Default.TenantLimits);

    public static TenantLimits ReadLimits(string json) => JsonSerializer.Deserialize(json, TenantJsonContext.Default.TenantLimits) ?? TenantLimits.Default;

    public static string Write(IReadOnlyList<string> list) => JsonSerializer.Serialize([.. list], TenantJsonContext.Default.StringArray);

    public static IReadOnlyList<string> ReadList(string json) => JsonSerializer.Deserialize(json, TenantJsonContext.Default.StringArray) ?? [];

    private static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(TenantLimits))]
internal sealed partial class TenantJsonContext : JsonSerializerContext;
