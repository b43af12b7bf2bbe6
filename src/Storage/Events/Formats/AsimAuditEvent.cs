using System.Text.Json;

namespace Platform.Storage.Events.Formats;

/// <summary>ASIM's AuditEvent 0.1.2 (https://learn.microsoft.com/azure/sentinel/normalization-schema-audit): policy, rules, lists and directory were changed.</summary>
internal static class AsimAuditEvent
{
    public static void Write(Utf8JsonWriter json, ToldEvent told)
    {
        var action = told.Facts.Text("action") ?? "set";
        json.WriteStartObject();
        Asim.WriteCommon(json, told, "AuditEvent", "0.1.2", Type(action));
        json.WriteString("EventResult", "Success");
        json.WriteString("Operation", action);
        json.WriteString("Object", told.Facts.Text("target") ?? told.Facts.Object("rule").Text("name") ?? told.Group);
        json.WriteString("ObjectType", told.Group switch { "directory" or "account" or "role" => "Directory Service Object", "policy" or "rule" or "list" => "Policy Rule", _ => "Other" });
        json.WriteText("ActorUsername", told.Facts.Text("actor"));
        json.WriteText("User", told.Facts.Text("actor"));
        json.WriteStartObject("AdditionalFields");
        Asim.WriteOwn(json, told);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // The verb is the last word: tenant.create, mailbox.remove, add.
    private static string Type(string action) => action[(action.LastIndexOf('.') + 1)..] switch
    {
        "create" or "add" or "import" or "invite" => "Create",
        "remove" or "delete" => "Delete",
        _ => "Set",
    };
}
