using Microsoft.Extensions.Time.Testing;
using Platform.Storage.Messages;

namespace Platform.Storage.Tests.Messages;

public sealed class WorkSignalTests
{
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void A_pulse_before_the_wait_is_kept()
    {
        var signal = new WorkSignal(_time);
        signal.ScansReady();
        Assert.True(signal.WaitScansAsync(TimeSpan.FromHours(1), Ct).IsCompletedSuccessfully);
        Assert.False(signal.WaitScansAsync(TimeSpan.FromHours(1), Ct).IsCompleted);
    }

    [Fact]
    public void A_pulse_of_one_kind_wakes_no_other()
    {
        var signal = new WorkSignal(_time);
        signal.ScansReady();
        Assert.False(signal.WaitRelaysAsync(TimeSpan.FromHours(1), Ct).IsCompleted);
    }

    [Fact]
    public async Task Without_a_pulse_the_wait_ends_with_the_poll()
    {
        var waiting = new WorkSignal(_time).WaitRelaysAsync(TimeSpan.FromSeconds(5), Ct);
        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.False(waiting.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        await waiting.WaitAsync(TimeSpan.FromSeconds(10), Ct);
    }

    [Fact]
    public async Task A_stop_ends_the_wait_with_its_exception()
    {
        using var stop = new CancellationTokenSource();
        var waiting = new WorkSignal(_time).WaitRelaysAsync(TimeSpan.FromHours(1), stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }
}
