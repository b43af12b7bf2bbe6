namespace Platform.Engine.Mail;

/// <summary>
/// How long something has gone on. By the clock of the machine it is the time on the wall or that of the processor, whichever is
/// less: on a busy machine the wall's runs for others too, and the same mail must come to the same verdict there. A clock that is
/// given instead is taken at its word.
/// </summary>
internal sealed class SpentTime(TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();
    private readonly TimeSpan _before = Environment.CpuUsage.TotalTime;

    public TimeSpan Value
    {
        get
        {
            var onWall = time.GetElapsedTime(_started);
            if (time != TimeProvider.System)
                return onWall;
            var ofProcessor = Environment.CpuUsage.TotalTime - _before;
            return ofProcessor < onWall ? ofProcessor : onWall;
        }
    }
}
