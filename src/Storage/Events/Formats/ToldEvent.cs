using System.Net;
using System.Text.Json;
using Platform.Engine.Verdicts;

namespace Platform.Storage.Events.Formats;

/// <summary>An event as the forms read it: what each of them needs by another name.</summary>
internal sealed class ToldEvent(FeedEvent feedEvent, EventFacts facts, string? cursor)
{
    public const string Vendor = "Platform";
    public const string Product = "E-mail inspection platform";

    private const string MailPrefix = "delivery.";

    public FeedEvent Event => feedEvent;

    public EventFacts Facts => facts;

    public string? Cursor => cursor;

    public string Id { get; } = OutwardId.Of(OutwardId.Event, feedEvent.Id);

    public string Tenant { get; } = OutwardId.Of(OutwardId.Tenant, feedEvent.TenantId);

    public string? MessageId { get; } = feedEvent.MessageId is { } id ? OutwardId.Of(OutwardId.Message, id) : null;

    public string? DeliveryId { get; } = feedEvent.DeliveryId is { } id ? OutwardId.Of(OutwardId.Delivery, id) : null;

    /// <summary>About one delivery of one message.</summary>
    public bool IsMail { get; } = feedEvent.Kind.StartsWith(MailPrefix, StringComparison.Ordinal);

    /// <summary>Somebody logged in, or was not let in.</summary>
    public bool IsLogin { get; } = feedEvent.Kind is EventKinds.AccessRefused or EventKinds.LoginFailed or EventKinds.AppPasswordUsed or EventKinds.ConnectorUsed
        or EventKinds.AccountTravelled or EventKinds.AccountSpraying;

    public bool LoginWentWell => feedEvent.Kind is EventKinds.AppPasswordUsed or EventKinds.ConnectorUsed or EventKinds.AccountTravelled;

    /// <summary>The kind without its group: <c>quarantined</c>.</summary>
    public string Move { get; } = feedEvent.Kind[(feedEvent.Kind.IndexOf('.', StringComparison.Ordinal) + 1)..];

    /// <summary>What kind of thing it is about: <c>delivery</c>, <c>policy</c>, <c>rule</c>.</summary>
    public string Group { get; } = feedEvent.Kind.Split('.')[0];

    public VerdictKind? Verdict { get; } = Enum.TryParse<VerdictKind>(facts.Text("verdict"), ignoreCase: true, out var verdict) ? verdict : null;

    public bool IsAttack => Verdict?.IsAttack() == true;

    public long? Score { get; } = facts.Number("score");

    /// <summary>Where the mail came from; null when that is no address.</summary>
    public string? SourceAddress { get; } = Address(facts.Object("origin").Text("address")) ?? Address(facts.Text("clientAddress"));

    public string? Country { get; } = facts.Object("origin").Text("country");

    public IEnumerable<string> ReasonIds => facts.Items("reasons")
        .Select(reason => reason.ValueKind == JsonValueKind.Object && reason.TryGetProperty("id", out var id) ? id.GetString() : null)
        .OfType<string>();

    /// <summary>What it is in one line.</summary>
    public string Sentence => IsMail
        ? $"{feedEvent.Kind}: {facts.Text("verdict") ?? "not inspected yet"}, to {facts.Text("recipient")}"
        : IsLogin ? $"{feedEvent.Kind}: {facts.Text("user") ?? facts.Text("connector") ?? "unknown"}, {facts.Text("service")}, from {SourceAddress}"
        : $"{feedEvent.Kind}: {facts.Text("action") ?? "set"} by {facts.Text("actor")}";

    private static string? Address(string? text) => text is not null && IPAddress.TryParse(text, out _) ? text : null;
}

/// <summary>Members that are left out where there is nothing to write.</summary>
internal static class FormatWriting
{
    public static void WriteText(this Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }

    public static void WriteWhole(this Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
    }

    public static void WriteTexts(this Utf8JsonWriter json, string name, IEnumerable<string?> values)
    {
        var started = false;
        foreach (var value in values)
        {
            if (value is null)
                continue;
            if (!started)
                json.WriteStartArray(name);
            started = true;
            json.WriteStringValue(value);
        }

        if (started)
            json.WriteEndArray();
    }
}
