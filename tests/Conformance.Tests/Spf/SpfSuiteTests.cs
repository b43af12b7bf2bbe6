using Platform.Conformance.Spf;

namespace Platform.Conformance.Tests.Spf;

public sealed class SpfSuiteTests
{
    [Theory]
    [InlineData("spf-rfc7208")]
    [InlineData("spf-stalwart")]
    public async Task A_suite_has_no_failure(string suite)
    {
        var folder = Parts.SharedFolder($"suites/{suite}");

        var report = await new SuiteRunner([new SpfSuiteFormat()]).RunAsync(folder, TestContext.Current.CancellationToken);

        Assert.True(report.Passed > 0, "no case was run");
        Assert.True(report.Failed == 0, string.Join('\n', report.Details.Select(detail => $"{detail.Key}: {detail.Value}")));
    }
}
