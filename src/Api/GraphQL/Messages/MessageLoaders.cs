using System.Collections.Concurrent;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Deliveries;
using Platform.Api.GraphQL.Events;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Model;
using Platform.Storage.Quarantine;

namespace Platform.Api.GraphQL.Messages;

/// <summary>What hangs on messages, fetched for a whole page at once.</summary>
internal sealed class MessageLoaders
{
    private readonly BatchLoader<Guid, IReadOnlyList<DeliveryNode>> _deliveries;
    private readonly BatchLoader<Guid, IReadOnlyList<EventNode>> _events;
    private readonly BatchLoader<Guid, MessageNode?> _messages;
    private readonly BatchLoader<Guid, DeliveryNode?> _delivery;
    private readonly ConcurrentDictionary<(Guid Message, QuarantineRights Right), Lazy<Task<PreviewNode>>> _previews = new();
    private readonly IPlatformDbFactory _databases;
    private readonly CallerContext _caller;
    private readonly MessageContent _content;

    public MessageLoaders(IPlatformDbFactory databases, CallerContext caller, MessageContent content)
    {
        _databases = databases;
        _caller = caller;
        _content = content;
        _deliveries = new(FetchDeliveriesAsync, _ => []);
        _events = new(FetchEventsAsync, _ => []);
        _messages = new(FetchMessagesAsync, _ => null);
        _delivery = new(FetchDeliveryAsync, _ => null);
    }

    public IDataLoaderResult<IReadOnlyList<DeliveryNode>> DeliveriesOf(Guid messageId) => _deliveries.Load(messageId);

    public IDataLoaderResult<IReadOnlyList<EventNode>> EventsOf(Guid messageId) => _events.Load(messageId);

    public IDataLoaderResult<MessageNode?> Message(Guid messageId) => _messages.Load(messageId);

    public IDataLoaderResult<DeliveryNode?> Delivery(Guid deliveryId) => _delivery.Load(deliveryId);

    /// <summary>Made once a request, however many fields ask: one look, one audit entry. For the owner of a mailbox one for each right that it takes.</summary>
    public Task<PreviewNode> PreviewOf(Guid messageId, QuarantineRights right, string? reason, CancellationToken cancellationToken) =>
        _previews.GetOrAdd((messageId, _caller.Current.Scope.IsWhole ? QuarantineRights.Preview : right), look => new Lazy<Task<PreviewNode>>(async () =>
            new PreviewNode(await _content.PreviewAsync(_caller.Current.Scope, look.Message, look.Right, reason, cancellationToken)))).Value;

    private async Task<IReadOnlyDictionary<Guid, IReadOnlyList<DeliveryNode>>> FetchDeliveriesAsync(IReadOnlyCollection<Guid> messages, CancellationToken cancellationToken)
    {
        await using var db = _databases.Open(_caller.Current.Scope);
        var rows = await db.Deliveries.AsNoTracking().Where(row => messages.Contains(row.MessageId)).OrderBy(row => row.Recipient).ToListAsync(cancellationToken);
        return rows.GroupBy(row => row.MessageId).ToDictionary(group => group.Key, group => (IReadOnlyList<DeliveryNode>)[.. group.Select(row => new DeliveryNode(row))]);
    }

    private async Task<IReadOnlyDictionary<Guid, DeliveryNode?>> FetchDeliveryAsync(IReadOnlyCollection<Guid> deliveries, CancellationToken cancellationToken)
    {
        await using var db = _databases.Open(_caller.Current.Scope);
        return await db.Deliveries.AsNoTracking().Where(row => deliveries.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => (DeliveryNode?)new DeliveryNode(row), cancellationToken);
    }

    private async Task<IReadOnlyDictionary<Guid, IReadOnlyList<EventNode>>> FetchEventsAsync(IReadOnlyCollection<Guid> messages, CancellationToken cancellationToken)
    {
        await using var db = _databases.Open(_caller.Current.Scope);
        var rows = await db.Events.AsNoTracking().Where(row => row.MessageId != null && messages.Contains(row.MessageId.Value)).OrderBy(row => row.Sequence).ToListAsync(cancellationToken);
        return rows.GroupBy(row => row.MessageId!.Value).ToDictionary(group => group.Key, group => (IReadOnlyList<EventNode>)[.. group.Select(EventNode.Of)]);
    }

    private async Task<IReadOnlyDictionary<Guid, MessageNode?>> FetchMessagesAsync(IReadOnlyCollection<Guid> messages, CancellationToken cancellationToken)
    {
        await using var db = _databases.Open(_caller.Current.Scope);
        return await db.Messages.AsNoTracking().Where(row => messages.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => (MessageNode?)new MessageNode(row), cancellationToken);
    }
}
