using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Orleans.Storage;
using Platform.Grains.Accounts;
using Platform.Grains.Mailboxes;

namespace Platform.Grains.Hosting;

/// <summary>
/// Grain state as JSON under a name and a version of its own, never the name of a CLR type:
/// <c>{"name":"mailbox","version":1,"state":{…}}</c>. A class may be renamed or moved; a change of meaning raises the version.
/// </summary>
internal sealed class GrainStateSerializer : IGrainStorageSerializer
{
    private static readonly Dictionary<Type, Format> s_formats = new()
    {
        [typeof(MailboxState)] = new("mailbox", 1, GrainStateJson.Default.MailboxState),
        [typeof(AccountState)] = new("account", 1, GrainStateJson.Default.AccountState),
    };

    public BinaryData Serialize<T>(T? input)
    {
        var format = FormatOf<T>();
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, format.Name);
            writer.WriteNumber("version"u8, format.Version);
            writer.WritePropertyName("state"u8);
            JsonSerializer.Serialize(writer, input!, (JsonTypeInfo<T>)format.State);
            writer.WriteEndObject();
        }

        return new BinaryData(stream.ToArray());
    }

    /// <exception cref="InvalidDataException">The bytes are the state of another kind of grain, or of a later version of this program.</exception>
    public T Deserialize<T>(BinaryData input)
    {
        var format = FormatOf<T>();
        using var document = JsonDocument.Parse(input.ToMemory());
        var name = document.RootElement.GetProperty("name"u8).GetString();
        var version = document.RootElement.GetProperty("version"u8).GetInt32();
        if (name != format.Name || version > format.Version)
            throw new InvalidDataException($"State '{name}' of version {version} where '{format.Name}' up to version {format.Version} can be read.");
        return document.RootElement.GetProperty("state"u8).Deserialize((JsonTypeInfo<T>)format.State)
            ?? throw new InvalidDataException($"State '{name}' is empty.");
    }

    private static Format FormatOf<T>() =>
        s_formats.TryGetValue(typeof(T), out var format) ? format : throw new InvalidOperationException($"{typeof(T)} has no name and version to be stored under.");

    private sealed record Format(string Name, int Version, JsonTypeInfo State);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(MailboxState))]
[JsonSerializable(typeof(AccountState))]
internal sealed partial class GrainStateJson : JsonSerializerContext;
