namespace Platform.Grains.Push.Syslog;

/// <summary>
/// What was written and is not known to have arrived. Syslog has no answer; but the socket is told to break when data stays unconfirmed by
/// the receiver's TCP for <see cref="SyslogSettings.Unconfirmed"/>, so what was written longer ago than that, on a connection that stands,
/// has arrived there.
/// </summary>
internal sealed class SyslogWindow(long position, TimeSpan unconfirmed)
{
    private readonly Queue<(long Through, DateTimeOffset At)> _written = new();

    /// <summary>The place from which a new connection has to go on.</summary>
    public long Confirmed { get; private set; } = position;

    /// <summary>The place up to which was written.</summary>
    public long Written { get; private set; } = position;

    public void Wrote(long through, DateTimeOffset at)
    {
        Written = through;
        _written.Enqueue((through, at));
    }

    /// <summary>The connection stands at this moment.</summary>
    public void Stands(DateTimeOffset now)
    {
        while (_written.TryPeek(out var oldest) && now - oldest.At > unconfirmed)
        {
            Confirmed = oldest.Through;
            _written.Dequeue();
        }
    }
}
