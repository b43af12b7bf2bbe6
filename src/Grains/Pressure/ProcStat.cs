using System.Globalization;

namespace Platform.Grains.Pressure;

/// <summary>
/// Reads the first line of Linux's <c>/proc/stat</c> (proc(5)): <c>cpu user nice system idle iowait irq softirq steal ...</c> in ticks.
/// Waiting for a disk does not count as idle: accepting flushes for each mail, and so do deliveries. Other systems tell nothing here.
/// </summary>
internal sealed class ProcStat(string path = "/proc/stat") : IProcessorTime
{
    private const int IdleField = 3;

    /// <summary>Guest time after these is already in user time.</summary>
    private const int Fields = 8;

    public ProcessorTimes Read()
    {
        try
        {
            using var reader = new StreamReader(path);
            return Parse(reader.ReadLine() ?? "");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return Parse("");
        }
    }

    internal static ProcessorTimes Parse(string line)
    {
        var ticks = line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(Fields)
            .Select(text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0)
            .ToList();
        return line.StartsWith("cpu ", StringComparison.Ordinal) && ticks.Count > IdleField
            ? new ProcessorTimes(Environment.ProcessorCount, ticks[IdleField], ticks.Sum())
            : new ProcessorTimes(Environment.ProcessorCount, 0, 0);
    }
}
