using System.Diagnostics;
using System.Text.Json;
using Platform.Scanning.Pool;
using Platform.Scanning.Protocol;

namespace Platform.Scanning.Tests.Confinement;

public sealed class OrphanTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("orphan-").FullName;

    private string Input => Path.Combine(_folder, "in");

    private string Output => Path.Combine(_folder, "out");

    /// <summary>The parent is a shell that holds the input open for good, so that nothing but the kernel can tell the process of its end.</summary>
    [Fact]
    public async Task A_process_whose_parent_is_killed_ends_too()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("Linux ends a process with its parent.");
        await RunAsync("mkfifo", Input, Output);
        var host = ScannerLaunch.For(new ScannerPoolOptions(), mayAsk: false);
        var start = new ProcessStartInfo("/bin/sh", ["-c", "SCANNER_PARENT=$$; export SCANNER_PARENT; exec 3<>\"$1\"; out=\"$2\"; shift 2; \"$@\" <&3 >\"$out\" 2>/dev/null & wait", "sh", Input, Output, host.FileName, .. host.ArgumentList]);
        foreach (var (name, value) in host.Environment)
            start.Environment[name] = value;
        using var shell = Process.Start(start)!;
        await using var output = new FileStream(Output, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);

        var ready = Frame.Read(output, 0);
        shell.Kill();

        Assert.Equal(ReadyHeader.CurrentVersion, JsonSerializer.Deserialize(ready!.Value.Header, ScannerJson.Default.ReadyHeader)!.Version);
        Assert.Null(Frame.Read(output, 0));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
    }
}
