using System.Text.Json.Serialization;
using Platform.Engine.Authentication.Dns;
using Platform.Engine.Feeds;

namespace Platform.Scanning.Protocol;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(RequestHeader))]
[JsonSerializable(typeof(ResponseHeader))]
[JsonSerializable(typeof(ReadyHeader))]
[JsonSerializable(typeof(DnsExchange))]
[JsonSerializable(typeof(FeedAnswers))]
internal sealed partial class ScannerJson : JsonSerializerContext;
