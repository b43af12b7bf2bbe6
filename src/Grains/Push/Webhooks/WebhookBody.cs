using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace Platform.Grains.Push.Webhooks;

/// <summary>
/// The body of a delivery, <c>{type,timestamp,data}</c> in less than 20 kB (Standard Webhooks 1.0.0, "Payload size"). Data that is larger
/// is cut: again and again the largest member is taken, a list loses half of its items, a text half of its length, anything else goes;
/// what names the event stays. A cut event says <c>truncated</c>; in full it is read from the feed.
/// </summary>
internal static class WebhookBody
{
    public const int MaxBytes = 20_000;

    private const int ShortText = 64;

    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>Members of an event that are never cut: all are short by nature.</summary>
    private static readonly HashSet<string> Kept =
    [
        "id", "tenant", "sequence", "kind", "occurredAt", "recordedAt", "messageId", "deliveryId", "truncated",
    ];

    public static byte[] Of(string type, DateTimeOffset timestamp, JsonObject data)
    {
        var body = Write(type, timestamp, data);
        while (body.Length >= MaxBytes && Cut(data))
        {
            data["truncated"] = true;
            body = Write(type, timestamp, data);
        }

        return body;
    }

    private static byte[] Write(string type, DateTimeOffset timestamp, JsonObject data)
    {
        var body = new JsonObject
        {
            ["type"] = type,
            ["timestamp"] = timestamp.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            ["data"] = data.DeepClone(),
        };
        return Encoding.UTF8.GetBytes(body.ToJsonString(Options));
    }

    /// <returns>False: nothing is left that may be cut.</returns>
    private static bool Cut(JsonObject data)
    {
        var (name, value) = data.Where(member => !Kept.Contains(member.Key)).MaxBy(member => SizeOf(member.Value));
        if (name is null)
            return false;
        if (value is JsonObject list && list["items"] is JsonArray { Count: > 0 } items)
        {
            for (var half = items.Count / 2; items.Count > half;)
                items.RemoveAt(items.Count - 1);
            list["truncated"] = true;
        }
        else if (value is JsonValue text && text.TryGetValue<string>(out var content) && content.Length > ShortText)
        {
            data[name] = Half(content);
        }
        else
        {
            data.Remove(name);
        }

        return true;
    }

    private static int SizeOf(JsonNode? node) => node is null ? 0 : Encoding.UTF8.GetByteCount(node.ToJsonString(Options));

    /// <summary>Never half of a surrogate pair.</summary>
    private static string Half(string text)
    {
        var length = text.Length / 2;
        return text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
    }
}
