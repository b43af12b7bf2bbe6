using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Engine.Transport;
using Platform.Storage.Transport;

namespace Platform.Grains.Transport.Reports;

/// <summary>The report itself (RFC 8460, 4.4).</summary>
internal sealed record TlsReportDocument(
    [property: JsonPropertyName("organization-name")] string OrganizationName,
    [property: JsonPropertyName("date-range")] TlsReportRange DateRange,
    [property: JsonPropertyName("contact-info")] string ContactInfo,
    [property: JsonPropertyName("report-id")] string ReportId,
    [property: JsonPropertyName("policies")] IReadOnlyList<TlsReportPolicyEntry> Policies)
{
    public static TlsReportDocument Of(DueTlsReport report, string submitter, IReadOnlyList<CountedSessions> sessions) => new(
        report.TenantName,
        new TlsReportRange(Time(report.Day), Time(report.Day.AddDays(1).AddSeconds(-1))),
        $"postmaster@{submitter}",
        $"{report.Id:N}@{submitter}",
        [.. sessions.GroupBy(one => (Type: TypeOf(one.Policy), one.PolicyText)).Select(group => TlsReportPolicyEntry.Of(report.Domain, group.Key.Type, group.Key.PolicyText, [.. group]))]);

    /// <summary>JSON, packed with gzip (RFC 8460, 5.1).</summary>
    public byte[] Pack()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            JsonSerializer.Serialize(gzip, this, TlsReportJson.Default.TlsReportDocument);
        return packed.ToArray();
    }

    private static string TypeOf(TransportPolicyKind kind) => kind switch
    {
        TransportPolicyKind.MtaSts or TransportPolicyKind.MtaStsTesting => "sts",
        TransportPolicyKind.Dane or TransportPolicyKind.DaneUnusable => "tlsa",
        _ => "no-policy-found",
    };

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

internal sealed record TlsReportRange([property: JsonPropertyName("start-datetime")] string Start, [property: JsonPropertyName("end-datetime")] string End);

internal sealed record TlsReportPolicyEntry(
    [property: JsonPropertyName("policy")] TlsReportPolicy Policy,
    [property: JsonPropertyName("summary")] TlsReportSummary Summary,
    [property: JsonPropertyName("failure-details")] IReadOnlyList<TlsReportFailure> Failures)
{
    public static TlsReportPolicyEntry Of(string domain, string type, string text, IReadOnlyList<CountedSessions> sessions)
    {
        string[] lines = [.. text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
        var hosts = type == "sts" && MtaStsPolicy.TryParse(text, out var policy, out _) ? policy.Hosts : null;
        return new(
            new TlsReportPolicy(type, lines.Length == 0 ? null : lines, domain, hosts),
            new TlsReportSummary(
                sessions.Where(one => one.Result == TlsResult.Success).Sum(one => one.Sessions),
                sessions.Where(one => one.Result != TlsResult.Success).Sum(one => one.Sessions)),
            [.. sessions.Where(one => one.Result != TlsResult.Success).Select(TlsReportFailure.Of)]);
    }
}

internal sealed record TlsReportPolicy(
    [property: JsonPropertyName("policy-type")] string Type,
    [property: JsonPropertyName("policy-string")] IReadOnlyList<string>? Lines,
    [property: JsonPropertyName("policy-domain")] string Domain,
    [property: JsonPropertyName("mx-host")] IReadOnlyList<string>? Hosts);

internal sealed record TlsReportSummary(
    [property: JsonPropertyName("total-successful-session-count")] long Successful, [property: JsonPropertyName("total-failure-session-count")] long Failed);

internal sealed record TlsReportFailure(
    [property: JsonPropertyName("result-type")] string Result,
    [property: JsonPropertyName("receiving-mx-hostname")] string? MxHost,
    [property: JsonPropertyName("receiving-ip")] string? Address,
    [property: JsonPropertyName("failed-session-count")] long Sessions)
{
    public static TlsReportFailure Of(CountedSessions sessions) =>
        new(TlsResultName.Of(sessions.Result), NullIfEmpty(sessions.MxHost), NullIfEmpty(sessions.Address), sessions.Sessions);

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TlsReportDocument))]
internal sealed partial class TlsReportJson : JsonSerializerContext;
