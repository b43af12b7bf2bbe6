using System.Globalization;
using System.Text.Json;
using Platform.Engine.Verdicts;

namespace Platform.Storage.Events.Formats;

/// <summary>
/// Sentinel's Advanced Security Information Model, schema EmailEvent 1.0.0
/// (https://learn.microsoft.com/azure/sentinel/normalization-schema-email). Field names are flat and in Pascal case; the
/// recipient of the delivery stands in <c>EmailToRecipients</c> and <c>Dst</c>. What has no field there, and the names that
/// Microsoft's own table EmailEvents has for the same things, stand in <c>AdditionalFields</c>.
/// </summary>
internal static class AsimEmailEvent
{
    public static void Write(Utf8JsonWriter json, ToldEvent told)
    {
        var facts = told.Facts;
        json.WriteStartObject();
        Asim.WriteCommon(json, told, "EmailEvent", "1.0.0", told.Move is "delivered" or "deferred" or "failed" ? "EmailDelivery" : "EmailInspection");
        json.WriteText("EventSubType", told.Move switch { "received" => "EmailReceived", "delivered" or "deferred" or "failed" => "EmailSent", _ => null });
        json.WriteString("EventResult", told.Move switch { "failed" => "Failure", "deferred" => "Partial", _ => "Success" });
        json.WriteText("EventResultDetails", Details(told));
        json.WriteText("EventOriginalResultDetails", facts.Text("status") ?? facts.Text("reason"));
        json.WriteText("EmailFromAddress", facts.Text("from"));
        json.WriteText("EmailFromDomain", DomainOf(facts.Text("from")));
        json.WriteText("EmailMailFromAddress", facts.Text("sender"));
        json.WriteText("EmailMailFromDomain", DomainOf(facts.Text("sender")));
        json.WriteText("EmailReplyToAddress", facts.Texts("replyTo").FirstOrDefault());
        json.WriteTexts("EmailToRecipients", [facts.Text("recipient")]);
        json.WriteText("EmailSubject", facts.Text("subject"));
        json.WriteWhole("EmailSizeBytes", facts.Number("size"));
        json.WriteString("EmailProtocolName", "SMTP");
        json.WriteString("EmailDirection", facts.Text("direction") switch { "inbound" => "Inbound", "outbound" => "Outbound", "internal" => "Internal", _ => "Unknown" });
        json.WriteText("EmailDeliveryLocation", told.Move switch { "delivered" => "Inbox", "quarantined" or "held" => "Quarantine", _ => null });
        json.WriteText("EmailOriginalDeliveryLocation", facts.Text("state"));
        WriteContent(json, facts);
        WriteAuthentication(json, facts.Object("authentication"));
        json.WriteString("DvcAction", Action(told));
        json.WriteString("Dst", facts.Text("recipient") ?? told.Tenant);
        WriteSource(json, told);
        json.WriteText("RuleName", facts.Object("rule").Text("name"));
        json.WriteText("Rule", facts.Object("rule").Text("name"));
        WriteThreat(json, told);
        WriteAdditional(json, told);
        json.WriteEndObject();
    }

    private static string? Details(ToldEvent told) => told.Move switch
    {
        "quarantined" or "rejected" => told.Verdict switch
        {
            VerdictKind.Malware => "MalwareDetected",
            VerdictKind.Phishing => "PhishingDetected",
            VerdictKind.Spam or VerdictKind.Bulk => "BlockedBySpamFilter",
            _ => "BlockedByPolicy",
        },
        "failed" or "deferred" or "held" => "Other",
        _ => null,
    };

    private static string Action(ToldEvent told) => told.Move switch
    {
        "delivered" or "queued" or "released" => told.Facts.Text("action") == "tag" ? "Modified" : "Delivered",
        "quarantined" or "held" => "Quarantined",
        "rejected" => "Blocked",
        "deleted" => "Deleted",
        _ => "NA",
    };

