namespace Platform.Benchmarks.Runner;

/// <summary>Measures one thing on the running product and gives the figures it declares.</summary>
internal interface IBench
{
    /// <summary>Ids that <c>--only</c> selects by, and that are reported as not measured when the bench fails.</summary>
    IReadOnlyList<string> Figures { get; }

    /// <summary>It waits more than it works and judges no speed: a quick run goes on with the next benches meanwhile.</summary>
    bool MayRunBeside => false;

    /// <summary>Measures a speed or a size: nothing else may run meanwhile.</summary>
    bool NeedsQuiet => false;

    Task<IReadOnlyList<Figure>> MeasureAsync(BenchContext context, CancellationToken cancellationToken);
}

/// <summary>A program or folder that the measurement needs is not on this machine.</summary>
internal sealed class MissingPartException(string part) : Exception($"{part} is not here; .ci/parts installs what can be installed.");
