using System.Buffers;
using System.Text.Json;
using GraphQL;

namespace Platform.Api.GraphQL.Transport.Live;

/// <summary>A message of a client (graphql-transport-ws).</summary>
/// <param name="Payload">Null where there is none.</param>
internal sealed record LiveMessage(string Type, string? Id, JsonElement? Payload)
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };

    /// <summary>Null: no message of the protocol.</summary>
    public static LiveMessage? Read(ReadOnlyMemory<byte> text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Options);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String)
                return null;
            string? id = null;
            if (root.TryGetProperty("id", out var given))
            {
                if (given.ValueKind != JsonValueKind.String || given.GetString() is not { Length: > 0 and <= 128 } text1)
                    return null;
                id = text1;
            }

            return new LiveMessage(type.GetString()!, id, root.TryGetProperty("payload", out var payload) && payload.ValueKind != JsonValueKind.Null ? payload.Clone() : null);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}

/// <summary>Messages of the server.</summary>
internal sealed class LiveAnswers(IGraphQLTextSerializer serializer)
{
    public static byte[] Acknowledged { get; } = """{"type":"connection_ack"}"""u8.ToArray();

    public static byte[] Pong(JsonElement? payload) => Write("pong", null, payload?.GetRawText());

    public static byte[] Complete(string id) => Write("complete", id, null);

    public byte[] Next(string id, ExecutionResult result) => Write("next", id, serializer.Serialize(result));

    /// <summary>The operation did not run: the errors alone.</summary>
    public byte[] Error(string id, ExecutionResult result)
    {
        using var document = JsonDocument.Parse(serializer.Serialize(result));
        return Write("error", id, document.RootElement.GetProperty("errors").GetRawText());
    }

    private static byte[] Write(string type, string? id, string? payload)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (id is not null)
                json.WriteString("id", id);
            json.WriteString("type", type);
            if (payload is not null)
            {
                json.WritePropertyName("payload");
                json.WriteRawValue(payload, skipInputValidation: true);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
