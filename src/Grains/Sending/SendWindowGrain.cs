using Microsoft.Extensions.DependencyInjection;
using Platform.Grains.Hosting;
using Platform.Storage.Sending;

namespace Platform.Grains.Sending;

[GrainType("send-window")]
internal sealed class SendWindowGrain(ISendLedger ledger, [FromKeyedServices(SiloHosting.GrainClock)] TimeProvider time) : Grain, ISendWindowGrain
{
    /// <summary>Accepting takes moments. Who has not told by then what became of a message is gone, or the telling is.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Dictionary<Guid, Pending> _pending = [];
    private SendCounts _counts = new();
    private long _epoch;

    public override Task OnActivateAsync(CancellationToken cancellationToken) => OpenAsync(cancellationToken);

    public async Task<SendAnswer> ReserveAsync(SendRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Stale == _epoch)
            await OpenAsync(CancellationToken.None);
        if (_pending.ContainsKey(request.MessageId))
            return new SendAnswer(SendOutcome.Allowed, _epoch, null);

        var now = time.GetUtcNow();
        var exceeded = _counts.Exceeded(request.Limits, request.Load, now);
        if (exceeded is not null && (_pending.Values.Any(pending => pending.At <= now - Patience) || !await ledger.HoldsAsync(SendWindowKey.Parse(this.GetPrimaryKeyString()).Id, _epoch, CancellationToken.None)))
        {
            await OpenAsync(CancellationToken.None);
            exceeded = _counts.Exceeded(request.Limits, request.Load, now);
        }

        if (exceeded is not null)
            return new SendAnswer(_pending.Count > 0 && WouldFitWithout(request, now) ? SendOutcome.Busy : SendOutcome.LimitExceeded, _epoch, exceeded);
        _pending[request.MessageId] = new Pending(_counts.Add(request.Load, now), request.Load, now);
        return new SendAnswer(SendOutcome.Allowed, _epoch, null);
    }

    public Task SettleAsync(Guid messageId, bool accepted)
    {
        if (_pending.Remove(messageId, out var pending) && !accepted)
            _counts.TakeBack(pending.Second, pending.Load, time.GetUtcNow());
        return Task.CompletedTask;
    }

    /// <summary>Whether it depends on what is being accepted this moment, of which some may yet fail.</summary>
    private bool WouldFitWithout(SendRequest request, DateTimeOffset now)
    {
        var pending = _pending.Values.Aggregate(SendLoad.Zero, (sum, one) => sum + one.Load);
        return request.Limits.All(limit => request.Load.Of(limit.Measure) == 0
            || (long)_counts.Sum(limit.Period, now).Of(limit.Measure) - pending.Of(limit.Measure) + request.Load.Of(limit.Measure) <= limit.Most);
    }

    /// <summary>Counts anew from the spool. What the old count let through and was not accepted, is not accepted any more.</summary>
    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        var since = time.GetUtcNow() - SendCounts.Longest - TimeSpan.FromSeconds(1);
        var history = await ledger.OpenAsync(SendWindowKey.Parse(this.GetPrimaryKeyString()), since, cancellationToken);
        (_counts, _epoch) = (SendCounts.Of(history.Sent), history.Epoch);
        _pending.Clear();
    }

    private sealed record Pending(SendCounts.Second Second, SendLoad Load, DateTimeOffset At);
}
