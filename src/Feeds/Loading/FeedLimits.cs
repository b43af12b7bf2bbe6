namespace Platform.Feeds.Loading;

/// <summary>What is taken of a feed at most. A feed is somebody else's, and may be anything.</summary>
internal sealed record FeedLimits
{
    public static FeedLimits Default { get; } = new();

    /// <summary>Bytes of one file or answer.</summary>
    public long MaxBytes { get; init; } = 256L * 1024 * 1024;

    public int MaxIndicators { get; init; } = 5_000_000;

    /// <summary>Events of a MISP feed, pages of a TAXII collection.</summary>
    public int MaxPages { get; init; } = 10_000;
}
