using Platform.Api.Hosting;

namespace Platform.Api.Tests.Hosting;

/// <summary>What keeps the platform from starting is told in one sentence that names the setting, never as a trace.</summary>
public sealed class StartRefusalTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("start-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("--Scanner:Size=many", "Scanner:Size")]
    [InlineData("--Scanner:Size=0", "Scanner:Size")]
    [InlineData("--Scanner:Deadline=soon", "Scanner:Deadline")]
    [InlineData("--Dns:Servers=nonsense", "Dns:Servers")]
    [InlineData("--Relay:SmartHost=somewhere", "Relay:SmartHost")]
    [InlineData("--Data:Directory=/proc/nowhere", "/proc/nowhere")]
    public async Task A_wrong_setting_is_named(string argument, string named)
    {
        using var error = new StringWriter();

        var exitCode = await PlatformHost.RunPreparedAsync(
            ["--environment=Development", "--Demo=false", "--Data:Directory=" + _folder, argument],
            (_, _) => Task.FromResult(0),
            error,
            TestContext.Current.CancellationToken);

        Assert.Equal(78, exitCode);
        Assert.Contains(named, error.ToString(), StringComparison.Ordinal);
    }
}
