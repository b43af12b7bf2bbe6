using Platform.Benchmarks.Runner;
using Platform.Conformance;

namespace Platform.Benchmarks.Authentication;

/// <summary>Messages made to be read in two ways, and malformed ones that other libraries have a tree for.</summary>
internal sealed class StructureSuitesBench : IBench
{
    private const double Agreement = 0.97;

    public IReadOnlyList<string> Figures => ["noxxi", "mime-trees"];

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var runner = new SuiteRunner(SuiteFormats.All);
        var evasions = await RunAsync("mime-noxxi");
        var mailparser = await RunAsync("mime-mailparser");
        var mime4j = await RunAsync("mime-mime4j");
        double[] shares = [Share(mailparser), Share(mime4j)];
        return
        [
            new Figure("noxxi", evasions.Passed, $"cases right of {evasions.Cases - evasions.Interpretive}", "all", evasions.Failed == 0),
            new Figure("mime-trees", Math.Round(shares.Min(), 3), "lower share of agreement", $"at least {Agreement} in each", shares.Min() >= Agreement)
            {
                Detail = $"mime-mailparser {mailparser.Passed} of {mailparser.Cases - mailparser.Interpretive}, mime-mime4j {mime4j.Passed} of {mime4j.Cases - mime4j.Interpretive}",
            },
        ];

        async Task<SuiteReport> RunAsync(string name)
        {
            var report = await runner.RunAsync(context.Workspace.SharedPath($"suites/{name}"), cancellationToken);
            SuitesBench.Tell(context, report);
            return report;
        }
    }

    private static double Share(SuiteReport report) => (double)report.Passed / (report.Cases - report.Interpretive);
}
