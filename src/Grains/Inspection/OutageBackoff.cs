namespace Platform.Grains.Inspection;

/// <summary>Waits of a worker while the storage is away: 1 s, doubling to 30 s.</summary>
internal sealed class OutageBackoff(TimeProvider clock)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private TimeSpan _next = First;

    public void Over() => _next = First;

    public Task WaitAsync(CancellationToken cancellationToken)
    {
        var wait = _next;
        _next = _next * 2 < Longest ? _next * 2 : Longest;
        return Task.Delay(wait, clock, cancellationToken);
    }
}
