using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Platform.Api.Edge;

namespace Platform.Api.Rest.Description;

/// <summary>
/// Examples made from schemas: a property gets what stands under its name in the table below, an id one of the right kind, anything else
/// what its type allows. So a new route has examples from its first day, alike to those of the others.
/// </summary>
internal static class ExampleValues
{
    private const int MaxDepth = 6;
    private const string Moment = "2026-11-24T05:04:05.678Z";

    /// <summary>The thing that all ids in examples name.</summary>
    public static Guid Thing { get; } = new("01937a5e-7b1c-7cc3-8f51-2b6d5e9a4c10");

    /// <summary>A place in the feed of the tenant of the examples; no server takes it.</summary>
    public const string Place = "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAGo";

    private static readonly Dictionary<string, string> Texts = new(StringComparer.Ordinal)
    {
        ["address"] = "keiri@acme.test",
        ["after"] = "a2FjbWU",
        ["arc"] = "none",
        ["comment"] = "It asks for my password",
        ["code"] = ErrorCodes.BadUserInput,
        ["country"] = "JP",
        ["createdBy"] = "client:our-siem",
        ["cursor"] = Place,
        ["dmarc"] = "pass",
        ["dmarcDomain"] = "partner.example",
        ["dmarcPolicy"] = "reject",
        ["detail"] = "Its data is of today.",
        ["displayName"] = "経理 田中",
        ["domain"] = "partner.example",
        ["engineVersion"] = "1.0.0",
        ["error"] = "The file ends within a message.",
        ["evidence"] = "header Reply-To: mika@partner-mail.example",
        ["fileName"] = "november.mbox",
        ["file"] = "invoice.js",
        ["format"] = "eml",
        ["id"] = "reply-to-mismatch",
        ["journalAddress"] = "journal@acme.test",
        ["kind"] = "domain",
        ["language"] = "ja",
        ["list"] = "block",
        ["message"] = "This names nothing that can be listed.",
        ["messageIdHeader"] = "20261124.1@partner.example",
        ["name"] = "acme.test",
        ["nextCursor"] = "a2FjbWU",
        ["note"] = "Asked for by sales",
        ["origin"] = "tenant",
        ["recipient"] = "keiri@acme.test",
        ["report"] = "missed",
        ["result"] = "pass",
        ["route"] = "smtp://mail.acme.test:25",
        ["selector"] = "s1",
        ["slug"] = "acme",
        ["state"] = "running",
        ["status"] = "no-hit",
        ["summary"] = "Replies go to another domain than the one the mail claims to come from.",
        ["technique"] = "T1059.007",
        ["text"] = "not a domain",
        ["type"] = "forged-header",
        ["value"] = "partner-mail.example",
        ["verdict"] = "suspicious",
        ["where"] = "script 1",
    };

    private static readonly Dictionary<string, int> Numbers = new(StringComparer.Ordinal)
    {
        ["asn"] = 64496,
        ["elapsedMs"] = 38,
        ["limit"] = 100,
        ["score"] = 55,
        ["weight"] = 20,
    };

    /// <param name="name">Of the property or parameter.</param>
    /// <param name="owner">Of the schema it belongs to, or the path segment before it: it tells of which kind an id is.</param>
    public static JsonNode? Of(IOpenApiSchema schema, string name, string owner, int depth = 0)
    {
        if (depth > MaxDepth)
            return null;
        if (schema is OpenApiSchemaReference { Reference.Id: { } id })
            owner = id;
        if (schema.Examples is [{ } given, ..])
            return given.DeepClone();
        if (schema.Enum is { Count: > 0 } values)
            return values[0].DeepClone();
        if (schema.OneOf is { Count: > 0 } choices)
            return Of(choices.FirstOrDefault(choice => choice.Type != JsonSchemaType.Null) ?? choices[0], name, owner, depth + 1);
        return (schema.Type & ~JsonSchemaType.Null) switch
        {
            JsonSchemaType.Object => ObjectOf(schema, owner, depth),
            JsonSchemaType.Array => ArrayOf(schema, name, owner, depth),
            JsonSchemaType.Boolean => false,
            { } type when type.HasFlag(JsonSchemaType.Integer) || type.HasFlag(JsonSchemaType.Number) => Numbers.GetValueOrDefault(name, 1),
            JsonSchemaType.String => TextOf(schema, name, owner),
            _ => name == "events" ? new JsonArray(Event()) : new JsonObject(),
        };
    }

