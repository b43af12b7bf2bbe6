namespace Platform.Engine.Behaviour;

/// <summary>
/// What all emulation of one mail may still spend, in steps and octets and never in time: the same mail must come to the same
/// verdict on a slow machine.
/// </summary>
/// <param name="steps">Fewer only where a parser of hostile input is tried.</param>
internal sealed class EmulationBudget(long steps = EmulationBudget.Steps)
{
    private const long Steps = 3_000_000;
    private const long LongText = 64 * 1024;
    private const long Output = 16 * 1024 * 1024;

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private long _steps = steps;
    private long _output = Output;

    /// <summary>Something was cut short for want of budget.</summary>
    public bool Exhausted { get; private set; }

    /// <summary>One step is a statement, call or operation of the emulated language.</summary>
    public bool TakeSteps(long taken)
    {
        // What is counted may have overflowed in the counting: nothing is ever given back.
        _steps -= taken < 0 ? long.MaxValue / 4 : taken;
        Exhausted |= _steps < 0;
        return _steps >= 0;
    }

    /// <summary>Something was cut short for another reason: nested too deep, too much memory at once.</summary>
    public void MarkCut() => Exhausted = true;

    /// <summary>False for a text that this mail's emulation has been asked about before.</summary>
    public bool FirstTime(string text) => _seen.Add(text);

    /// <summary>Copying a text costs steps; long ones cost far more, so that what only grows comes to its end early.</summary>
    public bool TakeCopy(long length) => TakeSteps(length / (length > LongText ? 8 : 64));

    public long StepsLeft => Math.Max(0, _steps);

    /// <summary>Octets or characters that emulated code builds or hands over.</summary>
    public bool TakeOutput(long length)
    {
        _output -= length < 0 ? long.MaxValue / 4 : length;
        Exhausted |= _output < 0;
        return _output >= 0;
    }
}
