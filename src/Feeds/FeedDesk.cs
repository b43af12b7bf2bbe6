using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Platform.Engine.Feeds;

namespace Platform.Feeds;

/// <summary>Asks all sources at once, each within its time and behind its own breaker, and gathers what they say.</summary>
public sealed partial class FeedDesk : IFeeds, IDisposable
{
    private readonly IReadOnlyList<GuardedSource> _sources;
    private readonly ILogger _logger;
    private readonly Meter _meter = new("Platform.Feeds");
    private readonly Counter<long> _answers;

    /// <param name="online">False: what needs the network is not asked, and says so.</param>
    internal FeedDesk(IEnumerable<IFeedSource> sources, bool online, TimeSpan patience, TimeProvider clock, ILogger logger)
    {
        _logger = logger;
        _sources = [.. sources.Select(source => new GuardedSource(source, online, patience, clock))];
        _answers = _meter.CreateCounter<long>("platform.feeds.answers", description: "Answers of antivirus, feeds and lists by source and outcome.");
    }

    public async ValueTask<FeedAnswers> AskAsync(FeedQuestions questions, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(questions);
        if (_sources.Count == 0)
            return FeedAnswers.Empty;
        var answers = await Task.WhenAll(_sources.Select(source => source.AskAsync(questions, message, cancellationToken))).ConfigureAwait(false);
        for (var index = 0; index < answers.Length; index++)
            Note(_sources[index], answers[index]);
        return new FeedAnswers(
            [.. answers.Select((answer, index) => new SourceStatus(_sources[index].Name, _sources[index].Kind, answer.Outcome, answer.Detail))],
            [.. answers.SelectMany(answer => answer.Hits)]).Bounded();
    }

    public void Dispose() => _meter.Dispose();

    private void Note(GuardedSource source, SourceAnswer answer)
    {
        _answers.Add(1, new("source", source.Name), new("outcome", SourceStatus.WireName(answer.Outcome)));
        if (source.HasTurned(answer.Outcome))
        {
            if (answer.Outcome == SourceOutcome.Failed)
                LogDown(source.Name, answer.Detail);
            else
                LogUp(source.Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The source {Source} gives no answer: {Detail}. Mail goes on without it.")]
    private partial void LogDown(string source, string detail);

    [LoggerMessage(Level = LogLevel.Information, Message = "The source {Source} answers again.")]
    private partial void LogUp(string source);
}