    private static void WriteContent(Utf8JsonWriter json, EventFacts facts)
    {
        json.WriteWhole("EmailFileCount", facts.Total("attachments"));
        if (facts.Items("attachments").Any())
        {
            json.WriteStartArray("EmailFiles");
            foreach (var attachment in facts.Items("attachments").Select(item => new EventFacts(item)))
            {
                json.WriteStartObject();
                json.WriteText("FileName", attachment.Text("name"));
                json.WriteText("FileContentType", attachment.Text("type"));
                json.WriteWhole("FileSize", attachment.Number("size"));
                json.WriteText("FileSHA256", attachment.Text("sha256"));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteWhole("EmailUrlCount", facts.Total("links"));
        json.WriteTexts("EmailUrls", facts.Texts("links"));
    }

    private static void WriteAuthentication(Utf8JsonWriter json, EventFacts authentication)
    {
        if (authentication.Text("spf") is { } spf)
        {
            json.WriteText("EmailSpfResult", spf switch { "pass" => "Pass", "fail" => "Fail", "softfail" => "SoftFail", "neutral" => "Neutral", "temperror" => "TemporaryError", "permerror" => "PermanentError", _ => "None" });
            json.WriteString("EmailSpfOriginalResult", spf);
        }

        if (authentication.Text("dkim") is { } dkim)
        {
            json.WriteText("EmailDkimResult", dkim switch { "pass" => "Pass", "fail" or "policy" or "neutral" => "Fail", "temperror" => "TemporaryError", "permerror" => "PermanentError", _ => "None" });
            json.WriteString("EmailDkimOriginalResult", dkim);
            json.WriteText("EmailDkimDomain", authentication.Text("dkimDomain"));
        }

        if (authentication.Text("dmarc") is { } dmarc)
        {
            json.WriteText("EmailDmarcResult", dmarc switch { "pass" => "Pass", "fail" => "Fail", _ => "None" });
            json.WriteString("EmailDmarcOriginalResult", dmarc);
        }

        json.WriteText("EmailDmarcPolicy", authentication.Text("dmarcPolicy") switch { "quarantine" => "Quarantine", "reject" => "Reject", "none" => "None", _ => null });
    }

    private static void WriteSource(Utf8JsonWriter json, ToldEvent told)
    {
        json.WriteText("Src", told.SourceAddress);
        json.WriteText("SrcIpAddr", told.SourceAddress);
        json.WriteText("IpAddr", told.SourceAddress);
        json.WriteText("SrcGeoCountry", told.Country);
        json.WriteText("SrcIsp", told.Facts.Text("originNetwork"));
    }

    private static void WriteThreat(Utf8JsonWriter json, ToldEvent told)
    {
        if (!told.IsAttack)
            return;
        json.WriteText("ThreatName", told.Facts.Text("attackType"));
        json.WriteText("ThreatCategory", told.Verdict switch { VerdictKind.Malware => "Malware", VerdictKind.Phishing => "Phishing", _ => null });
        json.WriteText("ThreatOriginalCategory", told.Facts.Text("verdict"));
        json.WriteWhole("ThreatRiskLevel", told.Score);
        json.WriteWhole("ThreatConfidence", told.Score);
        json.WriteText("ThreatOriginalConfidence", told.Score?.ToString(CultureInfo.InvariantCulture));
    }

    private static void WriteAdditional(Utf8JsonWriter json, ToldEvent told)
    {
        var facts = told.Facts;
        json.WriteStartObject("AdditionalFields");
        Asim.WriteOwn(json, told);
        json.WriteText("NetworkMessageId", told.MessageId);
        json.WriteText("InternetMessageId", facts.Text("messageIdHeader"));
        json.WriteText("SenderMailFromAddress", facts.Text("sender"));
        json.WriteText("SenderFromAddress", facts.Text("from"));
        json.WriteText("SenderDisplayName", facts.Text("fromName"));
        json.WriteText("RecipientEmailAddress", facts.Text("recipient"));
        json.WriteText("DeliveryAction", Action(told));
        json.WriteText("EmailAction", facts.Text("action"));
        json.WriteText("ThreatTypes", told.IsAttack ? facts.Text("verdict") : null);
        json.WriteTexts("DetectionMethods", told.ReasonIds);
        json.WriteText("Verdict", facts.Text("verdict"));
        json.WriteWhole("Score", told.Score);
        json.WriteText("DeliveryId", told.DeliveryId);
        json.WriteText("Actor", facts.Text("actor"));
        json.WriteEndObject();
    }

    private static string? DomainOf(string? address) => address?.LastIndexOf('@') is >= 0 and var at && at < address.Length - 1 ? address[(at + 1)..] : null;
}
