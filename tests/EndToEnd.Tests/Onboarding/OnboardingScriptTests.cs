using Platform.Benchmarks.Runner;
using Platform.Benchmarks.Tenants.Onboarding;

namespace Platform.EndToEnd.Tests.Onboarding;

/// <summary>TEN2: the documented script, against a product that has just been installed, a real name server and a mail server of the customer's.</summary>
public sealed class OnboardingScriptTests
{
    [Fact]
    public async Task From_an_empty_folder_to_the_first_scanned_mail_of_a_customer()
    {
        await using var log = new StringWriter();
        var context = new BenchContext(BenchOptions.Parse(["tenants"]), Workspace.Find(), new Progress(log, TimeProvider.System));

        var figure = (await Parts.RequireAsync(() => new OnboardingBench().MeasureAsync(context, TestContext.Current.CancellationToken))).Single();

        Assert.True(figure.Holds, $"{figure.Detail}\n{log}");
    }
}
