using System.Runtime.InteropServices;

namespace Platform.ScannerHost.Confinement;

/// <summary>getrlimit(2) and getpriority(2). All are inherited over execve.</summary>
internal static class Limits
{
    private const int PRIO_PROCESS = 0;
    private const int RLIMIT_FSIZE = 1;
    private const int RLIMIT_DATA = 2;
    private const int RLIMIT_CORE = 4;
    private const int RLIMIT_NOFILE = 7;

    /// <summary>Assemblies stay mapped without a descriptor; a scan opens next to nothing.</summary>
    private const ulong OpenFiles = 256;

    /// <summary>Accepting mail comes before scanning it.</summary>
    private const int Niceness = 5;

    public static void LowerPriority() => Libc.setpriority(PRIO_PROCESS, 0, Niceness);

    /// <summary>
    /// RLIMIT_DATA counts private writable memory, which is what .NET really takes; RLIMIT_AS would count
    /// the address space that its collector reserves and never touches. Processor time is the pool's deadline.
    /// </summary>
    public static void Set(long dataLimitBytes, List<string> missing)
    {
        var done = TrySet(RLIMIT_CORE, 0) & TrySet(RLIMIT_NOFILE, OpenFiles) & TrySet(RLIMIT_DATA, (ulong)dataLimitBytes);
        if (!done)
            missing.Add($"resource limits (errno {Marshal.GetLastPInvokeError()})");
    }

    /// <summary>Late, because .NET sizes the memory file behind its compiled code when it starts.</summary>
    public static void ForbidFileGrowth() => TrySet(RLIMIT_FSIZE, 0);

    private static bool TrySet(int resource, ulong value) => Libc.setrlimit(resource, new ResourceLimit(value, value)) == 0;
}
