namespace Platform.Grains.Work;

/// <summary>
/// The loop of a background worker: round after round until the process stops. A round that fails is told of and the next one waits 1 s,
/// doubling to 30 s, so that a worker outlasts an outage of the storage.
/// </summary>
internal static class WorkLoop
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <param name="round">Does what is due; when nothing is, waits for more itself.</param>
    /// <param name="failed">Told of each round that failed.</param>
    public static async Task RunAsync(Func<CancellationToken, Task> round, Action<Exception> failed, TimeProvider clock, CancellationToken stoppingToken)
    {
        var wait = FirstWait;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await round(stoppingToken);
                wait = FirstWait;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                failed(exception);
                await Task.Delay(wait, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
            }
        }
    }
}
