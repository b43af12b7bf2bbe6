using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Storage.Reports;

/// <summary>How reports are told in events and audit entries.</summary>
internal static class ReportJson
{
    public static string Write(ToldReport told) => JsonSerializer.Serialize(told, ReportJsonContext.Default.ToldReport);
}

/// <param name="Report">Id of the report.</param>
/// <param name="Claim"><c>missed</c> or <c>falsePositive</c>.</param>
/// <param name="State"><c>waiting</c>, <c>confirmed</c> or <c>refused</c>.</param>
internal sealed record ToldReport(string Actor, string Report, string Claim, string State)
{
    public string? Via { get; init; }

    public string? Note { get; init; }

    /// <summary>Deliveries of the same mail.</summary>
    public int? Held { get; init; }

    public int? Released { get; init; }

    public bool? Listed { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ToldReport))]
internal sealed partial class ReportJsonContext : JsonSerializerContext;
