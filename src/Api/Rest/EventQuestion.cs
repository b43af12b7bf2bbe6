using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Platform.Api.Edge;
using Platform.Engine;
using Platform.Engine.Verdicts;
using Platform.Storage.Events;
using Platform.Storage.Events.Formats;

namespace Platform.Api.Rest;

/// <summary>The query of <c>GET /v1/events</c>.</summary>
internal sealed record EventQuestion
{
    private const int MaxWait = 30;

    [FromQuery(Name = "after")]
    [Description("Cursor to go on behind; without it, from the oldest event kept.")]
    public string? After { get; init; }

    [FromQuery(Name = "limit")]
    [Description("How many: of a page at most 1,000, of a stream at most 10,000. A stream without it goes on up to the end of the feed.")]
    public int? Limit { get; init; }

    [FromQuery(Name = "kind")]
    [Description("Kinds of events, each by its own parameter; without it, all.")]
    public string[]? Kind { get; init; }

    [FromQuery(Name = "verdict")]
    [Description("Verdicts as the message stood at the event, each by its own parameter: clean, bulk, spam, suspicious, phishing, malware.")]
    public string[]? Verdict { get; init; }

    [FromQuery(Name = "direction")]
    [Description("Which way the mail goes: inbound, outbound, internal.")]
    public string? Direction { get; init; }

    [FromQuery(Name = "mailbox")]
    [Description("With a delivery to this address.")]
    public string? Mailbox { get; init; }

    [FromQuery(Name = "since")]
    [Description("Recorded at this moment or later.")]
    public DateTimeOffset? Since { get; init; }

    [FromQuery(Name = "tenant")]
    [Description("Id of the tenant whose feed it is; without it that of the client's MSP over all its tenants, else of its own tenant.")]
    public string? Tenant { get; init; }

    [FromQuery(Name = "format")]
    [Description("Names of another schema: ecs, ocsf or asim.")]
    public string? Format { get; init; }

    [FromQuery(Name = "wait")]
    [Description("Seconds to wait for an event where there is none yet, at most 30.")]
    public int? Wait { get; init; }

    public EventFilter Filter() => new()
    {
        Kinds = EventReading.Kinds(Kind, "kind"),
        Verdicts = [.. (Verdict ?? []).Select(Name<VerdictKind>("verdict")).Distinct()],
        Direction = Direction is null ? null : Name<MailDirection>("direction")(Direction),
        Mailbox = EventReading.Address(Mailbox, "mailbox"),
        Since = Since,
    };

    public EventFormat Form() => EventFormats.Find(Format) ?? throw ApiException.BadInput("format", $"'format' is one of {EventFormats.Names}.");

    public int? Size(int max) => Limit is null or >= 1 && !(Limit > max) ? Limit : throw ApiException.BadInput("limit", $"'limit' must be from 1 to {max}.");

    public TimeSpan Patience() => Wait is null or (>= 0 and <= MaxWait)
        ? TimeSpan.FromSeconds(Wait ?? 0)
        : throw ApiException.BadInput("wait", $"'wait' is in seconds, from 0 to {MaxWait}.");

    private static Func<string, T> Name<T>(string field)
        where T : struct, Enum =>
        text => Enum.GetNames<T>().Contains(text, StringComparer.OrdinalIgnoreCase) && Enum.TryParse<T>(text, ignoreCase: true, out var value)
            ? value
            : throw ApiException.BadInput(field, $"'{field}' is one of {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}.");
}
