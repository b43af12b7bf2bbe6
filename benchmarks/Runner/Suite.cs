namespace Platform.Benchmarks.Runner;

/// <summary>A named list of benches, run one after another so that none disturbs another; a quick run does not wait for those that may run beside others.</summary>
internal sealed record Suite(string Name, IReadOnlyList<IBench> Benches)
{
    /// <summary>Of those beside others, so many at a time: each has a product of its own, which is to be ready in time.</summary>
    private const int MostBeside = 3;

    /// <returns>True when every figure holds.</returns>
    /// <exception cref="UsageException">A wanted figure is none of this suite.</exception>
    public async Task<bool> RunAsync(BenchContext context, TextWriter output, CancellationToken cancellationToken)
    {
        var only = context.Options.Only;
        var known = Benches.SelectMany(b => b.Figures).ToHashSet();
        if (only.FirstOrDefault(f => !known.Contains(f)) is { } unknown)
            throw new UsageException($"{Name} has no figure '{unknown}'. It has: {string.Join(", ", known)}");

        var allHold = true;
        List<Task<IReadOnlyList<Figure>>> beside = [];
        using var places = new SemaphoreSlim(MostBeside);
        foreach (var bench in Benches.Where(b => only.Count == 0 || b.Figures.Any(only.Contains)))
        {
            if (bench.NeedsQuiet)
                await ReportBesideAsync();
            context.Progress.Say($"{string.Join(", ", bench.Figures)} ...");
            if (context.Options.Quick && bench.MayRunBeside)
                beside.Add(MeasureBesideAsync(bench));
            else
                await ReportAsync(await MeasureAsync(bench, context, cancellationToken));
        }

        await ReportBesideAsync();
        return allHold;

        async Task<IReadOnlyList<Figure>> MeasureBesideAsync(IBench bench)
        {
            await places.WaitAsync(cancellationToken);
            try
            {
                return await MeasureAsync(bench, context, cancellationToken);
            }
            finally
            {
                places.Release();
            }
        }

        async Task ReportBesideAsync()
        {
            foreach (var measuring in beside)
                await ReportAsync(await measuring);
            beside.Clear();
        }

        async Task ReportAsync(IReadOnlyList<Figure> figures)
        {
            foreach (var figure in figures.Where(figure => only.Count == 0 || only.Contains(figure.Id)))
            {
                await output.WriteLineAsync(figure.ToJson());
                await output.FlushAsync(cancellationToken);
                allHold &= figure.Holds;
            }
        }
    }

    // A bench that fails for whatever reason costs its own figures and no other's.
    private static async Task<IReadOnlyList<Figure>> MeasureAsync(IBench bench, BenchContext context, CancellationToken cancellationToken)
    {
        try
        {
            var figures = await bench.MeasureAsync(context, cancellationToken);
            var missing = bench.Figures.Except(figures.Select(f => f.Id)).Select(id => Figure.NotMeasured(id, "the bench gave no such figure"));
            return [.. figures, .. missing];
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            context.Progress.Say($"failed: {e}");
            return [.. bench.Figures.Select(id => Figure.NotMeasured(id, $"{e.GetType().Name}: {e.Message}"))];
        }
    }
}
