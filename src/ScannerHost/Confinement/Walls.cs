using System.Runtime.InteropServices;

namespace Platform.ScannerHost.Confinement;

// A scanner process reads bytes that are made to take it over. What it could reach then is bounded by Linux itself:
//
//  raise (first run of the program, one thread that matters, then it starts itself anew under what is inherited)
//    own session and lower priority · no inherited descriptor but the three pipes · no new privileges · user nobody when root · resource limits (getrlimit(2))
//    Landlock (landlock(7)): files of .NET, of this program and of the C library, read only; no TCP; no signals outward
//  seal (second run, after warm-up, before the first message)
//    dies with its parent · no file grows · system call filter (seccomp(2)) over all threads: no sockets, no new
//    process, no file opened for writing, no tracing, mounting, keys, modules
//
// Each wall that the system does not have is reported, and the pool warns once.
internal static class Walls
{
    /// <summary>Returns only in the process that has the inherited walls around it, with those that could not be raised.</summary>
    public static IReadOnlyList<string> Raise(HostSettings settings)
    {
        if (!IsSupported)
            return [$"all (this is {RuntimeInformation.OSDescription} on {RuntimeInformation.ProcessArchitecture}; Linux on x64 or arm64 has them)"];
        if (SecondRun.Missing is { } missing)
            return missing;

        List<string> absent = [];
        Libc.setsid();
        Limits.LowerPriority();
        Prctl.ForbidNewPrivileges();
        Unprivileged.Become(absent);
        Limits.Set(settings.DataLimitBytes, absent);
        Landlock.Restrict(ReadablePaths.For(settings), absent);
        Descriptors.CloseInherited();
        SecondRun.Begin(absent);
        return [];
    }

    /// <summary>The last walls; after this nothing can be opened for writing, connected or started. Returns those that are missing.</summary>
    public static IReadOnlyList<string> Seal(HostSettings settings)
    {
        if (!IsSupported)
            return [];
        List<string> absent = [];
        Prctl.DieWithParent(settings.ParentProcess);
        Limits.ForbidFileGrowth();
        SystemCallFilter.Install(absent);
        return absent;
    }

    private static bool IsSupported =>
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture is (Architecture.X64 or Architecture.Arm64);
}
