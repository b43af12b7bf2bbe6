using Microsoft.Extensions.Logging;
using Platform.Feeds.Lists;

namespace Platform.Feeds.Loading;

/// <summary>One feed, its loader and its copy on disk: what is fetched takes the place of what was there at one stroke, and a failure leaves it.</summary>
internal sealed partial class FeedSubscription(ListSource source, IFeedLoader loader, KeptCopy? kept, TimeSpan refresh, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan s_retry = TimeSpan.FromMinutes(1);

    private FeedContent? _last;

    public ListSource Source => source;

    public bool NeedsNetwork => loader.NeedsNetwork;

    /// <summary>Puts the copy of an earlier run in place.</summary>
    public async Task RestoreAsync(CancellationToken cancellationToken)
    {
        if (kept is null || await kept.ReadAsync(cancellationToken).ConfigureAwait(false) is not { } copy)
            return;
        _last = Remembered(copy.Content);
        source.Put(new IndicatorTable(copy.Content.Indicators), copy.At);
    }

    /// <summary>Fetches once. Never throws but on cancellation.</summary>
    /// <returns>How long to wait before the next time.</returns>
    public async Task<TimeSpan> RefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await loader.LoadAsync(_last, cancellationToken).ConfigureAwait(false) is { } content)
            {
                source.Put(new IndicatorTable(content.Indicators), clock.GetUtcNow());
                _last = Remembered(content);
                LogLoaded(source.Name, content.Indicators.Count);
                if (kept is not null)
                    await kept.WriteAsync(content, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                source.Confirm(clock.GetUtcNow());
            }

            return refresh;
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or OutOfMemoryException))
        {
            // Whatever somebody else publishes, it must not end the refreshing of the others, nor the host with it.
            var why = exception is FeedException or IOException or UnauthorizedAccessException ? exception.Message : exception.GetType().Name;
            source.Fail(why);
            LogFailed(source.Name, why);
            return s_retry < refresh ? s_retry : refresh;
        }
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
            await Task.Delay(await RefreshAsync(cancellationToken).ConfigureAwait(false), clock, cancellationToken).ConfigureAwait(false);
    }

    // A feed that is fetched whole is remembered by its mark alone: the table is what is looked up, and it is compact.
    private FeedContent Remembered(FeedContent content) => loader.Grows ? content : content with { Indicators = [] };

    [LoggerMessage(Level = LogLevel.Information, Message = "The feed {Feed} has {Count} indicators.")]
    private partial void LogLoaded(string feed, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The feed {Feed} could not be refreshed: {Detail}. What it had stays in use.")]
    private partial void LogFailed(string feed, string detail);
}
