using Platform.Conformance.Arc;

namespace Platform.Conformance.Tests.Arc;

public sealed class ArcSuiteTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("arc-valimail")]
    [InlineData("arc-valimail-sign")]
    public async Task No_case_fails(string suite)
    {
        var runner = new SuiteRunner([new ArcValidateSuiteFormat(), new ArcSignSuiteFormat()]);
        var report = await runner.RunAsync(Parts.SharedFolder(Path.Combine("suites", suite)), TestContext.Current.CancellationToken);
        output.WriteLine($"{report.Suite}: {report.Passed} of {report.Cases}");
        foreach (var (id, detail) in report.Details)
            output.WriteLine($"{id}: {detail}");
        Assert.Empty(report.Details);
    }
}
