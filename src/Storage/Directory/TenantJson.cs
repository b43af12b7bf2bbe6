using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Storage.Directory;

/// <summary>The JSON columns of a tenant: limits, lists.</summary>
internal static class TenantJson
{
    public static string Write(TenantLimits limits) => JsonSerializer.Serialize(limits, TenantJsonContext.Default.TenantLimits);

    public static TenantLimits ReadLimits(string json) => JsonSerializer.Deserialize(json, TenantJsonContext.Default.TenantLimits) ?? TenantLimits.Default;

    public static string Write(IReadOnlyList<string> list) => JsonSerializer.Serialize([.. list], TenantJsonContext.Default.StringArray);

    public static IReadOnlyList<string> ReadList(string json) => JsonSerializer.Deserialize(json, TenantJsonContext.Default.StringArray) ?? [];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(TenantLimits))]
internal sealed partial class TenantJsonContext : JsonSerializerContext;
