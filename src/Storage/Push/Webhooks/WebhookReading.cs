using Microsoft.EntityFrameworkCore;
using Platform.Storage.Model;
using Platform.Storage.Scopes;

namespace Platform.Storage.Push.Webhooks;

/// <summary>Webhooks as people see them: endpoints, how far behind they are, and the log.</summary>
public interface IWebhookReading
{
    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<WebhookView>> PageAsync(Scope scope, (DateTimeOffset Time, Guid Id)? after, int count, CancellationToken cancellationToken);

    Task<int> CountAsync(Scope scope, CancellationToken cancellationToken);

    /// <summary>Null when it is unknown or out of reach.</summary>
    Task<WebhookView?> FindAsync(Scope scope, Guid id, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<WebhookDeliveryRow>> DeliveriesAsync(Scope scope, WebhookDeliveryQuery query, (DateTimeOffset Time, Guid Id)? after, int count, CancellationToken cancellationToken);

    Task<int> CountDeliveriesAsync(Scope scope, WebhookDeliveryQuery query, CancellationToken cancellationToken);

    /// <summary>Null when it is unknown or out of reach.</summary>
    Task<WebhookDeliveryRow?> FindDeliveryAsync(Scope scope, Guid id, CancellationToken cancellationToken);

    /// <summary>Tries by delivery, oldest first.</summary>
    Task<IReadOnlyDictionary<Guid, IReadOnlyList<WebhookAttemptRow>>> AttemptsAsync(Scope scope, IReadOnlyCollection<Guid> deliveries, CancellationToken cancellationToken);
}

/// <param name="EndpointId">Null: all in reach.</param>
/// <param name="State">Null: all.</param>
public sealed record WebhookDeliveryQuery(Guid? EndpointId = null, WebhookDeliveryState? State = null);

/// <param name="Waiting">Events of the feed that it has not come to, of whatever kind, and deliveries that wait.</param>
/// <param name="Dead">Deliveries on the dead-letter list.</param>
public sealed record WebhookView(WebhookEndpointRow Row, long Waiting, int Dead);

internal sealed class WebhookReading(IPlatformDbFactory databases) : IWebhookReading
{
    public async Task<IReadOnlyList<WebhookView>> PageAsync(Scope scope, (DateTimeOffset Time, Guid Id)? after, int count, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.PushRead);
        await using var db = databases.Open(scope);
        var endpoints = db.WebhookEndpoints.AsNoTracking();
        return await ViewsAsync(db, await endpoints.NewestFirst(row => row.CreatedAt, after).Take(count).ToListAsync(cancellationToken), cancellationToken);
    }

    public async Task<int> CountAsync(Scope scope, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.PushRead);
        await using var db = databases.Open(scope);
        return await db.WebhookEndpoints.CountAsync(cancellationToken);
    }

    public async Task<WebhookView?> FindAsync(Scope scope, Guid id, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.PushRead);
        await using var db = databases.Open(scope);
        return (await ViewsAsync(db, await db.WebhookEndpoints.AsNoTracking().Where(row => row.Id == id).ToListAsync(cancellationToken), cancellationToken)).SingleOrDefault();
    }

    public async Task<IReadOnlyList<WebhookDeliveryRow>> DeliveriesAsync(Scope scope, WebhookDeliveryQuery query, (DateTimeOffset Time, Guid Id)? after, int count, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.PushRead);
        await using var db = databases.Open(scope);
        var deliveries = Matching(db, query);
        return await deliveries.NewestFirst(row => row.CreatedAt, after).Take(count).ToListAsync(cancellationToken);
    }

    public async Task<int> CountDeliveriesAsync(Scope scope, WebhookDeliveryQuery query, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.PushRead);
        await using var db = databases.Open(scope);
        return await Matching(db, query).CountAsync(cancellationToken);
    }

    public async Task<WebhookDeliveryRow?> FindDeliveryAsync(Scope scope, Guid id, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.PushRead);
        await using var db = databases.Open(scope);
        return await db.WebhookDeliveries.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
    }

    public async Task<IReadOnlyDictionary<Guid, IReadOnlyList<WebhookAttemptRow>>> AttemptsAsync(Scope scope, IReadOnlyCollection<Guid> deliveries, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.PushRead);
        await using var db = databases.Open(scope);
        var rows = await db.WebhookAttempts.AsNoTracking().Where(row => deliveries.Contains(row.DeliveryId)).OrderBy(row => row.At).ThenBy(row => row.Number).ToListAsync(cancellationToken);
        return rows.GroupBy(row => row.DeliveryId).ToDictionary(group => group.Key, group => (IReadOnlyList<WebhookAttemptRow>)[.. group]);
    }

    private static IQueryable<WebhookDeliveryRow> Matching(PlatformDb db, WebhookDeliveryQuery query)
    {
        var deliveries = db.WebhookDeliveries.AsNoTracking();
        if (query.EndpointId is { } endpoint)
            deliveries = deliveries.Where(row => row.EndpointId == endpoint);
        return query.State is { } state ? deliveries.Where(row => row.State == state) : deliveries;
    }

    /// <summary>What is counted is counted for all of a page at once.</summary>
    private static async Task<IReadOnlyList<WebhookView>> ViewsAsync(PlatformDb db, List<WebhookEndpointRow> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
            return [];
        var ids = rows.Select(row => row.Id).ToArray();
        var counts = await db.WebhookDeliveries.Where(row => ids.Contains(row.EndpointId) && row.State != WebhookDeliveryState.Delivered)
            .GroupBy(row => new { row.EndpointId, row.State })
            .Select(group => new { group.Key.EndpointId, group.Key.State, Count = group.Count() })
            .ToListAsync(cancellationToken);
        var last = await PushProgress.LastAsync(db, [.. rows.Select(row => row.OwnerId).Distinct()], cancellationToken);
        return [.. rows.Select(row => new WebhookView(row, Math.Max(0, last.GetValueOrDefault(row.OwnerId) - row.Position) + Count(row, WebhookDeliveryState.Pending), Count(row, WebhookDeliveryState.Dead)))];

        int Count(WebhookEndpointRow row, WebhookDeliveryState state) => counts.Find(count => count.EndpointId == row.Id && count.State == state)?.Count ?? 0;
    }
}
