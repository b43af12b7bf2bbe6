using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.Storage.Events;

/// <summary>An event as JSON, with the names of the event contract.</summary>
public static class EventJson
{
    /// <summary>Members that stand for the event itself: data of these names is passed over.</summary>
    private static readonly string[] Own = ["id", "tenant", "sequence", "kind", "occurredAt", "recordedAt", "messageId", "deliveryId", "cursor"];

    /// <summary>For a writer of events: text stays readable, since none of it is put into HTML.</summary>
    public static JsonWriterOptions WriterOptions { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The event of REST and webhooks: its own members first, then the fields of its data as they were stored.</summary>
    /// <param name="cursor">To go on behind it; null where there is none to give.</param>
    public static void Write(Utf8JsonWriter json, FeedEvent feedEvent, string? cursor = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(feedEvent);
        json.WriteStartObject();
        json.WriteString("id"u8, OutwardId.Of(OutwardId.Event, feedEvent.Id));
        json.WriteString("tenant"u8, OutwardId.Of(OutwardId.Tenant, feedEvent.TenantId));
        json.WriteNumber("sequence"u8, feedEvent.Sequence);
        json.WriteString("kind"u8, feedEvent.Kind);
        json.WriteTime("occurredAt"u8, feedEvent.OccurredAt);
        json.WriteTime("recordedAt"u8, feedEvent.RecordedAt);
        WriteId(json, "messageId"u8, OutwardId.Message, feedEvent.MessageId);
        WriteId(json, "deliveryId"u8, OutwardId.Delivery, feedEvent.DeliveryId);
        CopyData(json, feedEvent.Data.Span);
        if (cursor is not null)
            json.WriteString("cursor"u8, cursor);
        json.WriteEndObject();
    }

    /// <summary>The same as a tree, for who changes it.</summary>
    public static JsonObject Of(FeedEvent feedEvent)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, WriterOptions))
            Write(json, feedEvent);
        return JsonNode.Parse(stream.GetBuffer().AsSpan(0, (int)stream.Length))!.AsObject();
    }

    /// <summary>The fields of its data alone.</summary>
    public static JsonElement Data(FeedEvent feedEvent)
    {
        ArgumentNullException.ThrowIfNull(feedEvent);
        using var document = JsonDocument.Parse(feedEvent.Data);
        return document.RootElement.Clone();
    }

    /// <summary>A text member; null when there is none.</summary>
    public static string? Text(JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A whole number; null when there is none.</summary>
    public static int? Number(JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;

    /// <summary>From a wire name, kebab or upper snake case; null for one of a newer version.</summary>
    public static TEnum? Enum<TEnum>(JsonElement data, string name)
        where TEnum : struct, Enum =>
        Text(data, name) is { } text && System.Enum.TryParse<TEnum>(text.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var value) && System.Enum.IsDefined(value)
            ? value
            : null;

    /// <summary>RFC 3339 in UTC with milliseconds.</summary>
    internal static void WriteTime(this Utf8JsonWriter json, ReadOnlySpan<byte> name, DateTimeOffset time)
    {
        Span<byte> text = stackalloc byte[24];
        time.UtcDateTime.TryFormat(text, out var length, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
        json.WriteString(name, text[..length]);
    }

    private static void WriteId(Utf8JsonWriter json, ReadOnlySpan<byte> name, byte kind, Guid? id)
    {
        if (id is { } value)
            json.WriteString(name, OutwardId.Of(kind, value));
        else
            json.WriteNull(name);
    }

    /// <summary>Member by member as it stands, so that nothing is parsed and written anew.</summary>
    private static void CopyData(Utf8JsonWriter json, ReadOnlySpan<byte> data)
    {
        var reader = new Utf8JsonReader(data);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isOwn = IsOwn(ref reader);
            var name = reader.ValueSpan;
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (isOwn)
                continue;
            json.WritePropertyName(name);
            json.WriteRawValue(data[start..(int)reader.BytesConsumed], skipInputValidation: true);
        }
    }

    private static bool IsOwn(ref Utf8JsonReader reader)
    {
        foreach (var name in Own)
        {
            if (reader.ValueTextEquals(name))
                return true;
        }

        return false;
    }
}
