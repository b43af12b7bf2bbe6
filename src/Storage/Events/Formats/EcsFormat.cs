using System.Text.Json;
using Platform.Engine.Verdicts;

namespace Platform.Storage.Events.Formats;

/// <summary>
/// Elastic Common Schema 9 (https://www.elastic.co/docs/reference/ecs): one flat language of field names for everything that
/// Elastic indexes. Mail stands in <c>email.*</c> (header fields), whence it came in <c>source.*</c>, what was decided in
/// <c>event.*</c> and <c>rule.*</c>. What has no name there is kept in <c>labels.*</c>, all of it keywords. The envelope's
/// reverse-path has no field of its own: it stands in <c>email.sender.address</c>, the party that transmitted the mail.
/// </summary>
internal static class EcsFormat
{
    private const string Version = "9.0.0";

    public static void Write(Utf8JsonWriter json, ToldEvent told)
    {
        json.WriteStartObject();
        json.WriteTime("@timestamp"u8, told.Event.OccurredAt);
        json.WriteString("message", told.Sentence);
        json.WriteStartObject("ecs");
        json.WriteString("version", Version);
        json.WriteEndObject();
        WriteEvent(json, told);
        json.WriteStartObject("organization");
        json.WriteString("id", told.Tenant);
        json.WriteEndObject();
        if (told.IsMail)
        {
            WriteEmail(json, told);
            WriteSource(json, told);
            WriteUrls(json, told);
            WriteRule(json, told);
            WriteRelated(json, told);
        }
        else if (told.IsLogin)
        {
            WriteUser(json, told);
            WriteSource(json, told);
        }

        WriteLabels(json, told);
        json.WriteEndObject();
    }

    private static void WriteEvent(Utf8JsonWriter json, ToldEvent told)
    {
        json.WriteStartObject("event");
        json.WriteString("id", told.Id);
        json.WriteString("kind", told.IsAttack ? "alert" : "event");
        json.WriteTexts("category", told.Group switch
        {
            "delivery" => told.Verdict == VerdictKind.Malware ? ["email", "malware"] : ["email"],
            _ when told.IsLogin => ["authentication"],
            "account" or "role" => ["iam"],
            _ => ["configuration"],
        });
        json.WriteTexts("type", told.IsLogin ? ["start"] : [told.IsMail ? "info" : "change"]);
        json.WriteString("action", told.Facts.Text("action") ?? told.Move);
        json.WriteString("code", told.Event.Kind);
        json.WriteString("outcome", told.Move switch { _ when told.IsLogin => told.LoginWentWell ? "success" : "failure", "failed" => "failure", "deferred" => "unknown", _ => "success" });
        json.WriteTime("created"u8, told.Event.RecordedAt);
        json.WriteNumber("sequence", told.Event.Sequence);
        json.WriteString("module", "platform");
        json.WriteString("dataset", "platform.events");
        json.WriteString("provider", ToldEvent.Product);
        json.WriteWhole("risk_score", told.Score);
        json.WriteText("reason", told.Facts.Text("reason") ?? told.Facts.Text("status"));
        json.WriteEndObject();
    }

    private static void WriteUser(Utf8JsonWriter json, ToldEvent told)
    {
        if (told.Facts.Text("user") is not { } user)
            return;
        json.WriteStartObject("user");
        json.WriteString("name", user);
        if (user.Contains('@', StringComparison.Ordinal))
            json.WriteString("email", user);
        json.WriteEndObject();
    }

