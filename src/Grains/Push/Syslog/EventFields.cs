using System.Globalization;
using System.Text.Json.Nodes;

namespace Platform.Grains.Push.Syslog;

/// <summary>An event of the feed (docs/openapi, Event) as the flat formats ask it: texts by their path, lists by their first item.</summary>
internal sealed class EventFields(JsonObject json)
{
    private const int High = 50;

    public string Kind => Text("kind") ?? "";

    /// <summary>0 to 100; null before the verdict.</summary>
    public int? Score => Number("score");

    /// <summary>Of an event that tells of an attack, warning; else informational (RFC 5424, 6.2.1).</summary>
    public int SyslogSeverity => Score >= High ? 4 : 6;

    /// <summary>0 to 10, as CEF and LEEF count; without a score 1.</summary>
    public int Severity => Score is { } score ? Math.Clamp(score / 10, 0, 10) : 1;

    public DateTimeOffset OccurredAt => DateTimeOffset.Parse(Text("occurredAt")!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>A text or number by its path, <c>origin.country</c>; null when it is not there.</summary>
    public string? Text(string path)
    {
        JsonNode? node = json;
        foreach (var name in path.Split('.'))
            node = (node as JsonObject)?[name];
        return node is JsonValue value ? value.ToString() : null;
    }

    /// <summary>A member of the first item of a list; the item itself when <paramref name="member"/> is null.</summary>
    public string? First(string list, string? member = null)
    {
        if ((json[list] as JsonObject)?["items"] is not JsonArray { Count: > 0 } items)
            return null;
        return (member is null ? items[0] : (items[0] as JsonObject)?[member]) is JsonValue value ? value.ToString() : null;
    }

    /// <summary>A member of all items of a list, with spaces between.</summary>
    public string? All(string list, string member)
    {
        if ((json[list] as JsonObject)?["items"] is not JsonArray { Count: > 0 } items)
            return null;
        return string.Join(' ', items.OfType<JsonObject>().Select(item => item[member]?.ToString()).Where(text => !string.IsNullOrEmpty(text)));
    }

    private int? Number(string name) => json[name] is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;
}
