using System.Runtime.InteropServices;
using Platform.ScannerHost.Confinement;

namespace Platform.ScannerHost;

/// <summary>Tries what a taken-over scanner would try, and notes the error number of each; zero means it got through.</summary>
internal static unsafe class SelfTest
{
    private const int InternetFamily = 2;
    private const int UnixFamily = 1;
    private const int StreamKind = 1;
    private const int DatagramKind = 2;

    /// <summary>Unlike PTRACE_ATTACH it does not stop the process, should it be let through.</summary>
    private const int PtraceSeize = 0x4206;

    /// <summary>The first process of the system, which is never ours to signal.</summary>
    private const int InitProcess = 1;

    public static IReadOnlyDictionary<string, int> Try()
    {
        Dictionary<string, int> report = new(StringComparer.Ordinal)
        {
            ["read-own-program"] = Open(typeof(SelfTest).Assembly.Location, OpenFlags.ReadOnly),
            ["read-accounts"] = Open("/etc/passwd", OpenFlags.ReadOnly),
            ["read-other-environment"] = Open($"/proc/{InitProcess}/environ", OpenFlags.ReadOnly),
            ["read-settings-beside"] = Open(Path.Combine(AppContext.BaseDirectory, "Platform.Scanning.Tests.runtimeconfig.json"), OpenFlags.ReadOnly),
            ["list-root"] = Open("/", OpenFlags.ReadOnly),
            ["write-temporary"] = Open($"/tmp/scanner-{Libc.getpid()}", OpenFlags.WriteOnly | OpenFlags.Create),
            ["write-own-program"] = Open(typeof(SelfTest).Assembly.Location, OpenFlags.WriteOnly),
            ["connect-tcp"] = Connect(),
            ["socket-udp"] = Socket(InternetFamily, DatagramKind),
            ["socket-unix"] = Socket(UnixFamily, StreamKind),
            ["signal-init"] = Result(Libc.kill(InitProcess, 0)),
            ["become-root"] = Result(Libc.setresuid(0, 0, 0)),
            ["trace-parent"] = Result((int)Libc.syscall(X64 ? 101 : 117, PtraceSeize, Libc.getppid(), 0, 0, 0)),
            ["new-process"] = NewProcess(),
            ["run-program"] = Execute("/bin/true"),
        };
        return report;
    }

    private static bool X64 => RuntimeInformation.ProcessArchitecture == Architecture.X64;

    private static int Result(int returned) => returned >= 0 ? 0 : Marshal.GetLastPInvokeError();

    private static int Open(string path, int flags)
    {
        var descriptor = Libc.open(path, flags | OpenFlags.CloseOnExec, 0x180);
        var result = Result(descriptor);
        if (descriptor >= 0)
            Libc.close(descriptor);
        return result;
    }

    private static int Socket(int family, int kind)
    {
        var descriptor = (int)Libc.syscall(X64 ? 41 : 198, family, kind, 0, 0, 0);
        var result = Result(descriptor);
        if (descriptor >= 0)
            Libc.close(descriptor);
        return result;
    }

    /// <summary>To port 9 of loopback: without walls the answer is "connection refused", which also came from outside.</summary>
    private static int Connect()
    {
        var descriptor = (int)Libc.syscall(X64 ? 41 : 198, InternetFamily, StreamKind, 0, 0, 0);
        if (descriptor < 0)
            return Marshal.GetLastPInvokeError();
        Span<byte> address = [2, 0, 0, 9, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0];
        fixed (byte* start = address)
        {
            var result = Result((int)Libc.syscall(X64 ? 42 : 203, descriptor, (nint)start, address.Length, 0, 0));
            Libc.close(descriptor);
            return result;
        }
    }

    /// <summary>
    /// clone(2) for a process with flags that exclude each other: the kernel itself answers EINVAL, so that none comes to be.
    /// A real copy of a .NET process shares the pages of compiled code with it and must not run.
    /// </summary>
    private static int NewProcess()
    {
        const int contradiction = 0x200 | 0x20000;
        return Result((int)Libc.syscall(X64 ? 56 : 220, contradiction, 0, 0, 0, 0));
    }

    private static int Execute(string path)
    {
        byte* none = null;
        var empty = &none;
        return Result(Libc.execve(path, empty, empty));
    }
}
