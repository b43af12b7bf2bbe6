using Platform.Feeds.Lists;

namespace Platform.Feeds.Loading;

/// <summary>Fetches a feed from where it lies.</summary>
internal interface IFeedLoader
{
    bool NeedsNetwork { get; }

    /// <summary>It fetches what is new and adds it to what it had.</summary>
    bool Grows => false;

    /// <param name="last">What was fetched last, by this process or one before; null the first time.</param>
    /// <returns>All of the feed as it is now; null when it is the same as the last time.</returns>
    /// <exception cref="FeedException">It cannot be had, or cannot be read.</exception>
    Task<FeedContent?> LoadAsync(FeedContent? last, CancellationToken cancellationToken);
}

/// <param name="Mark">What the loader needs to ask for changes alone: an ETag, a date; one line, empty when there is nothing.</param>
internal sealed record FeedContent(IReadOnlyList<Indicator> Indicators, string Mark);
