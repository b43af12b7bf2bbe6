using System.ComponentModel;
using System.Diagnostics;
using Platform.Api.Tests.Hosting;

namespace Platform.Api.Tests.Integrations;

/// <summary>A Python program of deploy/integrations as a process of its own, told the platform's address by environment.</summary>
internal sealed class PullerProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    private PullerProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    public static PullerProcess Start(TestPlatform platform, string program, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("python3", [RepositoryFile.Path("deploy/integrations/" + program), .. arguments]) { RedirectStandardError = true };
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        start.Environment["PLATFORM_URL"] = platform.Address.ToString();
        start.Environment["PLATFORM_CLIENT_ID"] = "acme-siem";
        start.Environment["PLATFORM_CLIENT_SECRET"] = "acme-siem-secret";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        try
        {
            return new PullerProcess(Process.Start(start)!);
        }
        catch (Win32Exception exception)
        {
            if (Environment.GetEnvironmentVariable("REQUIRE_PARTS") == "1")
                Assert.Fail("Required part is absent: python3: " + exception.Message);
            Assert.Skip("Part is absent: python3: " + exception.Message);
            throw;
        }
    }

    /// <returns>How it ended, with what it said.</returns>
    public async Task<(int Exit, string Errors)> EndAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return (_process.ExitCode, await _errors);
    }

    public async Task KillAsync(CancellationToken cancellationToken)
    {
        _process.Kill();
        await _process.WaitForExitAsync(cancellationToken);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
