using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Authentication;

/// <summary>Public members of the rooms of standards whose documentation names no standard and section.</summary>
internal sealed class ReferencesBench : IBench
{
    public IReadOnlyList<string> Figures => ["references"];

    public Task<IReadOnlyList<Figure>> MeasureAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var (members, without) = StandardReferences.Check();
        foreach (var member in without)
            context.Progress.Say($"no reference: {member}");
        return Task.FromResult<IReadOnlyList<Figure>>(
            [new Figure("references", without.Count, $"members without a reference, of {members}", "0", members > 0 && without.Count == 0)]);
    }
}
