using Platform.Engine.Verdicts;
using Platform.Grains.Tests.Support;
using Platform.Scanning;
using Platform.Storage.Messages;

namespace Platform.Grains.Tests.Inspection;

public sealed class ScanWorkerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_wakes_for_a_mail_and_inspects_it()
    {
        await using var host = await FlowHost.StartAsync();
        await host.Scans.StartAsync(Stop);

        var mail = await host.AcceptAsync();

        await Until.TrueAsync(async () => (await host.DeliveryAsync(mail.Deliveries[0])).State == DeliveryState.Queued, "the mail is inspected");
        await host.Scans.StopAsync(Stop);
    }

    [Fact]
    public async Task No_more_scans_run_than_there_are_scanners()
    {
        await using var host = await FlowHost.StartAsync(settings: s => s with { Inspection = s.Inspection with { Concurrency = 3 } });
        List<Guid> deliveries = [];
        for (var i = 0; i < 12; i++)
            deliveries.AddRange((await host.AcceptAsync()).Deliveries);
        await host.Scans.StartAsync(Stop);

        foreach (var delivery in deliveries)
            await Until.TrueAsync(async () => (await host.DeliveryAsync(delivery)).State == DeliveryState.Queued, "all are inspected");

        Assert.InRange(host.Scanners.MostAtATime, 1, 3);
        await host.Scans.StopAsync(Stop);
    }

    [Fact]
    public async Task A_stop_lets_running_scans_finish()
    {
        await using var host = await FlowHost.StartAsync();
        var (started, verdict) = Hold(host);
        await host.Scans.StartAsync(Stop);
        var mail = await host.AcceptAsync();
        await started.Task.WaitAsync(Stop);

        var stopped = host.Scans.StopAsync(Stop);
        verdict.SetResult(ScannerResult.Ok(FakeScanners.Verdict(VerdictKind.Clean)));
        await stopped;

        Assert.Equal(DeliveryState.Queued, (await host.DeliveryAsync(mail.Deliveries[0])).State);
    }

    [Fact]
    public async Task A_stop_without_patience_gives_the_message_back()
    {
        await using var host = await FlowHost.StartAsync();
        var (started, _) = Hold(host);
        await host.Scans.StartAsync(Stop);
        await host.AcceptAsync();
        await started.Task.WaitAsync(Stop);

        await host.Scans.StopAsync(new CancellationToken(canceled: true));

        Assert.Equal(2, (await host.Flow.ClaimScansAsync(1, TimeSpan.FromMinutes(1), Stop)).Single().Attempt);
    }

    [Fact]
    public async Task It_survives_an_outage_of_the_storage()
    {
        await using var host = await FlowHost.StartAsync();
        var outages = 3;
        host.Flow.BeforeClaimScans = () =>
        {
            if (Interlocked.Decrement(ref outages) >= 0)
                throw new IOException("the storage is away");
        };
        await host.Scans.StartAsync(Stop);
        var mail = await host.AcceptAsync();

        await Until.TrueAsync(
            async () =>
            {
                host.Time.Advance(TimeSpan.FromSeconds(1));
                return (await host.DeliveryAsync(mail.Deliveries[0])).State == DeliveryState.Queued;
            },
            "the mail is inspected after the outage");
        await host.Scans.StopAsync(Stop);
    }

    private static (TaskCompletionSource Started, TaskCompletionSource<ScannerResult<Verdict>> Verdict) Hold(FlowHost host)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var verdict = new TaskCompletionSource<ScannerResult<Verdict>>(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Scanners.Scan = (_, token) =>
        {
            started.TrySetResult();
            return verdict.Task.WaitAsync(token);
        };
        return (started, verdict);
    }
}
