namespace Platform.Grains.Pressure;

/// <summary>
/// Accepting mail comes before inspecting it: whoever waits with a mail has nobody else to give it to, while an accepted mail
/// is safe and can wait. Pressure is high while mails come in fast and the machine has no processor time left; the scan worker
/// then goes on at a slow step. As soon as either is over, it is back at full speed.
/// </summary>
public sealed class IntakePressure(IProcessorTime processors, TimeProvider clock)
{
    /// <summary>Arrivals a second, for each processor, below which mail is no flood.</summary>
    public const int FloodPerProcessor = 25;

    /// <summary>Share of idle processor time below which the machine is full.</summary>
    public const double FullBelowIdle = 0.20;

    /// <summary>How long a finding stands before the next look.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private long _since = clock.GetTimestamp();
    private ProcessorTimes _times = processors.Read();
    private int _arrivals;
    private bool _high;

    /// <summary>Called for each accepted message. Costs nothing to speak of.</summary>
    public void Arrived() => Interlocked.Increment(ref _arrivals);

    /// <summary>Judged over the last window, which this call may end.</summary>
    public bool IsHigh
    {
        get
        {
            lock (_lock)
            {
                var elapsed = clock.GetElapsedTime(_since);
                if (elapsed < Window)
                    return _high;
                var times = processors.Read();
                var rate = Interlocked.Exchange(ref _arrivals, 0) / elapsed.TotalSeconds;
                _high = rate >= FloodPerProcessor * times.Processors && times.IdleShareSince(_times) < FullBelowIdle;
                _times = times;
                _since = clock.GetTimestamp();
                return _high;
            }
        }
    }
}
