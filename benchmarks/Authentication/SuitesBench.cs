using Platform.Benchmarks.Runner;
using Platform.Conformance;
using Platform.Conformance.Dkim;

namespace Platform.Benchmarks.Authentication;

/// <summary>The suites of sender authentication, as <c>conform</c> runs them; dkim-public twice, since its negative tests use short keys.</summary>
internal sealed class SuitesBench : IBench
{
    private static readonly string[] Names =
    [
        "spf-rfc7208", "spf-stalwart", "dkim-public", "dmarc-from", "dmarc-record", "dmarc-verify", "arc-valimail", "arc-valimail-sign", "psl", "spoof-espoofer",
    ];

    public IReadOnlyList<string> Figures => ["suites", "dkim-long-keys"];

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var runner = new SuiteRunner(SuiteFormats.All);
        List<SuiteReport> reports = [];
        foreach (var name in Names)
        {
            reports.Add(await runner.RunAsync(context.Workspace.SharedPath($"suites/{name}"), cancellationToken));
            Tell(context, reports[^1]);
        }

        var lowered = new SuiteRunner([new DkimSuiteFormat(minimumRsaBits: 1)]);
        var shortKeys = await lowered.RunAsync(context.Workspace.SharedPath("suites/dkim-public"), cancellationToken);
        Tell(context, shortKeys);
        return
        [
            new Figure("suites", reports.Sum(r => r.Failed), $"failures of {reports.Sum(r => r.Cases - r.Interpretive)} cases", "0", reports.All(r => r.Failed == 0))
            {
                Detail = string.Join(", ", reports.Select(r => $"{r.Suite} {r.Passed} of {r.Cases - r.Interpretive}")),
            },
            new Figure("dkim-long-keys", shortKeys.Failed, $"failures of {shortKeys.Cases - shortKeys.Interpretive} cases", "0", shortKeys.Failed == 0),
        ];
    }

    internal static void Tell(BenchContext context, SuiteReport report)
    {
        foreach (var (id, detail) in report.Details)
            context.Progress.Say($"{report.Suite} {id}: {detail}");
    }
}
