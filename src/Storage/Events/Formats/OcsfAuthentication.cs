using System.Text.Json;

namespace Platform.Storage.Events.Formats;

/// <summary>Authentication, class 3002: somebody logged in, or was not let in.</summary>
internal static class OcsfAuthentication
{
    private const int Category = 3;
    private const int Class = 3002;
    private const int Success = 1;
    private const int Failure = 2;
    private const string Unknown = "unknown";

    public static void Write(Utf8JsonWriter json, ToldEvent told)
    {
        json.WriteStartObject();
        Ocsf.WriteBase(json, told, Category, Class, 1, "Logon");
        json.WriteNumber("status_id", told.LoginWentWell ? Success : Failure);
        json.WriteText("status_detail", told.Facts.Text("reason"));
        json.WriteWhole("count", told.Facts.Number("count"));
        json.WriteStartObject("user");
        json.WriteString("name", told.Facts.Text("user") ?? Unknown);
        json.WriteEndObject();
        if (told.Facts.Text("service") is { } service)
        {
            json.WriteStartObject("service");
            json.WriteString("name", service);
            json.WriteEndObject();
        }

        if (told.SourceAddress is { } address)
        {
            json.WriteStartObject("src_endpoint");
            json.WriteString("ip", address);
            if (told.Country is { } country)
            {
                json.WriteStartObject("location");
                json.WriteString("country", country);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        if (told.Cursor is not null)
        {
            json.WriteStartObject("unmapped");
            json.WriteString("cursor", told.Cursor);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
