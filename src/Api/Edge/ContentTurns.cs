using System.Threading.RateLimiting;

namespace Platform.Api.Edge;

/// <summary>
/// Requests that hold a whole message in memory take turns, a few at a time for each client, before a byte of it is read:
/// no client fills the memory or the scanner processes that all tenants share.
/// </summary>
internal sealed class ContentTurns : IDisposable
{
    public const int AtATime = 4;
    private const int Waiting = 100;

    private readonly PartitionedRateLimiter<string> _turns = PartitionedRateLimiter.Create<string, string>(
        actor => RateLimitPartition.GetConcurrencyLimiter(actor, _ => new ConcurrencyLimiterOptions { PermitLimit = AtATime, QueueLimit = Waiting }), StringComparer.Ordinal);

    /// <summary>The turn ends when the result is disposed.</summary>
    /// <exception cref="ApiException">Too many wait already.</exception>
    public async ValueTask<IDisposable> TakeAsync(string actor, CancellationToken cancellationToken)
    {
        var turn = await _turns.AcquireAsync(actor, cancellationToken: cancellationToken);
        if (turn.IsAcquired)
            return turn;
        turn.Dispose();
        throw new ApiException(ErrorCodes.RateLimited, "Too many messages of this client are being read at once. Wait for some to end, then repeat. Nothing was lost.", 429);
    }

    public void Dispose() => _turns.Dispose();
}
