using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Engine.Tracking;

namespace Platform.Storage.Tracking;

/// <summary>What is known of an open when it happens. Kept until it is graded, and then of it what the policy allows.</summary>
/// <param name="Country">ISO 3166-1 alpha-2; null: not known.</param>
/// <param name="Network">Name of the autonomous system.</param>
public sealed record OpenFacts(OpenRequest Request, NetworkKind Kind, string? Country, string? Region, string? Network);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(OpenFacts))]
internal sealed partial class TrackingJson : JsonSerializerContext
{
    public static string Write(OpenFacts facts) => JsonSerializer.Serialize(facts, Default.OpenFacts);

    /// <exception cref="JsonException">It is not of this form.</exception>
    public static OpenFacts Read(string json) => JsonSerializer.Deserialize(json, Default.OpenFacts) ?? throw new JsonException("No facts of an open.");
}
