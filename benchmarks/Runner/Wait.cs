namespace Platform.Benchmarks.Runner;

/// <summary>Waits for a condition of another process, with a reason when it does not come about.</summary>
internal static class Wait
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <returns>False when the time was up.</returns>
    public static async Task<bool> UntilAsync(TimeSpan limit, Func<Task<bool>> condition, CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(Pause);
        do
        {
            if (await condition())
                return true;
        }
        while (TimeProvider.System.GetElapsedTime(start) < limit && await timer.WaitForNextTickAsync(cancellationToken));
        return false;
    }

    /// <exception cref="TimeoutException">With <paramref name="what"/>.</exception>
    public static async Task ForAsync(string what, TimeSpan limit, Func<Task<bool>> condition, CancellationToken cancellationToken)
    {
        if (!await UntilAsync(limit, condition, cancellationToken))
            throw new TimeoutException($"not within {limit.TotalSeconds:F0} s: {what}");
    }
}
