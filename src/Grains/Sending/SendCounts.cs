using Platform.Storage.Sending;

namespace Platform.Grains.Sending;

/// <summary>
/// Exact counts of the last minute, hour and day, in memory. What is sent within a second is kept as one, and leaves a window with the last
/// of that second: a sum may be late by a second to go down, never early.
/// </summary>
internal sealed class SendCounts
{
    private static readonly TimeSpan[] s_lengths = [TimeSpan.FromMinutes(1), TimeSpan.FromHours(1), TimeSpan.FromDays(1)];

    private readonly Window[] _windows = [new(), new(), new()];
    private Second? _latest;

    public static TimeSpan Longest => s_lengths[^1];

    public static TimeSpan LengthOf(SendPeriod period) => s_lengths[(int)period];

    /// <param name="sent">Oldest first.</param>
    public static SendCounts Of(IReadOnlyList<SentCount> sent)
    {
        var counts = new SendCounts();
        foreach (var one in sent)
            counts.Add(new SendLoad(one.Messages, one.Inside, one.Outside, one.New), one.At);
        return counts;
    }

    /// <summary>The sum of a window that ends now.</summary>
    public SendLoad Sum(SendPeriod period, DateTimeOffset now)
    {
        var window = _windows[(int)period];
        while (window.Seconds.TryPeek(out var oldest) && oldest.Ends + s_lengths[(int)period] <= now)
        {
            window.Seconds.Dequeue();
            window.Sum -= oldest.Load;
        }

        return window.Sum;
    }

    /// <summary>The first limit that this much more would exceed.</summary>
    public SendLimit? Exceeded(IReadOnlyList<SendLimit> limits, SendLoad more, DateTimeOffset now) =>
        limits.FirstOrDefault(limit => more.Of(limit.Measure) > 0 && (long)Sum(limit.Period, now).Of(limit.Measure) + more.Of(limit.Measure) > limit.Most);

    /// <summary>Whether so much is more than the limit by itself, whatever was sent before.</summary>
    public static bool IsAlwaysExceeded(SendLimit limit, SendLoad load) => load.Of(limit.Measure) > limit.Most;

    /// <returns>Where it was counted, to take it back.</returns>
    public Second Add(SendLoad load, DateTimeOffset now)
    {
        // A clock that was set back counts on in the latest second: what was counted must not leave early.
        var ends = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds() + 1);
        if (_latest is null || ends > _latest.Ends)
        {
            _latest = new Second(ends);
            foreach (var window in _windows)
                window.Seconds.Enqueue(_latest);
        }

        Change(_latest, load, now);
        return _latest;
    }

    public void TakeBack(Second second, SendLoad load, DateTimeOffset now) => Change(second, SendLoad.Zero - load, now);

    private void Change(Second second, SendLoad more, DateTimeOffset now)
    {
        foreach (var period in Enum.GetValues<SendPeriod>())
        {
            // First what has left, with what it held until now.
            Sum(period, now);
            if (second.Ends + s_lengths[(int)period] > now)
                _windows[(int)period].Sum += more;
        }

        second.Load += more;
    }

    internal sealed class Second(DateTimeOffset ends)
    {
        public DateTimeOffset Ends => ends;

        public SendLoad Load { get; set; } = SendLoad.Zero;
    }

    private sealed class Window
    {
        public Queue<Second> Seconds { get; } = [];

        public SendLoad Sum { get; set; } = SendLoad.Zero;
    }
}
