using System.Text.Json;

namespace Platform.Storage.Events.Formats;

/// <summary>Entity Management, class 3004: policy, rules, lists and directory were changed.</summary>
internal static class OcsfEntityManagement
{
    private const int Category = 3;
    private const int Class = 3004;
    private const string Unknown = "unknown";

    public static void Write(Utf8JsonWriter json, ToldEvent told)
    {
        var action = told.Facts.Text("action") ?? "update";
        var (activity, name) = Activity(action);
        json.WriteStartObject();
        Ocsf.WriteBase(json, told, Category, Class, activity, name);
        json.WriteNumber("status_id", 1);
        json.WriteStartObject("entity");
        json.WriteString("type", told.Group);
        json.WriteString("name", told.Facts.Text("target") ?? told.Facts.Object("rule").Text("name") ?? told.Group);
        json.WriteEndObject();
        json.WriteStartObject("actor");
        json.WriteStartObject("user");
        json.WriteString("name", told.Facts.Text("actor") ?? Unknown);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("comment", action);
        if (told.Cursor is not null)
        {
            json.WriteStartObject("unmapped");
            json.WriteString("cursor", told.Cursor);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    // The verb is the last word: tenant.create, mailbox.remove, add.
    private static (int Id, string Name) Activity(string action) => action[(action.LastIndexOf('.') + 1)..] switch
    {
        "create" or "add" or "import" or "invite" => (1, "Create"),
        "remove" or "delete" => (4, "Delete"),
        _ => (3, "Update"),
    };
}
