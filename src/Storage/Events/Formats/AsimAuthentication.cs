using System.Text.Json;

namespace Platform.Storage.Events.Formats;

/// <summary>ASIM's Authentication 0.1.3 (https://learn.microsoft.com/azure/sentinel/normalization-schema-authentication): somebody logged in, or was not let in.</summary>
internal static class AsimAuthentication
{
    public static void Write(Utf8JsonWriter json, ToldEvent told)
    {
        json.WriteStartObject();
        Asim.WriteCommon(json, told, "Authentication", "0.1.3", "Logon");
        json.WriteString("EventResult", told.LoginWentWell ? "Success" : "Failure");
        if (!told.LoginWentWell)
            json.WriteString("EventResultDetails", told.Facts.Text("reason") switch { "failed" => "Incorrect password", "locked" => "User locked", _ => "Logon violates policy" });
        json.WriteText("EventOriginalResultDetails", told.Facts.Text("reason"));
        json.WriteText("TargetUsername", told.Facts.Text("user"));
        json.WriteText("User", told.Facts.Text("user"));
        json.WriteText("LogonTarget", told.Facts.Text("service"));
        json.WriteText("SrcIpAddr", told.SourceAddress);
        json.WriteText("SrcGeoCountry", told.Country);
        json.WriteStartObject("AdditionalFields");
        Asim.WriteOwn(json, told);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
