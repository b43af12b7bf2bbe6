using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Storage.Quarantine;

/// <summary>How what people do with held mail is told in events and audit entries.</summary>
internal static class QuarantineJson
{
    public static string Write(ToldDigest told) => JsonSerializer.Serialize(told, QuarantineJsonContext.Default.ToldDigest);

    public static string Write(ToldSender told) => JsonSerializer.Serialize(told, QuarantineJsonContext.Default.ToldSender);

    public static string Write(ToldRequest told) => JsonSerializer.Serialize(told, QuarantineJsonContext.Default.ToldRequest);
}

/// <param name="Mails">How many were told.</param>
internal sealed record ToldDigest(string Actor, string Recipient, int Mails);

/// <param name="Action"><c>block</c>, <c>allow</c> or <c>remove</c>.</param>
internal sealed record ToldSender(string Actor, string Action, string Mailbox, string Value);

/// <param name="State"><c>waiting</c>, <c>approved</c> or <c>refused</c>.</param>
internal sealed record ToldRequest(string Actor, string State, string Recipient, string Request, string Note);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ToldDigest))]
[JsonSerializable(typeof(ToldSender))]
[JsonSerializable(typeof(ToldRequest))]
internal sealed partial class QuarantineJsonContext : JsonSerializerContext;
