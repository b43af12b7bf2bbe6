using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Grains.Work;
using Platform.Storage.Sending;

namespace Platform.Grains.Sending;

/// <summary>Ends blocks when their time has come and tells of it. A block holds until then and no longer also where no worker runs.</summary>
internal sealed partial class SendBlockWorker(ISendBlocks blocks, TimeProvider clock, ILogger<SendBlockWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(10);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => WorkLoop.RunAsync(RoundAsync, LogTrouble, clock, stoppingToken);

    private async Task RoundAsync(CancellationToken cancellationToken)
    {
        if (await blocks.ExpireAsync(cancellationToken) == 0)
            await Task.Delay(Poll, clock, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Ending blocks of sending met trouble; it is tried again.")]
    private partial void LogTrouble(Exception exception);
}
