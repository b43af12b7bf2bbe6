using System.Text.Json.Nodes;
using Platform.Api.Edge;

namespace Platform.Api.Rest.Description;

/// <summary>Bodies to send, where the schema alone does not tell a good one. By operation; a test sends each to the running product.</summary>
internal static class RequestExamples
{
    private const string Mail =
        """
        From: Mika <mika@partner.example>
        To: keiri@acme.test
        Subject: Lunch on Friday
        Date: Tue, 24 Nov 2026 05:04:05 +0000
        Message-ID: <lunch@partner.example>

        Shall we meet at noon?

        """;

    /// <summary>Of JSON bodies; a property that is left out keeps its meaning of left out.</summary>
    public static IReadOnlyDictionary<string, JsonObject> Json { get; } = new Dictionary<string, JsonObject>(StringComparer.Ordinal)
    {
        ["createTenant"] = new() { ["slug"] = "umbrella", ["name"] = "Umbrella KK", ["language"] = "ja", ["route"] = "smtp://mail.umbrella.test:25", ["trustedHops"] = new JsonArray("192.0.2.0/24") },
        ["addDomain"] = new() { ["name"] = "sales.acme.test" },
        ["createMailbox"] = new() { ["address"] = "tanaka@acme.test", ["displayName"] = "田中 恵" },
        ["updateTenant"] = new() { ["route"] = "smtp://mail.acme.test:25" },
        ["setTenantPlan"] = new() { ["name"] = "Business", ["mailboxes"] = 250, ["domains"] = 10 },
        ["startFlowCheck"] = new() { ["tenant"] = GlobalId.Of(NodeKind.Tenant, ExampleValues.Thing) },
        ["createWebhook"] = new() { ["url"] = "https://hooks.partner.example/mail", ["description"] = "SIEM", ["kinds"] = new JsonArray("delivery.quarantined") },
        ["updateWebhook"] = new() { ["description"] = "SIEM of the head office" },
        ["inviteAccount"] = new() { ["address"] = "suzuki@acme.test", ["name"] = "鈴木 美咲", ["roles"] = new JsonArray("analyst"), ["language"] = "ja" },
        ["setPolicy"] = new()
        {
            ["tenant"] = GlobalId.Of(NodeKind.Tenant, ExampleValues.Thing),
            ["values"] = new JsonArray(new JsonObject { ["setting"] = "action.spam", ["value"] = "quarantine" }),
        },
        ["checkLogin"] = new() { ["login"] = "keiri@acme.test", ["remote"] = "192.0.2.7", ["protocol"] = "imap" },
        ["addListEntry"] = new() { ["list"] = "block", ["value"] = "partner-mail.example", ["note"] = "Asked for by sales" },
    };

    /// <summary>Of other bodies, by media type.</summary>
    public static string? Text(string operation, string mediaType) => (operation, mediaType) switch
    {
        ("scanMessage" or "startImport", "message/rfc822" or "application/octet-stream") => Mail.ReplaceLineEndings("\r\n"),
        ("startImport", "application/mbox") => "From mika@partner.example Tue Nov 24 05:04:05 2026\n" + Mail.ReplaceLineEndings("\n"),
        ("importList", "text/csv") => "list,kind,value,note\r\nblock,domain,partner-mail.example,Asked for by sales\r\n",
        ("importMailboxes", _) => "address,displayName,aliases,groups\r\nsato@acme.test,佐藤 健一,kenichi@acme.test,Sales\r\n",
        ("importList", _) => "partner-mail.example\r\n192.0.2.0/24\r\n",
        _ => null,
    };

    /// <summary>Values of parameters, where their name alone does not tell a good one.</summary>
    public static string? Parameter(string operation, string name) => (operation, name) switch
    {
        ("checkLogin", "command") => "allow",
        ("listEvents", "after") => ExampleValues.Place,
        ("listEvents", "kind") => "delivery.quarantined",
        ("listEvents", "direction") => "inbound",
        ("listEvents", "format") => "ecs",
        ("exportAudit", "format") => "ndjson",
        ("listWebhookDeliveries", "state") => "dead",
        ("importMailboxes", "mode") => "preview",
        ("startImport", "fileName") => "lunch.eml",
        (_, "Idempotency-Key") => "3f1d0c1e-0f6a-4c59-9f57-6a1b7e2d9f10",
        _ => null,
    };
}
