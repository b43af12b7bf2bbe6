using Platform.Benchmarks.Runner;
using Platform.Benchmarks.SendGuard.OneEngine;

namespace Platform.Benchmarks.SendGuard;

/// <summary>Mail on its way out is read and judged by the engine that judges what comes in: the walls of the architecture test, on the product as built.</summary>
internal sealed class OneEngineBench : IBench
{
    public IReadOnlyList<string> Figures => ["one-engine"];

    public Task<IReadOnlyList<Figure>> MeasureAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var product = EngineWalls.Product(Path.GetDirectoryName(context.Workspace.ApiAssembly)!);
        var breaches = EngineWalls.Breaches(product);
        foreach (var breach in breaches)
            context.Progress.Say(breach);
        var readings = EngineWalls.ReadingsOfTheEngine(product.Single(path => Path.GetFileName(path) == "Platform.Engine.dll"));
        return Task.FromResult<IReadOnlyList<Figure>>(
        [
            new Figure("one-engine", breaches.Count, $"second parsers or scanners in {product.Count} assemblies", "0", breaches.Count == 0 && readings > 0)
            {
                Detail = $"the engine itself reads by {readings} calls of libraries",
            },
        ]);
    }
}
