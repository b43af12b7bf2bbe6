using System.Globalization;

namespace Platform.Benchmarks.Runner;

/// <summary>Progress for people, on standard error, so that standard output holds figures alone.</summary>
internal sealed class Progress(TextWriter output, TimeProvider clock)
{
    private readonly long start = clock.GetTimestamp();

    public TimeSpan Elapsed => clock.GetElapsedTime(start);

    public void Say(string text) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"[{Elapsed.TotalSeconds,6:F1} s] {text}"));
}
