using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Platform.Engine.Feeds;
using Platform.Storage.Messages;

namespace Platform.Storage.Lists;

/// <summary>What event and audit entry tell of a change: a few entries in full, with the true total.</summary>
internal static class ListJson
{
    private const int MaxListed = 10;
    private const int MaxText = 300;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <param name="origin">Whose list it is: <c>tenant</c>, <c>msp</c>.</param>
    public static string Of(string actor, string action, string origin, long revision, IReadOnlyList<CheckedEntry> entries)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("actor", actor);
            json.WriteString("action", action);
            json.WriteString("origin", origin);
            json.WriteNumber("revision", revision);
            json.WriteStartObject("entries");
            json.WriteNumber("total", entries.Count);
            json.WriteBoolean("truncated", entries.Count > MaxListed);
            json.WriteStartArray("items");
            foreach (var entry in entries.Take(MaxListed))
                Write(json, entry);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The name in events, CSV and REST: <c>allow</c>, <c>domain</c>.</summary>
    public static string WireName(ListAction action) => action switch
    {
        ListAction.Allow => "allow",
        ListAction.Block => "block",
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "not a list"),
    };

    public static string WireName(ListEntryKind kind) => kind.ToString().ToLowerInvariant();

    private static void Write(Utf8JsonWriter json, CheckedEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("list", WireName(entry.Action));
        json.WriteString("kind", WireName(entry.Kind));
        json.WriteString("value", SafeText.Clean(entry.Value, MaxText));
        json.WriteBoolean("subdomains", entry is { Kind: ListEntryKind.Domain or ListEntryKind.Host, IsExact: false });
        json.WriteStartArray("networks");
        foreach (var network in entry.Networks.Take(MaxListed))
            json.WriteStringValue(network);
        json.WriteEndArray();
        json.WriteString("note", entry.Note);
        if (entry.ExpiresAt is { } end)
            json.WriteString("expiresAt", end);
        json.WriteEndObject();
    }
}
