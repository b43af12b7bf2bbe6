using Platform.Storage.Events;

namespace Platform.Storage.Push.Webhooks;

/// <summary>The work of webhooks: events become deliveries, deliveries are claimed and end. All of it may run in several processes at once.</summary>
public interface IWebhookQueue
{
    /// <summary>Enabled endpoints that are behind their feed.</summary>
    Task<IReadOnlyList<WebhookBacklog>> BehindAsync(CancellationToken cancellationToken);

    /// <summary>Makes deliveries of the next events of the feed. In one transaction with the new position, so none is lost or made twice.</summary>
    /// <returns>False: there was nothing to do, or another process did it.</returns>
    Task<bool> FollowAsync(WebhookBacklog backlog, int count, CancellationToken cancellationToken);

    /// <summary>Enabled endpoints with deliveries that are due.</summary>
    Task<IReadOnlyList<WebhookWork>> DueAsync(CancellationToken cancellationToken);

    /// <summary>Claims deliveries of one endpoint, in the order of their due times and of the feed.</summary>
    Task<IReadOnlyList<WebhookLease>> ClaimAsync(Guid endpointId, int max, TimeSpan lease, CancellationToken cancellationToken);

    /// <returns>False: the lease was lost and nothing was written.</returns>
    Task<bool> CompleteAsync(WebhookLease lease, WebhookResult result, CancellationToken cancellationToken);

    /// <summary>Forgets deliveries that ended before a time, with the log of their attempts, a few hundred at a time.</summary>
    /// <returns>How many were forgotten.</returns>
    Task<int> ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken);
}

/// <param name="Position">Number of the last event taken over.</param>
/// <param name="Pending">Deliveries that wait.</param>
public sealed record WebhookBacklog(Guid EndpointId, PushOwner Owner, string Kinds, long Position, long Last, long Pending);

/// <param name="Failures">Attempts in a row that failed.</param>
public sealed record WebhookWork(Guid EndpointId, PushOwner Owner, int Failures);

/// <summary>A delivery claimed for one try. Its token fences: a worker that lost the lease finds its write refused.</summary>
/// <param name="Attempt">1 for the first.</param>
/// <param name="Event">Null: a test, or the event is no longer kept.</param>
public sealed record WebhookLease(Guid DeliveryId, Guid EndpointId, PushOwner Owner, Guid Token, int Attempt, string Url, string Kind, Guid? EventId, FeedEvent? Event, WebhookKeys Keys, DateTimeOffset QueuedAt);

/// <summary>How one try ended.</summary>
/// <param name="Status">HTTP status; null when there was no answer.</param>
/// <param name="Error">In words; null on success.</param>
/// <param name="Excerpt">The beginning of the answer.</param>
public sealed record WebhookAnswer(int? Status, TimeSpan Latency, string? Error, string? Excerpt);

public abstract record WebhookResult(WebhookAnswer Answer)
{
    public sealed record Delivered(WebhookAnswer Answer) : WebhookResult(Answer);

    public sealed record Deferred(WebhookAnswer Answer, DateTimeOffset DueAt) : WebhookResult(Answer);

    /// <summary>Given up.</summary>
    /// <param name="Gone">The endpoint said that it is no more (410): it is disabled.</param>
    public sealed record Dead(WebhookAnswer Answer, bool Gone = false) : WebhookResult(Answer);

    /// <summary>With a failure: since when nothing may have been taken for the endpoint to stay enabled.</summary>
    public DateTimeOffset? DisableIfFailingSince { get; init; }
}
