using System.Text.Json;

namespace Platform.Storage.Events.Formats;

/// <summary>The data of an event, read by name; what is absent or of another kind is null.</summary>
internal readonly struct EventFacts(JsonElement data)
{
    public string? Text(string name) => Find(name) is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 } text ? text : null;

    public long? Number(string name) => Find(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) ? number : null;

    public EventFacts Object(string name) => new(Find(name) ?? default);

    /// <summary>The items of a capped list.</summary>
    public IEnumerable<JsonElement> Items(string name) =>
        Object(name).Find("items") is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray() : [];

    public IEnumerable<string> Texts(string name) => Items(name).Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!);

    /// <summary>How many there are in truth; null when the event has no such list.</summary>
    public long? Total(string name) => Object(name).Number("total");

    private JsonElement? Find(string name) => data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) ? value : null;
}
