using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Platform.Grains.Inspection;

/// <summary>Takes sightings off the mail's path and hands them to the history one by one. When it cannot keep up, the newest are lost.</summary>
internal sealed partial class HistoryRecorder(ISenderHistory history, ILogger<HistoryRecorder> logger) : BackgroundService
{
    private const int Waiting = 10_000;

    private readonly Channel<SenderSighting> _sightings = Channel.CreateBounded<SenderSighting>(
        new BoundedChannelOptions(Waiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>Never waits and never throws.</summary>
    public void Note(SenderSighting sighting) => _sightings.Writer.TryWrite(sighting);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var sighting in _sightings.Reader.ReadAllAsync(stoppingToken))
            await RecordAsync(sighting, stoppingToken);
    }

    private async Task RecordAsync(SenderSighting sighting, CancellationToken stoppingToken)
    {
        try
        {
            await history.RecordAsync(sighting, stoppingToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            LogLost(sighting.MessageId, exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The sender of message {MessageId} could not be recorded in the history.")]
    private partial void LogLost(Guid messageId, Exception exception);
}
