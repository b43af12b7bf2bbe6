using System.Net.Sockets;
using Platform.Engine.Feeds;

namespace Platform.Feeds;

/// <summary>
/// A source behind a time limit and a breaker: after three failures in a row it is left alone for half a minute, so that mail does
/// not wait for one that is down; then one question tries it out.
/// </summary>
internal sealed class GuardedSource(IFeedSource source, bool online, TimeSpan patience, TimeProvider clock)
{
    private const int FailuresToOpen = 3;
    private static readonly TimeSpan s_rest = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private int _failures;
    private long _openedAt;
    private string _reason = "";
    private bool _wasDown;

    public string Name => source.Name;

    public SourceKind Kind => source.Kind;

    public async Task<SourceAnswer> AskAsync(FeedQuestions questions, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        if (source.NeedsNetwork && !online)
            return SourceAnswer.NotAsked("offline");
        if (Resting() is { } reason)
            return new SourceAnswer(SourceOutcome.Failed, $"left alone for a while: {reason}", []);

        using var end = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(end.Token, cancellationToken);
        try
        {
            var answer = await source.AskAsync(questions, message, either.Token).ConfigureAwait(false);
            Succeeded();
            return answer;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed("no answer in time");
        }
        catch (Exception exception) when (exception is FeedException or IOException or SocketException)
        {
            return Failed(exception.Message);
        }
    }

    /// <summary>True once each time the source goes down or comes back.</summary>
    public bool HasTurned(SourceOutcome outcome)
    {
        if (outcome == SourceOutcome.NotAsked)
            return false;
        lock (_gate)
        {
            var isDown = outcome == SourceOutcome.Failed;
            var turned = isDown != _wasDown;
            _wasDown = isDown;
            return turned;
        }
    }

    private string? Resting()
    {
        lock (_gate)
        {
            if (_failures < FailuresToOpen)
                return null;
            if (clock.GetElapsedTime(_openedAt) < s_rest)
                return _reason;
            // One question tries it out; the others go on without until it is answered.
            _openedAt = clock.GetTimestamp();
            return null;
        }
    }

    private void Succeeded()
    {
        lock (_gate)
            _failures = 0;
    }

    private SourceAnswer Failed(string reason)
    {
        lock (_gate)
        {
            _failures++;
            _reason = reason;
            if (_failures >= FailuresToOpen)
                _openedAt = clock.GetTimestamp();
        }

        return new SourceAnswer(SourceOutcome.Failed, reason, []);
    }
}
