using System.Text.Json;
using Platform.Engine.Verdicts;

namespace Platform.Storage.Events.Formats;

/// <summary>What all schemas of ASIM have in common (https://learn.microsoft.com/azure/sentinel/normalization-common-fields).</summary>
internal static class Asim
{
    public static void WriteCommon(Utf8JsonWriter json, ToldEvent told, string schema, string version, string type)
    {
        json.WriteTime("TimeGenerated"u8, told.Event.RecordedAt);
        json.WriteNumber("EventCount", 1);
        json.WriteTime("EventStartTime"u8, told.Event.OccurredAt);
        json.WriteTime("EventEndTime"u8, told.Event.OccurredAt);
        json.WriteString("EventType", type);
        json.WriteString("EventVendor", ToldEvent.Vendor);
        json.WriteString("EventProduct", ToldEvent.Product);
        json.WriteString("EventSchema", schema);
        json.WriteString("EventSchemaVersion", version);
        json.WriteString("EventSeverity", told.Verdict switch
        {
            VerdictKind.Malware or VerdictKind.Phishing => "High",
            VerdictKind.Suspicious => "Medium",
            VerdictKind.Spam or VerdictKind.Bulk => "Low",
            _ => "Informational",
        });
        json.WriteString("EventOriginalUid", told.Id);
        json.WriteString("EventOriginalType", told.Event.Kind);
        json.WriteString("EventMessage", told.Sentence);
        json.WriteString("Dvc", ToldEvent.Product);
        json.WriteString("DvcScopeId", told.Tenant);
    }

    /// <summary>Place in the feed, for <c>AdditionalFields</c>.</summary>
    public static void WriteOwn(Utf8JsonWriter json, ToldEvent told)
    {
        json.WriteString("Tenant", told.Tenant);
        json.WriteNumber("Sequence", told.Event.Sequence);
        json.WriteText("cursor", told.Cursor);
    }
}
