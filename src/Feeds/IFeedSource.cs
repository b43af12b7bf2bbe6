using Platform.Engine.Feeds;

namespace Platform.Feeds;

/// <summary>One source that can be asked about a message.</summary>
internal interface IFeedSource
{
    string Name { get; }

    SourceKind Kind { get; }

    /// <summary>Asking it sends packets; a scan offline leaves it out.</summary>
    bool NeedsNetwork { get; }

    /// <exception cref="FeedException">It gives no answer; the message says why, in words for operators.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    ValueTask<SourceAnswer> AskAsync(FeedQuestions questions, ReadOnlyMemory<byte> message, CancellationToken cancellationToken);
}

/// <param name="Detail">For the status: why it was not asked, how old its data is; empty when there is nothing to say.</param>
internal sealed record SourceAnswer(SourceOutcome Outcome, string Detail, IReadOnlyList<FeedHit> Hits)
{
    public static SourceAnswer NotAsked(string why) => new(SourceOutcome.NotAsked, why, []);

    public static SourceAnswer Of(IReadOnlyList<FeedHit> hits, string detail = "") => new(hits.Count > 0 ? SourceOutcome.Hit : SourceOutcome.NoHit, detail, hits);
}

/// <summary>A source cannot be reached, or says what cannot be read.</summary>
internal sealed class FeedException(string message, Exception? inner = null) : Exception(message, inner);
