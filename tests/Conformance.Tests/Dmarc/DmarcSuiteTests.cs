namespace Platform.Conformance.Tests.Dmarc;

public sealed class DmarcSuiteTests
{
    [Theory]
    [InlineData("dmarc-from")]
    [InlineData("dmarc-record")]
    [InlineData("dmarc-verify")]
    [InlineData("psl")]
    [InlineData("spoof-espoofer")]
    public async Task No_case_that_the_standard_decides_fails(string suite)
    {
        var folder = Parts.SharedFolder($"suites/{suite}");
        var report = await new SuiteRunner(SuiteFormats.All).RunAsync(folder, TestContext.Current.CancellationToken);
        Assert.Empty(report.Details.Select(detail => $"{detail.Key}: {detail.Value}"));
        Assert.True(report.Passed > 0, "no case was run");
    }
}
