using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Platform.Scanning.Tests.Pool;

public sealed class ScannerPoolTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_is_inspected_by_another_process()
    {
        await using var pool = await Pools.StartedAsync(new ScannerPoolOptions { Size = 1 });

        var result = await pool.ScanAsync(Pools.Request(Mails.Plain("A subject of its own")), Cancel);

        Assert.True(result.Succeeded, result.Detail);
        Assert.Contains("A subject of its own", result.Value!.Facts.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_is_previewed_by_another_process()
    {
        await using var pool = await Pools.StartedAsync(new ScannerPoolOptions { Size = 1 });

        var result = await pool.PreviewAsync(Mails.Plain(), Cancel);

        Assert.True(result.Succeeded, result.Detail);
        Assert.NotEmpty(result.Value!.Text);
    }

    [Fact]
    public async Task What_is_no_journal_report_comes_back_byte_for_byte()
    {
        await using var pool = await Pools.StartedAsync(new ScannerPoolOptions { Size = 1 });
        var mail = Mails.Plain(bodyBytes: 3_000_000);

        var result = await pool.ReadJournalAsync(mail, Cancel);

        Assert.True(result.Succeeded, result.Detail);
        Assert.False(result.Value!.IsReport);
        Assert.True(result.Value.Message.Span.SequenceEqual(mail));
    }

    [Fact]
    public async Task A_journal_report_is_opened_by_another_process()
    {
        await using var pool = await Pools.StartedAsync(new ScannerPoolOptions { Size = 1 });
        var mail = Mails.Plain("The journaled one");

        var result = await pool.ReadJournalAsync(Mails.Journal(mail, "taro@example.com"), Cancel);

        Assert.True(result.Succeeded, result.Detail);
        Assert.True(result.Value!.IsReport);
        Assert.Equal(["taro@example.com"], result.Value.Recipients);
        Assert.Contains("The journaled one", System.Text.Encoding.ASCII.GetString(result.Value.Message.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_mails_than_processes_are_all_answered_each_with_its_own_verdict()
    {
        await using var pool = await Pools.StartedAsync(new ScannerPoolOptions { Size = 2 });

        var results = await Task.WhenAll(Enumerable.Range(0, 60).Select(async number =>
            (Number: number, Result: await pool.ScanAsync(Pools.Request(Mails.Plain($"mail {number} of many")), Cancel))));

        Assert.All(results, result => Assert.Contains($"mail {result.Number} of many", result.Result.Value!.Facts.Subject, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_process_is_replaced_after_its_share_of_mails()
    {
        var logger = new RecordingLogger();
        await using var pool = await Pools.StartedAsync(new ScannerPoolOptions { Size = 1, RestartAfter = 2 }, logger);

        for (var mail = 0; mail < 5; mail++)
            Assert.True((await pool.ScanAsync(Pools.Request(Mails.Plain()), Cancel)).Succeeded);

        Assert.Equal(3, logger.Entries.Count(entry => entry.Text.EndsWith("is ready", StringComparison.Ordinal)));
        Assert.DoesNotContain(logger.Warnings, text => text.Contains("while it held a message", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_caller_who_gives_up_gets_its_process_replaced()
    {
        await using var pool = await Pools.StartedAsync(new ScannerPoolOptions { Size = 1, PoisonForTests = true });
        Assert.True((await pool.ScanAsync(Pools.Request(Mails.Plain()), Cancel)).Succeeded);
        using var impatient = new CancellationTokenSource();

        var scan = pool.ScanAsync(Pools.Request(Mails.Poisoned("loop")), impatient.Token).AsTask();
        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scan);
        Assert.True((await pool.ScanAsync(Pools.Request(Mails.Plain()), Cancel)).Succeeded);
    }

    [Fact]
    public async Task A_caller_who_gives_up_while_waiting_costs_no_process()
    {
        var logger = new RecordingLogger();
        await using var pool = await Pools.StartedAsync(new ScannerPoolOptions { Size = 1 }, logger);
        using var impatient = new CancellationTokenSource();
        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pool.ScanAsync(Pools.Request(Mails.Plain()), impatient.Token).AsTask());

        Assert.True((await pool.ScanAsync(Pools.Request(Mails.Plain()), Cancel)).Succeeded);
        Assert.Single(logger.Entries, entry => entry.Text.EndsWith("is ready", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_queue_that_is_full_answers_at_once()
    {
        await using var pool = await Pools.StartedAsync(new ScannerPoolOptions { Size = 1, MaxWaiting = 0 });

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => pool.ScanAsync(Pools.Request(Mails.Plain()), Cancel).AsTask()));

        Assert.Contains(results, result => result.Failure == ScannerFailure.Unavailable);
    }

    [Fact]
    public async Task A_mail_larger_than_the_limit_is_not_sent()
    {
        await using var pool = await Pools.StartedAsync(new ScannerPoolOptions { Size = 1, MaxMessageBytes = 100 });

        Assert.Equal(ScannerFailure.Unavailable, (await pool.ScanAsync(Pools.Request(Mails.Plain(bodyBytes: 200)), Cancel)).Failure);
    }

    [Fact]
    public async Task A_program_that_cannot_start_is_told_at_once_and_tried_again_more_slowly()
    {
        var time = new FakeTimeProvider();
        var logger = new RecordingLogger();
        await using var pool = await Pools.StartedAsync(new ScannerPoolOptions { Size = 1, HostPath = "/nowhere/Platform.ScannerHost.dll" }, logger, time);

        var first = await pool.ScanAsync(Pools.Request(Mails.Plain()), Cancel);
        var second = await pool.ScanAsync(Pools.Request(Mails.Plain()), Cancel);

        Assert.Equal([ScannerFailure.Unavailable, ScannerFailure.Unavailable], [first.Failure, second.Failure]);
        Assert.Single(logger.Entries, entry => entry.Level == LogLevel.Warning);
    }

    [Fact]
    public async Task No_process_is_left_after_the_pool_has_stopped()
    {
        var logger = new RecordingLogger();
        var pool = await Pools.StartedAsync(new ScannerPoolOptions { Size = 2 }, logger);
        await Task.WhenAll(pool.ScanAsync(Pools.Request(Mails.Plain()), Cancel).AsTask(), pool.ScanAsync(Pools.Request(Mails.Plain()), Cancel).AsTask());

        await pool.StopAsync(Cancel);

        var started = logger.Entries.Where(entry => entry.Text.EndsWith("is ready", StringComparison.Ordinal))
            .Select(entry => int.Parse(entry.Text.Split(' ')[2], System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.NotEmpty(started);
        Assert.All(started, process => Assert.Throws<ArgumentException>(() => Process.GetProcessById(process)));
        Assert.Equal(ScannerFailure.Unavailable, (await pool.ScanAsync(Pools.Request(Mails.Plain()), Cancel)).Failure);
        await pool.DisposeAsync();
    }

    [Fact]
    public async Task A_stop_waits_for_the_mail_in_hand()
    {
        var pool = await Pools.StartedAsync(new ScannerPoolOptions { Size = 1 });
        Assert.True((await pool.ScanAsync(Pools.Request(Mails.Plain()), Cancel)).Succeeded);

        var scan = pool.ScanAsync(Pools.Request(Mails.Plain(bodyBytes: 5_000_000)), Cancel);
        await pool.StopAsync(Cancel);

        Assert.True((await scan).Succeeded);
        await pool.DisposeAsync();
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void Options_out_of_range_are_refused(int size, int restartAfter) =>
        Assert.Throws<ArgumentException>(() => new ScannerPool(
            Options.Create(new ScannerPoolOptions { Size = size, RestartAfter = restartAfter }), TimeProvider.System, new RecordingLogger()));
}
