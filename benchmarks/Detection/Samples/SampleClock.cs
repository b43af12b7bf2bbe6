namespace Platform.Benchmarks.Detection.Samples;

/// <summary>The hour at which samples are sent and scanned, so that the same seed gives the same verdicts on any day.</summary>
internal static class SampleClock
{
    public static DateTimeOffset Now { get; } = new(2026, 11, 24, 9, 30, 0, TimeSpan.Zero);
}
