using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Platform.Benchmarks.Runner;

/// <summary>A process we started: its output kept (the last lines), signalled by its id and no other way.</summary>
internal sealed partial class ChildProcess : IAsyncDisposable
{
    private const int KeptLines = 4_000;
    private const int SigTerm = 15;
    private const int SigKill = 9;
    private const int SigCont = 18;
    private const int SigStop = 19;
    private readonly Process process;
    private readonly Queue<string> lines = new();
    private readonly Lock gate = new();

    private ChildProcess(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, e) => Keep(e.Data);
        process.ErrorDataReceived += (_, e) => Keep(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    public int ExitCode => process.ExitCode;

    /// <summary>Both outputs, as they came, at most the last few thousand lines.</summary>
    public string Output
    {
        get
        {
            lock (gate)
                return string.Join('\n', lines);
        }
    }

    public string Tail(int count)
    {
        lock (gate)
            return string.Join('\n', lines.TakeLast(count));
    }

    public static ChildProcess Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null, string? folder = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder ?? "",
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
            start.Environment[name] = value;
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        process.StandardInput.Close();
        return new ChildProcess(process);
    }

    /// <summary>Runs to the end.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; the process and its children are gone.</exception>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        string program, IEnumerable<string> arguments, CancellationToken cancellationToken, IReadOnlyDictionary<string, string?>? environment = null, string? folder = null)
    {
        await using var child = Start(program, arguments, environment, folder);
        await child.WaitAsync(cancellationToken);
        return (child.ExitCode, child.Output);
    }

    public Task WaitAsync(CancellationToken cancellationToken) => process.WaitForExitAsync(cancellationToken);

    public void Terminate() => Signal(SigTerm);

    /// <summary>Kill -9 of this process alone; what it started must notice by itself.</summary>
    public void Kill() => Signal(SigKill);

    /// <summary>SIGSTOP: it does nothing more until <see cref="Thaw"/>, wherever it stands.</summary>
    public void Freeze() => Signal(SigStop);

    /// <summary>SIGCONT.</summary>
    public void Thaw() => Signal(SigCont);

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }

        process.Dispose();
    }

    private void Signal(int signal)
    {
        if (!process.HasExited)
            _ = SendSignal(process.Id, signal);
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (gate)
        {
            lines.Enqueue(line);
            if (lines.Count > KeptLines)
                lines.Dequeue();
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int processId, int signal);
}