    private static JsonObject ObjectOf(IOpenApiSchema schema, string owner, int depth)
    {
        var example = new JsonObject();
        foreach (var (name, property) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>())
            example[name] = Of(property, name, owner, depth + 1);
        return example;
    }

    private static JsonArray ArrayOf(IOpenApiSchema schema, string name, string owner, int depth) => name switch
    {
        "networks" or "trustedHops" => ["192.0.2.0/24"],
        "notAsked" => ["dns"],
        _ => schema.Items is { } items && Of(items, name, owner, depth + 1) is { } item ? [item] : [],
    };

    private static JsonNode TextOf(IOpenApiSchema schema, string name, string owner) => schema.Format switch
    {
        "date-time" => name.StartsWith("expires", StringComparison.Ordinal) ? "2027-03-31T15:00:00Z" : Moment,
        "date" => Moment[..10],
        "uri" => "https://hooks.partner.example/mail",
        "uuid" => Thing.ToString(),
        _ when IdOf(name, owner) is { } id => id,
        _ when name == "nextCursor" && owner.StartsWith("Event", StringComparison.Ordinal) => Place,
        _ => Texts.GetValueOrDefault(name, name),
    };

    /// <summary>An id for <c>tenant</c>, <c>messageId</c> and the like, and for <c>id</c> by what it is the id of; null where the name is of something else.</summary>
    private static string? IdOf(string name, string owner)
    {
        var kind = name switch
        {
            "tenant" or "mailbox" or "msp" or "group" => name,
            "id" => KindOf(owner),
            _ when name.EndsWith("Id", StringComparison.Ordinal) => name[..^2],
            _ => null,
        };
        return kind is not null && Enum.TryParse<NodeKind>(kind, ignoreCase: true, out var known) ? GlobalId.Of(known, Thing) : null;
    }

    // 'MailboxAnswer', 'NewMailboxBody' and the segment 'list-entries' name a kind.
    private static string KindOf(string owner)
    {
        var name = string.Concat(owner.Split('-').Select(part => part.Length == 0 ? part : char.ToUpper(part[0], CultureInfo.InvariantCulture) + part[1..]));
        foreach (var suffix in (ReadOnlySpan<string>)["Answer", "Body"])
            if (name.EndsWith(suffix, StringComparison.Ordinal))
                name = name[..^suffix.Length];
        if (name.EndsWith("ies", StringComparison.Ordinal))
            return name[..^3] + "y";
        if (name.EndsWith("xes", StringComparison.Ordinal))
            return name[..^2];
        if (name.EndsWith('s'))
            name = name[..^1];
        return name switch
        {
            "Created" => nameof(NodeKind.Mailbox),
            "Webhook" => nameof(NodeKind.WebhookEndpoint),
            _ => name,
        };
    }

    private static JsonObject Event() => new()
    {
        ["id"] = GlobalId.Of(NodeKind.Event, Thing),
        ["tenant"] = GlobalId.Of(NodeKind.Tenant, Thing),
        ["sequence"] = 106,
        ["kind"] = "delivery.quarantined",
        ["occurredAt"] = Moment,
        ["recordedAt"] = Moment,
        ["messageId"] = GlobalId.Of(NodeKind.Message, Thing),
        ["deliveryId"] = GlobalId.Of(NodeKind.Delivery, Thing),
        ["recipient"] = "keiri@acme.test",
        ["sender"] = "mika@partner.example",
        ["verdict"] = "phishing",
        ["score"] = 83,
        ["cursor"] = Place,
    };
}
