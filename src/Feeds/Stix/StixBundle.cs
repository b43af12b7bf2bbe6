using System.Globalization;
using System.Text.Json;
using Platform.Feeds.Lists;

namespace Platform.Feeds.Stix;

// STIX 2.1 (OASIS): { "type": "bundle", "objects": [ { "type": "indicator", "id", "pattern_type": "stix", "pattern": "[...]",
// "name", "valid_from", "valid_until", "revoked" }, ... ] }. TAXII gives the same objects in an envelope, without the type.

/// <summary>Reads the indicators of a bundle or an envelope.</summary>
internal static class StixBundle
{
    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = 64, CommentHandling = JsonCommentHandling.Skip };

    /// <exception cref="FeedException">It is none.</exception>
    public static StixPage Read(ReadOnlyMemory<byte> json, DateTimeOffset now, int most)
    {
        try
        {
            using var document = JsonDocument.Parse(json, s_options);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                throw new FeedException("no STIX bundle");
            List<Indicator> read = [];
            if (root.TryGetProperty("objects", out var objects) && objects.ValueKind == JsonValueKind.Array)
                foreach (var item in objects.EnumerateArray())
                    if (read.Count < most && IsValid(item, now))
                        read.AddRange(StixPattern.Read(TextOf(item, "pattern"), TextOf(item, "name")));
            return new StixPage(read, root.TryGetProperty("more", out var more) && more.ValueKind == JsonValueKind.True, TextOf(root, "next"));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new FeedException("no STIX bundle", exception);
        }
    }

    private static bool IsValid(JsonElement item, DateTimeOffset now) =>
        item.ValueKind == JsonValueKind.Object
        && TextOf(item, "type") == "indicator"
        && TextOf(item, "pattern_type") is "stix" or ""
        && !(item.TryGetProperty("revoked", out var revoked) && revoked.ValueKind == JsonValueKind.True)
        && !(DateOf(item, "valid_until") <= now)
        && !(DateOf(item, "valid_from") > now);

    private static DateTimeOffset? DateOf(JsonElement item, string name) =>
        DateTimeOffset.TryParse(TextOf(item, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;

    private static string TextOf(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : "";
}

/// <param name="HasMore">Of an envelope: there are further pages.</param>
/// <param name="Next">What to ask for them with; empty when the server gives nothing.</param>
internal sealed record StixPage(IReadOnlyList<Indicator> Indicators, bool HasMore, string Next);