    private static void WriteEmail(Utf8JsonWriter json, ToldEvent told)
    {
        var facts = told.Facts;
        json.WriteStartObject("email");
        json.WriteText("local_id", told.MessageId);
        json.WriteText("message_id", facts.Text("messageIdHeader"));
        json.WriteText("subject", facts.Text("subject"));
        json.WriteText("direction", facts.Text("direction"));
        WriteAddresses(json, "from", [facts.Text("from")]);
        if (facts.Text("sender") is { } sender)
        {
            json.WriteStartObject("sender");
            json.WriteString("address", sender);
            json.WriteEndObject();
        }

        WriteAddresses(json, "to", [facts.Text("recipient")]);
        WriteAddresses(json, "reply_to", facts.Texts("replyTo"));
        if (told.Move == "delivered")
            json.WriteTime("delivery_timestamp"u8, told.Event.OccurredAt);
        if (facts.Total("attachments") > 0)
        {
            json.WriteStartArray("attachments");
            foreach (var attachment in facts.Items("attachments"))
                WriteAttachment(json, new EventFacts(attachment));
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteAddresses(Utf8JsonWriter json, string name, IEnumerable<string?> addresses)
    {
        string[] all = [.. addresses.OfType<string>()];
        if (all.Length == 0)
            return;
        json.WriteStartObject(name);
        json.WriteTexts("address", all);
        json.WriteEndObject();
    }

    private static void WriteAttachment(Utf8JsonWriter json, EventFacts attachment)
    {
        json.WriteStartObject();
        json.WriteStartObject("file");
        json.WriteText("name", attachment.Text("name"));
        json.WriteText("mime_type", attachment.Text("type"));
        json.WriteWhole("size", attachment.Number("size"));
        if (attachment.Text("sha256") is { } hash)
        {
            json.WriteStartObject("hash");
            json.WriteString("sha256", hash);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteSource(Utf8JsonWriter json, ToldEvent told)
    {
        if (told.SourceAddress is not { } address)
            return;
        json.WriteStartObject("source");
        json.WriteString("address", address);
        json.WriteString("ip", address);
        if (told.Country is { } country)
        {
            json.WriteStartObject("geo");
            json.WriteString("country_iso_code", country);
            json.WriteEndObject();
        }

        if (told.Facts.Number("originAsn") is { } number)
        {
            json.WriteStartObject("as");
            json.WriteNumber("number", number);
            if (told.Facts.Text("originNetwork") is { } network)
            {
                json.WriteStartObject("organization");
                json.WriteString("name", network);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteUrls(Utf8JsonWriter json, ToldEvent told)
    {
        if (!told.Facts.Texts("links").Any())
            return;
        json.WriteStartObject("url");
        json.WriteTexts("full", told.Facts.Texts("links"));
        json.WriteEndObject();
    }

    /// <summary>The tenant's rule where one decided; the signs behind the verdict by their ids.</summary>
    private static void WriteRule(Utf8JsonWriter json, ToldEvent told)
    {
        var rule = told.Facts.Object("rule");
        if (rule.Text("name") is null && !told.ReasonIds.Any())
            return;
        json.WriteStartObject("rule");
        json.WriteTexts("id", told.ReasonIds);
        json.WriteText("name", rule.Text("name"));
        json.WriteText("version", rule.Number("revision")?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        json.WriteText("category", told.Facts.Text("attackType"));
        json.WriteEndObject();
    }

    private static void WriteRelated(Utf8JsonWriter json, ToldEvent told)
    {
        json.WriteStartObject("related");
        json.WriteTexts("ip", [told.SourceAddress]);
        json.WriteTexts("user", new[] { told.Facts.Text("sender"), told.Facts.Text("from"), told.Facts.Text("recipient") }.Distinct());
        json.WriteTexts("hash", told.Facts.Items("attachments").Select(attachment => new EventFacts(attachment).Text("sha256")).Distinct());
        json.WriteEndObject();
    }

    private static void WriteLabels(Utf8JsonWriter json, ToldEvent told)
    {
        var facts = told.Facts;
        var authentication = facts.Object("authentication");
        json.WriteStartObject("labels");
        json.WriteText("delivery_id", told.DeliveryId);
        json.WriteText("state", facts.Text("state"));
        json.WriteText("verdict", facts.Text("verdict"));
        json.WriteText("attack_type", facts.Text("attackType"));
        json.WriteText("mode", facts.Text("mode"));
        json.WriteText("actor", facts.Text("actor"));
        json.WriteText("next_hop", facts.Text("nextHop"));
        json.WriteText("target", facts.Text("target"));
        json.WriteText("service", facts.Text("service"));
        json.WriteText("count", Text(facts.Number("count")));
        json.WriteText("app_password", facts.Text("appPassword"));
        json.WriteText("spf", authentication.Text("spf"));
        json.WriteText("dkim", authentication.Text("dkim"));
        json.WriteText("dmarc", authentication.Text("dmarc"));
        json.WriteText("arc", authentication.Text("arc"));
        json.WriteText("links_total", Text(facts.Total("links")));
        json.WriteText("attachments_total", Text(facts.Total("attachments")));
        json.WriteText("cursor", told.Cursor);
        json.WriteEndObject();
    }

    private static string? Text(long? number) => number?.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
