using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Engine.Tracking;

namespace Platform.Storage.Tracking;

/// <summary>What is known of an open when it happens. Kept until it is graded, and then of it what the policy allows.</summary>
/// <param name="Country">ISO 3166-1 alpha-2; null: not known.</param>
/// <param name="Network">Name of the autonomous system.</param>
public sealed record OpenFacts(OpenRequest Request, NetworkKind Kind, string? Country, string? Region, string? Network)
{
    /// <summary>Of a form that this program does not know, as another version may write: in doubt, by its program.</summary>
    public static OpenFacts Unreadable { get; } = new(new OpenRequest { Agent = "?" }, NetworkKind.Unknown, null, null, null);
}

/// <summary>The JSON column of an open. Names are camel case.</summary>
internal static class TrackingJson
{
    public static string Write(OpenFacts facts) => JsonSerializer.Serialize(facts, TrackingJsonContext.Default.OpenFacts);

    public static OpenFacts Read(string? json)
    {
        try
        {
            return (json is null ? null : JsonSerializer.Deserialize(json, TrackingJsonContext.Default.OpenFacts)) ?? OpenFacts.Unreadable;
        }
        catch (JsonException)
        {
            return OpenFacts.Unreadable;
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(OpenFacts))]
internal sealed partial class TrackingJsonContext : JsonSerializerContext;
