using System.Text.Json;
using Platform.Feeds.Lists;

namespace Platform.Feeds.Misp;

// The format of MISP feeds (misp-standard.org, MISP core format): a folder with
//
//   manifest.json    { "UUID": { "info": "...", "timestamp": "1767225600", ... }, ... }
//   UUID.json        { "Event": { "info": "...", "Attribute": [ { "type", "value", "to_ids", "deleted" } ],
//                                 "Object": [ { "Attribute": [ ... ] } ] } }
//
// Types with a bar hold two values (filename|sha256, domain|ip, ip-dst|port). Attributes whose to_ids is false are context for
// people, not for detection.

/// <summary>Reads an event of MISP. Depth and size are bounded by the reader of JSON and the caller.</summary>
internal static class MispEvent
{
    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = 32, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <exception cref="FeedException">It is no event.</exception>
    public static List<Indicator> Read(ReadOnlyMemory<byte> json, int most)
    {
        try
        {
            using var document = JsonDocument.Parse(json, s_options);
            List<Indicator> read = [];
            foreach (var item in Events(document.RootElement))
                ReadEvent(item, read, most);
            return read;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new FeedException("no MISP event", exception);
        }
    }

    /// <summary>Names of the events, the newest first.</summary>
    /// <exception cref="FeedException">It is no manifest.</exception>
    public static List<string> ReadManifest(ReadOnlyMemory<byte> json, int most)
    {
        try
        {
            using var document = JsonDocument.Parse(json, s_options);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new FeedException("no MISP manifest");
            return [.. document.RootElement.EnumerateObject()
                .Where(entry => Guid.TryParse(entry.Name, out _))
                .OrderByDescending(entry => entry.Value.ValueKind == JsonValueKind.Object && long.TryParse(TextOf(entry.Value, "timestamp"), out var time) ? time : 0)
                .ThenBy(entry => entry.Name, StringComparer.Ordinal)
                .Select(entry => entry.Name)
                .Take(most)];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new FeedException("no MISP manifest", exception);
        }
    }

    // An event, a list of events, or the answer of a search: { "response": [ ... ] }.
    private static IEnumerable<JsonElement> Events(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("response", out var response))
            root = response;
        foreach (var item in root.ValueKind == JsonValueKind.Array ? root.EnumerateArray().ToArray() : [root])
            if (item.ValueKind == JsonValueKind.Object)
                yield return item.TryGetProperty("Event", out var inner) && inner.ValueKind == JsonValueKind.Object ? inner : item;
    }

    private static void ReadEvent(JsonElement item, List<Indicator> read, int most)
    {
        var label = TextOf(item, "info");
        ReadAttributes(item, label, read, most);
        if (item.TryGetProperty("Object", out var objects) && objects.ValueKind == JsonValueKind.Array)
            foreach (var holder in objects.EnumerateArray())
                if (holder.ValueKind == JsonValueKind.Object)
                    ReadAttributes(holder, label, read, most);
    }

    private static void ReadAttributes(JsonElement holder, string label, List<Indicator> read, int most)
    {
        if (!holder.TryGetProperty("Attribute", out var attributes) || attributes.ValueKind != JsonValueKind.Array)
            return;
        foreach (var attribute in attributes.EnumerateArray())
        {
            if (read.Count >= most)
                return;
            if (attribute.ValueKind != JsonValueKind.Object || !IsTrue(attribute, "to_ids") || IsTrue(attribute, "deleted"))
                continue;
            foreach (var (kind, value) in MispTypes.Values(TextOf(attribute, "type"), TextOf(attribute, "value")))
                if (Indicator.TryMake(kind, value, label, out var indicator))
                    read.Add(indicator);
        }
    }

    private static bool IsTrue(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && (value.ValueKind == JsonValueKind.True || (value.ValueKind == JsonValueKind.String && value.GetString() is "1" or "true"));

    private static string TextOf(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : "";
}
