using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Storage.Protection;

/// <summary>What the event of a protected mail tells beside whose it is. The address from which it was read is told to nobody.</summary>
internal sealed record ToldProtection(string Recipient)
{
    public string? Change { get; init; }
    public string? Actor { get; init; }
    public bool? ViewOnly { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public string? Country { get; init; }
}

/// <summary>What a reader may do, and until when.</summary>
internal sealed record ReadingTerms(bool ViewOnly, DateTimeOffset ExpiresAt);

/// <summary>For the audit log.</summary>
internal sealed record ChangedTerms(ReadingTerms Before, ReadingTerms After);

/// <summary>Data of events and audit entries of protected mail. Names are camel case.</summary>
internal static class ProtectionJson
{
    public static string Write(ToldProtection told) => JsonSerializer.Serialize(told, ProtectionJsonContext.Default.ToldProtection);

    public static string Write(ChangedTerms terms) => JsonSerializer.Serialize(terms, ProtectionJsonContext.Default.ChangedTerms);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ToldProtection))]
[JsonSerializable(typeof(ChangedTerms))]
internal sealed partial class ProtectionJsonContext : JsonSerializerContext;
