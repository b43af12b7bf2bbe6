namespace Platform.Scanning.Tests.Pool;

public sealed class PoisonTests
{
    // Only what never ends is to meet its deadline, however slow the machine is.
    private static readonly ScannerPoolOptions s_options = new() { Size = 2, Deadline = TimeSpan.FromSeconds(60), PoisonForTests = true };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("crash", ScannerFailure.Crashed)]
    [InlineData("overflow", ScannerFailure.Crashed)]
    [InlineData("allocate", ScannerFailure.Crashed)]
    [InlineData("loop", ScannerFailure.TimedOut)]
    public async Task A_mail_that_harms_its_process_costs_its_own_attempt_and_no_other(string kind, ScannerFailure failure)
    {
        await using var pool = await Pools.StartedAsync(Within(kind));

        var poisoned = pool.ScanAsync(Pools.Request(Mails.Poisoned(kind)), Cancel).AsTask();
        var others = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => pool.ScanAsync(Pools.Request(Mails.Plain()), Cancel).AsTask()));

        Assert.Equal(failure, (await poisoned).Failure);
        Assert.All(others, other => Assert.True(other.Succeeded, other.Detail));
    }

    [Theory]
    [InlineData("crash", "signal 6")]
    [InlineData("allocate", "ran out of its memory")]
    [InlineData("loop", "was killed")]
    public async Task The_failure_says_how_the_process_ended(string kind, string words)
    {
        await using var pool = await Pools.StartedAsync(Within(kind) with { Size = 1 });

        var result = await pool.ScanAsync(Pools.Request(Mails.Poisoned(kind)), Cancel);

        Assert.Contains(words, result.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pool_whose_every_process_was_harmed_works_on()
    {
        await using var pool = await Pools.StartedAsync(s_options);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => pool.ScanAsync(Pools.Request(Mails.Poisoned("crash")), Cancel).AsTask()));

        Assert.True((await pool.ScanAsync(Pools.Request(Mails.Plain()), Cancel)).Succeeded);
    }

    [Fact]
    public async Task Poison_is_only_a_header_unless_the_pool_lets_it_in()
    {
        await using var pool = await Pools.StartedAsync(s_options with { PoisonForTests = false });

        Assert.True((await pool.ScanAsync(Pools.Request(Mails.Poisoned("crash")), Cancel)).Succeeded);
    }

    [Fact]
    public async Task The_log_says_nothing_of_the_mail_above_debug()
    {
        var logger = new RecordingLogger();
        await using var pool = await Pools.StartedAsync(s_options with { Size = 1 }, logger);
        await pool.ScanAsync(Pools.Request(Mails.Poisoned("overflow")), Cancel);

        Assert.Contains(logger.Warnings, text => text.Contains("while it held a message", StringComparison.Ordinal));
        Assert.DoesNotContain(logger.Warnings, text => text.Contains("example", StringComparison.Ordinal));
    }

    private static ScannerPoolOptions Within(string kind) => kind == "loop" ? s_options with { Deadline = TimeSpan.FromSeconds(3) } : s_options;
}
