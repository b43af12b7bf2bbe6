using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Storage.Events;

namespace Platform.Api.Edge;

/// <summary>An event as JSON, with the names of the event contract.</summary>
internal static class EventJson
{
    public static JsonElement Data(FeedEvent feedEvent)
    {
        using var document = JsonDocument.Parse(feedEvent.Data);
        return document.RootElement.Clone();
    }

    /// <summary>The event of REST and webhooks: its own members first, then the fields of its data.</summary>
    public static JsonObject Of(FeedEvent feedEvent)
    {
        var json = new JsonObject
        {
            ["id"] = GlobalId.Of(NodeKind.Event, feedEvent.Id),
            ["tenant"] = GlobalId.Of(NodeKind.Tenant, feedEvent.TenantId),
            ["sequence"] = feedEvent.Sequence,
            ["kind"] = feedEvent.Kind,
            ["occurredAt"] = Time(feedEvent.OccurredAt),
            ["recordedAt"] = Time(feedEvent.RecordedAt),
            ["messageId"] = feedEvent.MessageId is { } message ? GlobalId.Of(NodeKind.Message, message) : null,
            ["deliveryId"] = feedEvent.DeliveryId is { } delivery ? GlobalId.Of(NodeKind.Delivery, delivery) : null,
        };
        if (JsonNode.Parse(feedEvent.Data) is JsonObject data)
        {
            foreach (var (name, value) in data)
                if (!json.ContainsKey(name))
                    json[name] = value?.DeepClone();
        }

        return json;
    }

    public static string? Text(JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static int? Number(JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;

    /// <summary>From a wire name, kebab or upper snake case; null for one of a newer version.</summary>
    public static TEnum? Enum<TEnum>(JsonElement data, string name)
        where TEnum : struct, Enum =>
        Text(data, name) is { } text && System.Enum.TryParse<TEnum>(text.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var value) && System.Enum.IsDefined(value)
            ? value
            : null;

    private static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
