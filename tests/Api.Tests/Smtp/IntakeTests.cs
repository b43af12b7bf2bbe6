using Platform.Storage.Messages;

namespace Platform.Api.Tests.Smtp;

public sealed class IntakeTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_policy_rejects_is_refused_and_no_longer_due()
    {
        await using var host = await IntakeHost.StartAsync();

        var reply = await host.TakeAsync(Stop);

        Assert.Equal((550, "5.7.1", 0), (reply.Code, reply.EnhancedStatus, (await host.DueScansAsync()).Count));
    }

    [Fact]
    public async Task A_scan_that_breaks_does_not_make_the_sender_send_again_what_is_committed()
    {
        await using var host = await IntakeHost.StartAsync();
        host.Flow.BeforeCompleteScan = () => throw new InvalidOperationException("the database went away");

        var reply = await host.TakeAsync(Stop);

        Assert.Equal((250, 1), (reply.Code, (await host.DueScansAsync()).Count));
    }

    [Fact]
    public async Task A_disk_that_fills_up_at_the_verdict_does_not_make_the_sender_send_again()
    {
        await using var host = await IntakeHost.StartAsync();
        host.Flow.BeforeCompleteScan = () => throw new StorageFullException("no room", new IOException());

        Assert.Equal(250, (await host.TakeAsync(Stop)).Code);
    }

    [Fact]
    public async Task Where_a_rejection_may_stand_unknown_the_message_is_not_answered_as_taken()
    {
        await using var host = await IntakeHost.StartAsync();
        host.Flow.AfterCompleteScan = () => throw new InvalidOperationException("the connection broke behind the commit");

        await Assert.ThrowsAsync<InvalidOperationException>(() => host.TakeAsync(Stop));
    }

    [Fact]
    public async Task A_message_whose_rows_find_no_room_leaves_no_body_behind()
    {
        await using var host = await IntakeHost.StartAsync();
        host.Flow.BeforeAccept = () => throw new StorageFullException("no room", new IOException());

        await Assert.ThrowsAsync<StorageFullException>(() => host.TakeAsync(Stop));

        Assert.Empty(host.BodyFiles());
    }

    [Fact]
    public async Task A_message_that_no_count_let_through_leaves_no_body_behind()
    {
        await using var host = await IntakeHost.StartAsync();
        host.Guard.Reserve = () => throw new TimeoutException("the grains are down");

        await Assert.ThrowsAsync<TimeoutException>(() => host.TakeAsync(host.Submission, Stop));

        Assert.Empty(host.BodyFiles());
    }

    [Fact]
    public async Task A_commit_that_broke_off_keeps_the_body_that_it_may_have_named()
    {
        await using var host = await IntakeHost.StartAsync();
        host.Flow.BeforeAccept = () => throw new InvalidOperationException("the connection broke");

        await Assert.ThrowsAsync<InvalidOperationException>(() => host.TakeAsync(host.Submission, Stop));

        Assert.Single(host.BodyFiles());
    }

    [Fact]
    public async Task A_count_that_cannot_be_told_does_not_make_the_sender_send_again_what_is_committed()
    {
        await using var host = await IntakeHost.StartAsync();
        host.Guard.Settle = () => throw new TimeoutException("the grain does not answer");
        host.Flow.BeforeCompleteScan = () => throw new InvalidOperationException("the verdict comes later");

        Assert.Equal(250, (await host.TakeAsync(host.Submission, Stop)).Code);
    }

    [Fact]
    public async Task A_session_that_gets_no_turn_to_scan_is_answered_without_one_and_costs_the_message_no_attempt()
    {
        await using var host = await IntakeHost.StartAsync(sessionScans: 1);
        var scanning = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        host.Scanners.Before = () =>
        {
            scanning.SetResult();
            return goOn.Task;
        };
        var first = host.TakeAsync(Stop);
        await scanning.Task.WaitAsync(Stop);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);

        var second = host.TakeAsync(patience.Token);
        await host.WhenCommittedAsync(2);
        await patience.CancelAsync();

        Assert.Equal((250, 1), ((await second).Code, Assert.Single(await host.DueScansAsync()).Attempt));
        goOn.SetResult();
        Assert.Equal(550, (await first).Code);
    }
}
