using System.ComponentModel;
using System.Text;
using System.Text.Json;
using GraphQL;
using GraphQL.DataLoader;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Deliveries;
using Platform.Api.GraphQL.Directory;
using Platform.Api.GraphQL.Messages;
using Platform.Api.GraphQL.Nodes;
using Platform.Api.GraphQL.Schema;
using Platform.Engine;
using Platform.Engine.Verdicts;
using Platform.Storage.Events;
using Platform.Storage.Events.Formats;
using Platform.Storage.Messages;
using Platform.Storage.Model;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Events;

[Named("Event")]
[Implements(typeof(INode))]
[Requires(Permissions.EventsRead)]
[Description("One immutable event, of one message and recipient where it is about mail. A later move is a new event.")]
internal sealed class EventNode(FeedEvent feedEvent) : INode
{
    private readonly Lazy<JsonElement> _data = new(() => EventJson.Data(feedEvent));

    internal static EventNode Of(EventRow row) =>
        new(new FeedEvent(row.Id, row.TenantId, row.Sequence, row.Kind, row.OccurredAt, row.RecordedAt, row.MessageId, row.DeliveryId, Encoding.UTF8.GetBytes(row.Data)));

    [Id]
    [Description("Opaque id, unique over the platform; the same on GraphQL, REST and webhooks.")]
    public string Id => GlobalId.Of(NodeKind.Event, feedEvent.Id);

    [Description("Its number in the feed it was read from (the tenant's, or the MSP's), in commit order, without gaps from 1.")]
    public long Sequence => feedEvent.Sequence;

    [Description("What happened: 'delivery.quarantined'.")]
    public string Kind => feedEvent.Kind;

    [Description("When it happened.")]
    public DateTimeOffset OccurredAt => feedEvent.OccurredAt;

    [Description("When it was stored.")]
    public DateTimeOffset RecordedAt => feedEvent.RecordedAt;

    [Id]
    [Description("Id of the tenant.")]
    public string TenantId => GlobalId.Of(NodeKind.Tenant, feedEvent.TenantId);

    [Id]
    [Description("Id of the message; null when it is about none.")]
    public string? MessageId => feedEvent.MessageId is { } id ? GlobalId.Of(NodeKind.Message, id) : null;

    [Id]
    [Description("Id of the delivery; null when it is about none.")]
    public string? DeliveryId => feedEvent.DeliveryId is { } id ? GlobalId.Of(NodeKind.Delivery, id) : null;

    [Description("The fields of the event by the names of the event contract: recipient, sender, subject, verdict, score and so on.")]
    public JsonElement Data => _data.Value;

    [Description("The whole event by the names of another schema.")]
    public JsonElement Formatted([Description("Which schema.")] EventFormat format)
    {
        using var document = JsonDocument.Parse(EventFormats.ToUtf8(format, feedEvent));
        return document.RootElement.Clone();
    }

    [Description("Where the delivery went; null when it is about none.")]
    public DeliveryState? State => EventJson.Enum<DeliveryState>(Data, "state");

    [Description("Address of the recipient.")]
    public string? Recipient => EventJson.Text(Data, "recipient");

    [Description("Reverse-path of the message.")]
    public string? Sender => EventJson.Text(Data, "sender");

    [Description("Subject of the message.")]
    public string? Subject => EventJson.Text(Data, "subject");

    [Description("The Message-ID header.")]
    public string? MessageIdHeader => EventJson.Text(Data, "messageIdHeader");

    [Description("Which way it goes.")]
    public MailDirection? Direction => EventJson.Enum<MailDirection>(Data, "direction");

    [Description("What the inspection said.")]
    public VerdictKind? Verdict => EventJson.Enum<VerdictKind>(Data, "verdict");

    [Description("The leading kind of attack.")]
    public AttackType? AttackType => EventJson.Enum<AttackType>(Data, "attackType");

    [Description("0 to 100.")]
    public int? Score => EventJson.Number(Data, "score");

    [Description("The policy action: 'deliver', 'tag', 'quarantine', 'reject'.")]
    public string? Action => EventJson.Text(Data, "action");

    [Requires(Permissions.MessagesRead)]
    [Description("The message as it is now; null when it is about none, or purged.")]
    public IDataLoaderResult<MessageNode?> Message([FromServices] MessageLoaders loaders) => loaders.Message(feedEvent.MessageId ?? Guid.Empty);

    [Requires(Permissions.MessagesRead)]
    [Description("The delivery as it is now; null when it is about none.")]
    public IDataLoaderResult<DeliveryNode?> Delivery([FromServices] MessageLoaders loaders) => loaders.Delivery(feedEvent.DeliveryId ?? Guid.Empty);

    [Requires(Permissions.DirectoryRead)]
    [Description("The tenant.")]
    public Task<TenantNode?> Tenant([FromServices] TenantLoaders tenants, CancellationToken cancellationToken) => tenants.FindAsync(feedEvent.TenantId, cancellationToken);
}
