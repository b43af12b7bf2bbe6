namespace Platform.Api.GraphQL.Subscriptions;

/// <summary>
/// Holds the source of a subscription back until its receiver has taken what it was given: at most <see cref="Ahead"/> results wait for the
/// wire. A receiver that does not read costs these and no more; what it has not seen stays in the feed.
/// </summary>
internal sealed class SubscriptionFlow : IDisposable
{
    public const int Ahead = 32;

    private readonly SemaphoreSlim _room = new(Ahead);

    /// <summary>Asked by the source before each result.</summary>
    public Task TakeRoomAsync(CancellationToken cancellationToken) => _room.WaitAsync(cancellationToken);

    /// <summary>Said by the transport once a result is on the wire.</summary>
    public void GiveRoom() => _room.Release();

    public void Dispose() => _room.Dispose();
}
