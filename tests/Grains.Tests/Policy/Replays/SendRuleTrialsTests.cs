using Platform.Engine.Conditions;
using Platform.Engine.Verdicts;
using Platform.Grains.Policy.Replays;
using Platform.Grains.Tests.Support;
using Platform.Scanning;
using Platform.Storage.Directory;
using Platform.Storage.Messages;

namespace Platform.Grains.Tests.Policy.Replays;

public sealed class SendRuleTrialsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("recipient.outside", 1)]
    [InlineData("recipients.count > 0", 2)]
    [InlineData("recipient.domain == \"elsewhere.test\"", 0)]
    public async Task It_holds_for_what_mailboxes_sent_and_regards_nothing_that_came_in(string source, int matched)
    {
        await using var host = await FlowHost.StartAsync();
        host.Scanners.Scan = (_, _) => Task.FromResult(ScannerResult.Ok(FakeScanners.Verdict(VerdictKind.Clean) with { Authors = ["info@acme.test"] }));
        await host.QueueAsync();
        foreach (var recipient in new[] { "bob@partner.test", "keiri@acme.test" })
            await host.QueueAsync(new Mail { Mode = IntakeMode.Submission, From = "info@acme.test", Recipients = [recipient] });
        host.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(Condition.TryParse(source, out var condition, out _));

        var tenant = (await host.Get<IRecipientDirectory>().FindTenantAsync(host.Tenant, Stop))!;
        var trial = await host.Get<ISendRuleTrials>().TryAsync(host.Scope, tenant, condition, host.Time.GetUtcNow().AddDays(-1), Stop);

        Assert.Equal((2, matched), (trial.Examined, trial.Matched));
    }
}
