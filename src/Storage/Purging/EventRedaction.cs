using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.Storage.Purging;

/// <summary>What is left of the data of an event whose message was purged: what figures are made of, and nothing that came with the mail.</summary>
internal static class EventRedaction
{
    public const string Mark = "redacted";

    private static readonly FrozenSet<string> Kept = new[] { "state", "action", "direction", "mode", "size", "verdict", "attackType", "score" }.ToFrozenSet(StringComparer.Ordinal);

    public static string Of(string data)
    {
        var redacted = new JsonObject { [Mark] = true };
        if (Parse(data) is not { } given)
            return redacted.ToJsonString();
        foreach (var (name, value) in given.Where(field => Kept.Contains(field.Key) && field.Value is JsonValue))
            redacted[name] = value!.DeepClone();
        if (given["origin"] is JsonObject origin && origin["country"] is JsonValue country)
            redacted["origin"] = new JsonObject { ["country"] = country.DeepClone() };
        return redacted.ToJsonString();
    }

    private static JsonObject? Parse(string data)
    {
        try
        {
            return JsonNode.Parse(data) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
