namespace Platform.Grains.Pressure;

/// <summary>Processor time of the whole machine since it started.</summary>
public interface IProcessorTime
{
    ProcessorTimes Read();
}

/// <param name="Idle">Time in which a processor had nothing to do, in any unit.</param>
/// <param name="Total">All time, in the same unit; 0 when the system does not tell.</param>
public readonly record struct ProcessorTimes(int Processors, long Idle, long Total)
{
    /// <summary>0 to 1; 1 when nothing is known, so that an unknown machine never counts as full.</summary>
    public double IdleShareSince(ProcessorTimes earlier) =>
        Total > earlier.Total ? (double)(Idle - earlier.Idle) / (Total - earlier.Total) : 1;
}
