using System.ComponentModel;
using Platform.Api.GraphQL.Deliveries;
using Platform.Api.GraphQL.Events;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Events;
using Platform.Storage.Messages;
using Platform.Storage.Model;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Subscriptions;

[Named("RecordedEvent")]
[Requires(Permissions.EventsRead)]
[Description("An event and its place in the feed.")]
internal sealed class RecordedEventNode(FeedEvent feedEvent, string cursor)
{
    [Description("The event.")]
    public EventNode Event { get; } = new(feedEvent);

    [Description("Its place: go on behind it by 'after', here, on 'events' or on REST.")]
    public string Cursor { get; } = cursor;
}

[Named("ChangedDelivery")]
[Requires(Permissions.MessagesRead)]
[Description("A delivery that moved.")]
internal sealed class ChangedDeliveryNode(DeliveryRow row, FeedEvent feedEvent, string cursor)
{
    [Description("The delivery as it is now.")]
    public DeliveryNode Delivery { get; } = new(row);

    [Description("What happened: 'delivery.quarantined'.")]
    public string Kind { get; } = feedEvent.Kind;

    [Description("When it happened.")]
    public DateTimeOffset OccurredAt { get; } = feedEvent.OccurredAt;

    [Description("Place of the move: go on behind it by 'after'.")]
    public string Cursor { get; } = cursor;
}

[Description("Which deliveries. All that is given must hold.")]
internal sealed record DeliveryChangedFilter
{
    [Description("In one of these states.")]
    public IReadOnlyList<DeliveryState>? States { get; init; }

    [Description("To this address, case not regarded.")]
    public string? Mailbox { get; init; }

    public bool Takes(DeliveryRow row) =>
        (States is null || States.Contains(row.State)) && (Mailbox is null || string.Equals(Mailbox, row.Recipient, StringComparison.OrdinalIgnoreCase));
}
