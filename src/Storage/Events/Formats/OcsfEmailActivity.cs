using System.Text.Json;

namespace Platform.Storage.Events.Formats;

/// <summary>Email Activity, class 4009, with the profile Security Control.</summary>
internal static class OcsfEmailActivity
{
    private const int Category = 4;
    private const int Class = 4009;
    private const int Other = 99;
    private const int RegularFile = 1;
    private const int Sha256 = 3;

    public static void Write(Utf8JsonWriter json, ToldEvent told)
    {
        var facts = told.Facts;
        var (activity, name) = Activity(told.Move);
        json.WriteStartObject();
        Ocsf.WriteBase(json, told, Category, Class, activity, name, "security_control");
        WriteControl(json, told);
        var direction = facts.Text("direction");
        json.WriteNumber("direction_id", direction switch { "inbound" => 1, "outbound" => 2, "internal" => 3, _ => 0 });
        json.WriteText("direction", direction);
        json.WriteText("message_trace_uid", told.MessageId);
        json.WriteString("protocol_name", "SMTP");
        json.WriteText("from", facts.Text("sender"));
        json.WriteTexts("to", [facts.Text("recipient")]);
        WriteEmail(json, told);
        WriteAuthentication(json, facts.Object("authentication"));
        WriteSource(json, told);
        WriteUnmapped(json, told);
        json.WriteEndObject();
    }

    private static (int Id, string Name) Activity(string move) => move switch
    {
        "received" => (2, "Receive"),
        "queued" or "quarantined" or "held" or "rejected" or "inspected" => (3, "Scan"),
        "delivered" or "deferred" or "failed" => (1, "Send"),
        _ => (Other, move),
    };

    /// <summary>The outcome by disposition_id, and the coarser action_id: 1 allowed, 2 denied, 3 observed, 4 modified.</summary>
    private static (int Disposition, string Name, int Action) Outcome(ToldEvent told) => told.Move switch
    {
        "quarantined" => (3, "Quarantined", 2),
        "rejected" => (25, "Rejected", 2),
        "deleted" => (5, "Deleted", 2),
        "held" => (14, "Delayed", 2),
        "deferred" => (14, "Delayed", 1),
        "released" when told.Facts.Text("actor") is not null => (9, "Restored", 4),
        "released" => (8, "Approved", 1),
        "failed" => (27, "Error", 2),
        "inspected" => (17, "Logged", 3),
        "queued" or "delivered" when told.Facts.Text("action") == "tag" => (18, "Tagged", 4),
        "queued" or "delivered" => (1, "Allowed", 1),
        _ => (0, "Unknown", 0),
    };

    private static void WriteControl(Utf8JsonWriter json, ToldEvent told)
    {
        var (disposition, name, action) = Outcome(told);
        json.WriteNumber("disposition_id", disposition);
        json.WriteString("disposition", name);
        json.WriteNumber("action_id", action);
        json.WriteText("action", told.Facts.Text("action"));
        json.WriteBoolean("is_alert", told.IsAttack);
        json.WriteWhole("risk_score", told.Score);
        json.WriteWhole("confidence_score", told.IsAttack ? told.Score : null);
        json.WriteText("risk_details", told.ReasonIds.Any() ? string.Join(", ", told.ReasonIds) : null);
        json.WriteNumber("status_id", told.Move == "failed" ? 2 : 1);
        json.WriteText("status_detail", told.Facts.Text("reason") ?? told.Facts.Text("status"));
        var rule = told.Facts.Object("rule");
        if (rule.Text("name") is not { } ruleName)
            return;
        json.WriteStartObject("policy");
        json.WriteString("name", ruleName);
        json.WriteText("version", rule.Number("revision")?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    private static void WriteEmail(Utf8JsonWriter json, ToldEvent told)
    {
        var facts = told.Facts;
        json.WriteStartObject("email");
        json.WriteText("uid", told.MessageId);
        json.WriteText("from", facts.Text("from"));
        json.WriteText("message_uid", facts.Text("messageIdHeader"));
        json.WriteText("subject", facts.Text("subject"));
        json.WriteTexts("reply_to_list", facts.Texts("replyTo"));
        json.WriteText("smtp_from", facts.Text("sender"));
        json.WriteTexts("smtp_to", [facts.Text("recipient")]);
        json.WriteTexts("to", [facts.Text("recipient")]);
        json.WriteWhole("size", facts.Number("size"));
        if (facts.Items("attachments").Any())
        {
            json.WriteStartArray("files");
            foreach (var attachment in facts.Items("attachments"))
                WriteFile(json, new EventFacts(attachment));
            json.WriteEndArray();
        }

        if (facts.Texts("links").Any())
        {
            json.WriteStartArray("urls");
            foreach (var link in facts.Texts("links"))
            {
                json.WriteStartObject();
                json.WriteString("url_string", link);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteFile(Utf8JsonWriter json, EventFacts attachment)
    {
        json.WriteStartObject();
        json.WriteString("name", attachment.Text("name") ?? "unnamed");
        json.WriteNumber("type_id", RegularFile);
        json.WriteText("mime_type", attachment.Text("type"));
        json.WriteWhole("size", attachment.Number("size"));
        if (attachment.Text("sha256") is { } hash)
        {
            json.WriteStartArray("hashes");
            json.WriteStartObject();
            json.WriteNumber("algorithm_id", Sha256);
            json.WriteString("algorithm", "SHA-256");
            json.WriteString("value", hash);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteAuthentication(Utf8JsonWriter json, EventFacts authentication)
    {
        if (authentication.Text("dmarc") is null && authentication.Text("spf") is null)
            return;
        json.WriteStartObject("email_auth");
        json.WriteText("spf", authentication.Text("spf"));
        json.WriteText("dkim", authentication.Text("dkim"));
        json.WriteText("dkim_domain", authentication.Text("dkimDomain"));
        json.WriteText("dmarc", authentication.Text("dmarc"));
        json.WriteText("dmarc_policy", authentication.Text("dmarcPolicy"));
        json.WriteEndObject();
    }

    private static void WriteSource(Utf8JsonWriter json, ToldEvent told)
    {
        if (told.SourceAddress is not { } address)
            return;
        json.WriteStartObject("src_endpoint");
        json.WriteString("ip", address);
        if (told.Country is { } country)
        {
            json.WriteStartObject("location");
            json.WriteString("country", country);
            json.WriteEndObject();
        }

        if (told.Facts.Number("originAsn") is { } number)
        {
            json.WriteStartObject("autonomous_system");
            json.WriteNumber("number", number);
            json.WriteText("name", told.Facts.Text("originNetwork"));
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteUnmapped(Utf8JsonWriter json, ToldEvent told)
    {
        var facts = told.Facts;
        json.WriteStartObject("unmapped");
        json.WriteText("delivery_id", told.DeliveryId);
        json.WriteText("state", facts.Text("state"));
        json.WriteText("verdict", facts.Text("verdict"));
        json.WriteText("attack_type", facts.Text("attackType"));
        json.WriteText("from_name", facts.Text("fromName"));
        json.WriteText("actor", facts.Text("actor"));
        json.WriteText("next_hop", facts.Text("nextHop"));
        json.WriteWhole("links_total", facts.Total("links"));
        json.WriteWhole("attachments_total", facts.Total("attachments"));
        json.WriteText("cursor", told.Cursor);
        json.WriteEndObject();
    }
}
