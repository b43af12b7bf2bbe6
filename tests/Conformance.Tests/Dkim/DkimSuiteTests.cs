using Platform.Conformance.Dkim;

namespace Platform.Conformance.Tests.Dkim;

public sealed class DkimSuiteTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(null)]
    [InlineData(512)]
    public async Task No_case_of_the_public_vectors_fails(int? minimumRsaBits)
    {
        var runner = new SuiteRunner([new DkimSuiteFormat(minimumRsaBits)]);
        var report = await runner.RunAsync(Parts.SharedFolder("suites/dkim-public"), TestContext.Current.CancellationToken);
        output.WriteLine($"{report.Suite}, shortest key {(minimumRsaBits is null ? "by RFC 8301" : $"{minimumRsaBits} bits")}: {report.Passed} of {report.Cases}, {report.Interpretive} interpretive");
        foreach (var (id, detail) in report.Details)
            output.WriteLine($"{id}: {detail}");
        Assert.Empty(report.Details);
    }
}
