using System.Text.Json.Serialization;

namespace Platform.Scanning.Protocol;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(RequestHeader))]
[JsonSerializable(typeof(ResponseHeader))]
[JsonSerializable(typeof(ReadyHeader))]
internal sealed partial class ScannerJson : JsonSerializerContext;
