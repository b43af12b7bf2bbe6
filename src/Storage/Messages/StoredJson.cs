using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Engine;
using Platform.Engine.Authentication;
using Platform.Engine.Authentication.Results;
using Platform.Engine.Verdicts;
using Platform.Storage.Model;

namespace Platform.Storage.Messages;

/// <summary>
/// The JSON columns of <see cref="MessageRow"/>. Names are camel case, enums by name; unknown members are passed over, so that
/// a row of a newer version still reads.
/// </summary>
public static class StoredJson
{
    /// <summary>The verdict without the texts of body and files, which are kept apart and encrypted.</summary>
    public static string Write(Verdict verdict)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        return JsonSerializer.Serialize(verdict with { Facts = verdict.Facts with { Text = "", FilesText = "" } }, StoredJsonContext.Default.Verdict);
    }

    public static string Write(ScanContext context) => JsonSerializer.Serialize(context, StoredJsonContext.Default.ScanContext);

    public static string Write(SmtpParameters parameters) => JsonSerializer.Serialize(parameters, StoredJsonContext.Default.SmtpParameters);

    /// <summary>From <see cref="MessageRow.VerdictJson"/>.</summary>
    public static Verdict ReadVerdict(string json) => Read(json, StoredJsonContext.Default.Verdict);

    /// <summary>Null where there is none.</summary>
    internal static Verdict? FindVerdict(string? json) => json is null ? null : ReadVerdict(json);

    /// <summary>The domain of the author says that the mail is not its own (DMARC): nobody is allowed by such a mail.</summary>
    public static bool IsDisowned(string? verdict) => FindVerdict(verdict)?.Authentication?.Dmarc.Result == AuthenticationResult.Fail;

    /// <summary>The domain of the author stands behind the mail: nobody else is blocked, allowed or believed by it.</summary>
    internal static bool IsProven(string? verdict) => FindVerdict(verdict)?.Authentication?.ProvesAuthor() == true;

    /// <summary>The results of sender authentication alone, from <see cref="MessageRow.VerdictJson"/>; empty when there are none.</summary>
    public static IReadOnlyList<MethodResult> ReadResults(string json) => Read(json, StoredJsonContext.Default.VerdictResults).Authentication?.Results ?? [];

    /// <summary>From <see cref="MessageRow.ContextJson"/>.</summary>
    public static ScanContext ReadContext(string json) => Read(json, StoredJsonContext.Default.ScanContext);

    /// <summary>From <see cref="MessageRow.Smtp"/>.</summary>
    public static SmtpParameters ReadSmtp(string json) => Read(json, StoredJsonContext.Default.SmtpParameters);

    private static T Read<T>(string json, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(json, type) ?? throw new JsonException("The column is null.");
}

/// <summary>Of a stored verdict what a delivery needs.</summary>
internal sealed record VerdictResults(AuthenticationResults? Authentication);

internal sealed record AuthenticationResults(IReadOnlyList<MethodResult>? Results);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Verdict))]
[JsonSerializable(typeof(VerdictResults))]
[JsonSerializable(typeof(ScanContext))]
[JsonSerializable(typeof(SmtpParameters))]
internal sealed partial class StoredJsonContext : JsonSerializerContext;
