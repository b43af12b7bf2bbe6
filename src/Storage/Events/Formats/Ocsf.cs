using System.Text.Json;
using Platform.Engine.Verdicts;

namespace Platform.Storage.Events.Formats;

/// <summary>
/// The Open Cybersecurity Schema Framework 1.8 (https://schema.ocsf.io/1.8.0): every event belongs to a class, which says what
/// attributes it must have; <c>type_uid</c> is class and activity in one number, times are Unix milliseconds, enumerations are
/// numbers with an optional caption. Moves of mail are Email Activity (4009) with the Security Control profile; changes of policy,
/// rules and lists are Entity Management (3004). What has no attribute there stands in <c>unmapped</c>.
/// </summary>
internal static class Ocsf
{
    private const string Version = "1.8.0";

    /// <summary>What every class asks for.</summary>
    public static void WriteBase(Utf8JsonWriter json, ToldEvent told, int category, int type, int activity, string activityName, params ReadOnlySpan<string> profiles)
    {
        json.WriteNumber("category_uid", category);
        json.WriteNumber("class_uid", type);
        json.WriteNumber("activity_id", activity);
        json.WriteString("activity_name", activityName);
        json.WriteNumber("type_uid", (type * 100) + activity);
        json.WriteNumber("time", told.Event.OccurredAt.ToUnixTimeMilliseconds());
        json.WriteNumber("severity_id", Severity(told.Verdict));
        json.WriteString("message", told.Sentence);
        json.WriteStartObject("metadata");
        json.WriteString("version", Version);
        json.WriteString("uid", told.Id);
        json.WriteString("tenant_uid", told.Tenant);
        json.WriteNumber("sequence", told.Event.Sequence);
        json.WriteNumber("logged_time", told.Event.RecordedAt.ToUnixTimeMilliseconds());
        json.WriteString("event_code", told.Event.Kind);
        json.WriteStartObject("product");
        json.WriteString("name", ToldEvent.Product);
        json.WriteString("vendor_name", ToldEvent.Vendor);
        json.WriteEndObject();
        if (profiles.Length > 0)
        {
            json.WriteStartArray("profiles");
            foreach (var profile in profiles)
                json.WriteStringValue(profile);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>1 informational, 2 low, 3 medium, 4 high.</summary>
    private static int Severity(VerdictKind? verdict) => verdict switch
    {
        VerdictKind.Malware or VerdictKind.Phishing => 4,
        VerdictKind.Suspicious => 3,
        VerdictKind.Spam or VerdictKind.Bulk => 2,
        _ => 1,
    };
}
