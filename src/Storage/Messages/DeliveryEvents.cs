using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Platform.Engine.Authentication;
using Platform.Engine.Verdicts;
using Platform.Storage.Events;
using Platform.Storage.Rules;
using Platform.Storage.Tracking;
using Platform.Storage.Transactions;

namespace Platform.Storage.Messages;

/// <summary>
/// The event of one move of one delivery: which kind, and its fields by our names. From the verdict on each event tells the whole
/// message, so that it needs no other to be understood. Lists are cut to a few entries with their true total, and fewer where
/// they are long, so that an event stays below the 20 kB that a webhook may carry.
/// </summary>
internal static class DeliveryEvents
{
    private const int MaxListed = 10;

    /// <summary>Bytes of an event behind which a list takes no further entry.</summary>
    private const int RoomForLists = 15_000;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string KindOf(DeliveryState state) => state switch
    {
        DeliveryState.Received => EventKinds.Received,
        DeliveryState.Queued => EventKinds.Queued,
        DeliveryState.Delivered => EventKinds.Delivered,
        DeliveryState.Quarantined => EventKinds.Quarantined,
        DeliveryState.Held => EventKinds.Held,
        DeliveryState.Rejected => EventKinds.Rejected,
        DeliveryState.Released => EventKinds.Released,
        DeliveryState.Failed => EventKinds.Failed,
        DeliveryState.Deleted => EventKinds.Deleted,
        DeliveryState.Inspected => EventKinds.Inspected,
        DeliveryState.Waiting => EventKinds.Waiting,
        DeliveryState.AwaitingConfirmation => EventKinds.AwaitingConfirmation,
        DeliveryState.AwaitingApproval => EventKinds.AwaitingApproval,
        DeliveryState.Cancelled => EventKinds.Cancelled,
        DeliveryState.Declined => EventKinds.Declined,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "not a delivery state"),
    };

    public static PendingEvent Of(MessageSummary message, DeliveryMoved moved, DateTimeOffset at) => new(
        message.TenantId,
        moved.Kind ?? KindOf(moved.State),
        at,
        message.Id,
        moved.DeliveryId,
        Data(message, moved))
    {
        Verdict = message.Verdict,
        Direction = message.Direction,
    };

    private static string Data(MessageSummary message, DeliveryMoved moved)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            Write(json, "state", DeliverySql.WireName(moved.State));
            Write(json, "recipient", moved.Recipient);
            Write(json, "action", moved.Action);
            if (moved.Rule is { } rule)
                WriteRule(json, rule);
            Write(json, "reason", moved.Reason);
            Write(json, "status", moved.Status);
            Write(json, "nextHop", moved.NextHop);
            Write(json, "actor", moved.Actor);
            if (moved.Read is { } read)
                WriteRead(json, read);
            WriteMessage(json, message);
            if (moved.Verdict is { } verdict)
                WriteVerdict(json, verdict);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The rule that decided: rule.name and rule.version of ECS.</summary>
    private static void WriteRule(Utf8JsonWriter json, RuleHit rule)
    {
        json.WriteStartObject("rule");
        Write(json, "name", rule.Name);
        json.WriteNumber("revision", rule.Revision);
        Write(json, "from", rule.FromMsp ? "msp" : "tenant");
        Write(json, "held", rule.Held);
        json.WriteEndObject();
    }

    private static void WriteRead(Utf8JsonWriter json, ToldRead read)
    {
        json.WriteStartObject("read");
        json.WriteNumber("count", read.Count);
        json.WriteString("at", read.Open.Open.At);
        Write(json, "reason", read.Open.Reason);
        Write(json, "country", read.Open.Country);
        Write(json, "region", read.Open.Region);
        Write(json, "network", read.Open.Network);
        Write(json, "family", read.Open.Agent.Family);
        Write(json, "system", read.Open.Agent.System);
        Write(json, "device", read.Open.Agent.Device.ToString().ToLowerInvariant());
        json.WriteEndObject();
    }

    private static void WriteMessage(Utf8JsonWriter json, MessageSummary message)
    {
        Write(json, "direction", message.Direction.ToString().ToLowerInvariant());
        Write(json, "mode", message.Mode.ToString().ToLowerInvariant());
        Write(json, "sender", message.Sender);
        json.WriteNumber("size", message.Size);
        Write(json, "clientAddress", message.ClientAddress);
        Write(json, "messageIdHeader", message.MessageIdHeader);
        Write(json, "subject", message.Subject);
        Write(json, "from", message.FromAddress);
        Write(json, "fromName", message.FromName);
        Write(json, "verdict", message.Verdict?.ToString().ToLowerInvariant());
        Write(json, "attackType", message.AttackType is { } type ? AttackTypes.WireName(type) : null);
        if (message.Score is { } score)
            json.WriteNumber("score", score);
        if (message.OriginAddress is null && message.OriginCountry is null)
            return;
        json.WriteStartObject("origin");
        Write(json, "address", message.OriginAddress);
        Write(json, "country", message.OriginCountry);
        json.WriteEndObject();
    }

    private static void WriteVerdict(Utf8JsonWriter json, Verdict verdict)
    {
        if (verdict.Origin.Asn is { } asn)
            json.WriteNumber("originAsn", asn);
        Write(json, "originNetwork", verdict.Origin.Network);
        if (verdict.Authentication is { } authentication)
            WriteAuthentication(json, authentication);
        WriteList(json, "replyTo", verdict.Facts.ReplyTo, static (json, address) => json.WriteStringValue(EventText.Cut(address)));
        WriteList(json, "links", verdict.Facts.Links, static (json, link) => json.WriteStringValue(EventText.Cut(link)));
        WriteList(json, "attachments", verdict.Facts.Attachments, static (json, attachment) =>
        {
            json.WriteStartObject();
            Write(json, "name", attachment.Name);
            Write(json, "type", attachment.Type);
            json.WriteNumber("size", attachment.Size);
            Write(json, "sha256", attachment.Sha256);
            json.WriteEndObject();
        });
        WriteList(json, "reasons", verdict.Reasons, static (json, reason) =>
        {
            json.WriteStartObject();
            Write(json, "id", reason.Id);
            json.WriteNumber("weight", reason.Weight);
            json.WriteEndObject();
        });
    }

    /// <summary>The results by the names of RFC 8601, 2.7; of several signatures one that passes, else the first.</summary>
    private static void WriteAuthentication(Utf8JsonWriter json, AuthenticationFacts facts)
    {
        var signature = facts.Dkim.FirstOrDefault(dkim => dkim.Result == AuthenticationResult.Pass) ?? (facts.Dkim.Count > 0 ? facts.Dkim[0] : null);
        json.WriteStartObject("authentication");
        Write(json, "spf", Name(facts.Spf?.Result));
        Write(json, "spfDomain", facts.Spf?.Domain);
        Write(json, "dkim", Name(signature?.Result ?? AuthenticationResult.None));
        Write(json, "dkimDomain", signature?.Domain);
        Write(json, "dmarc", Name(facts.Dmarc.Result));
        Write(json, "dmarcDomain", facts.Dmarc.Domain);
        Write(json, "dmarcPolicy", facts.Dmarc.Policy?.ToString().ToLowerInvariant());
        Write(json, "arc", Name(facts.Arc.Result));
        json.WriteEndObject();
    }

    private static string? Name(AuthenticationResult? result) => result?.ToString().ToLowerInvariant();

    private static void WriteList<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartObject(name);
        json.WriteNumber("total", items.Count);
        json.WriteStartArray("items");
        var written = 0;
        while (written < Math.Min(items.Count, MaxListed) && json.BytesCommitted + json.BytesPending < RoomForLists)
            write(json, items[written++]);
        json.WriteEndArray();
        json.WriteBoolean("truncated", written < items.Count);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, EventText.Cut(value));
    }
}

/// <summary>One move of one delivery, as far as its event tells it.</summary>
/// <param name="State">The state after the move.</param>
internal sealed record DeliveryMoved(Guid DeliveryId, string Recipient, DeliveryState State)
{
    /// <summary>When the state alone does not name it.</summary>
    public string? Kind { get; init; }
    public string? Action { get; init; }
    public RuleHit? Rule { get; init; }
    public string? Reason { get; init; }
    public string? Status { get; init; }
    public string? NextHop { get; init; }
    public string? Actor { get; init; }

    /// <summary>That a person opened it.</summary>
    public ToldRead? Read { get; init; }

    /// <summary>Null before there is one.</summary>
    public Verdict? Verdict { get; init; }
}
