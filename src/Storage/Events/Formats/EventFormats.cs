using System.Text.Json;

namespace Platform.Storage.Events.Formats;

/// <summary>An event in one of the forms: a pure function from event to JSON, for the feed and for whatever pushes events.</summary>
public static class EventFormats
{
    /// <summary>The names of <see cref="Find"/>, for messages.</summary>
    public const string Names = "'ecs', 'ocsf', 'asim'";

    /// <summary>By the name in a query; null when there is no such form.</summary>
    public static EventFormat? Find(string? name) => name switch
    {
        null or "" => EventFormat.Native,
        "ecs" => EventFormat.Ecs,
        "ocsf" => EventFormat.Ocsf,
        "asim" => EventFormat.Asim,
        _ => null,
    };

    /// <param name="cursor">
    /// To go on behind the event; null where there is none to give. It stands where the form keeps what is not its own:
    /// <c>cursor</c>, <c>labels.cursor</c> (ECS), <c>unmapped.cursor</c> (OCSF), <c>AdditionalFields.cursor</c> (ASIM).
    /// </param>
    public static void Write(Utf8JsonWriter json, EventFormat format, FeedEvent feedEvent, string? cursor = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(feedEvent);
        if (format == EventFormat.Native)
        {
            EventJson.Write(json, feedEvent, cursor);
            return;
        }

        using var document = JsonDocument.Parse(feedEvent.Data);
        var told = new ToldEvent(feedEvent, new EventFacts(document.RootElement), cursor);
        switch (format)
        {
            case EventFormat.Ecs:
                EcsFormat.Write(json, told);
                break;
            case EventFormat.Ocsf when told.IsMail:
                OcsfEmailActivity.Write(json, told);
                break;
            case EventFormat.Ocsf when told.IsLogin:
                OcsfAuthentication.Write(json, told);
                break;
            case EventFormat.Ocsf:
                OcsfEntityManagement.Write(json, told);
                break;
            case EventFormat.Asim when told.IsMail:
                AsimEmailEvent.Write(json, told);
                break;
            case EventFormat.Asim when told.IsLogin:
                AsimAuthentication.Write(json, told);
                break;
            case EventFormat.Asim:
                AsimAuditEvent.Write(json, told);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(format), format, "not a form of events");
        }
    }

    /// <summary>The same as UTF-8.</summary>
    public static byte[] ToUtf8(EventFormat format, FeedEvent feedEvent, string? cursor = null)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, EventJson.WriterOptions))
            Write(json, format, feedEvent, cursor);
        return stream.ToArray();
    }
}
