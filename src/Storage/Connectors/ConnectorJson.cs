using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Storage.Connectors;

/// <summary>What events and audit entries tell of a connector: never its secret.</summary>
internal sealed record ToldConnector(string Actor, string Action, string Name, IReadOnlyList<string> Networks, IReadOnlyList<string> Certificates, string? Login)
{
    public string ToJson() => JsonSerializer.Serialize(this, ConnectorJsonContext.Default.ToldConnector);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ToldConnector))]
internal sealed partial class ConnectorJsonContext : JsonSerializerContext;
