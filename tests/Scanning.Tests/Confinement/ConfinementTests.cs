using Microsoft.Extensions.Logging;

namespace Platform.Scanning.Tests.Confinement;

/// <summary>What the walls deny, tried out from inside of a scanner process.</summary>
public sealed class ConfinementTests : IAsyncLifetime
{
    private const int EPERM = 1;
    private const int EACCES = 13;

    private readonly RecordingLogger _logger = new();
    private ScannerPool? _pool;

    public async ValueTask InitializeAsync()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("The walls are those of Linux.");
        _pool = await Pools.StartedAsync(new ScannerPoolOptions { Size = 1, SelfTest = true }, _logger);
    }

    public async ValueTask DisposeAsync()
    {
        if (_pool is not null)
            await _pool.DisposeAsync();
    }

    [Theory]
    [InlineData("socket-udp")]
    [InlineData("socket-unix")]
    [InlineData("connect-tcp")]
    [InlineData("write-temporary")]
    [InlineData("write-own-program")]
    [InlineData("signal-init")]
    [InlineData("become-root")]
    [InlineData("trace-parent")]
    [InlineData("new-process")]
    [InlineData("run-program")]
    public async Task The_system_call_filter_refuses(string attempt)
    {
        SkipWithout("system call filter");
        Assert.Equal(EPERM, (await ReportAsync()).Full[attempt]);
    }

    [Theory]
    [InlineData("read-accounts")]
    [InlineData("read-settings-beside")]
    [InlineData("list-root")]
    [InlineData("write-temporary")]
    [InlineData("write-own-program")]
    [InlineData("connect-tcp")]
    [InlineData("run-program")]
    public async Task Landlock_alone_refuses(string attempt)
    {
        SkipWithout("Landlock");
        Assert.Equal(EACCES, (await ReportAsync()).Outer[attempt]);
    }

    [Theory]
    [InlineData("read-accounts")]
    [InlineData("read-settings-beside")]
    [InlineData("read-other-environment")]
    [InlineData("list-root")]
    public async Task Files_of_others_stay_closed_behind_all_walls(string attempt)
    {
        SkipWithout("Landlock");
        Assert.Equal(EACCES, (await ReportAsync()).Full[attempt]);
    }

    [Fact]
    public async Task The_program_itself_stays_readable() =>
        Assert.Equal(0, (await ReportAsync()).Full["read-own-program"]);

    [Fact]
    public async Task A_pool_without_self_tests_does_not_answer_them()
    {
        await using var pool = await Pools.StartedAsync(new ScannerPoolOptions { Size = 1 });

        Assert.Equal(ScannerFailure.Crashed, (await pool.ReportConfinementAsync(TestContext.Current.CancellationToken)).Failure);
    }

    private async Task<Scanning.Protocol.ConfinementReport> ReportAsync()
    {
        var result = await _pool!.ReportConfinementAsync(TestContext.Current.CancellationToken);
        Assert.True(result.Succeeded, result.Detail);
        return result.Value!;
    }

    /// <summary>A kernel without a wall is a machine without a part.</summary>
    private void SkipWithout(string wall)
    {
        var warned = _logger.Entries.FirstOrDefault(entry => entry.Level == LogLevel.Warning && entry.Text.Contains(wall, StringComparison.Ordinal)).Text;
        if (warned is not null && Environment.GetEnvironmentVariable("REQUIRE_PARTS") != "1")
            Assert.Skip(warned);
    }
}
