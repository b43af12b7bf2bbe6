using System.Runtime.InteropServices;

namespace Platform.ScannerHost.Confinement;

/// <summary>
/// landlock(7): a thread gives up, for itself and all it starts, every right over files and TCP that no rule grants.
/// The kernel says by a version (ABI) what it can forbid; this asks for all of it.
/// </summary>
internal static unsafe class Landlock
{
    private const nint CreateRuleset = 444;
    private const nint AddRule = 445;
    private const nint RestrictSelf = 446;
    private const int AskVersion = 1;
    private const int PathBeneath = 1;

    private const ulong Execute = 1 << 0;
    private const ulong ReadFile = 1 << 2;
    private const ulong ReadFolder = 1 << 3;
    private const ulong BindTcp = 1 << 0;
    private const ulong ConnectTcp = 1 << 1;
    private const ulong AbstractSockets = 1 << 0;
    private const ulong Signals = 1 << 1;

    public static void Restrict(IEnumerable<string> readable, List<string> missing)
    {
        var version = (int)Libc.syscall(CreateRuleset, 0, 0, AskVersion, 0, 0);
        if (version < 1)
        {
            missing.Add($"Landlock (errno {Marshal.GetLastPInvokeError()}): files and network are bounded by the system call filter alone");
            return;
        }

        if (version < 4)
            missing.Add($"Landlock for TCP (version {version} of 4): the network is bounded by the system call filter alone");

        // Only the thread group leader survives the second start; the rules must be its own.
        if (Libc.gettid() != Libc.getpid() || !TryRestrict(version, readable))
            missing.Add($"Landlock (errno {Marshal.GetLastPInvokeError()})");
    }

    private static bool TryRestrict(int version, IEnumerable<string> readable)
    {
        var attributes = new RulesetAttributes
        {
            Files = FileRights(version),
            Network = version >= 4 ? BindTcp | ConnectTcp : 0,
            Scoped = version >= 6 ? AbstractSockets | Signals : 0,
        };
        var size = version switch { >= 6 => 24, >= 4 => 16, _ => 8 };
        var ruleset = (int)Libc.syscall(CreateRuleset, (nint)(&attributes), size, 0, 0, 0);
        if (ruleset < 0)
            return false;
        foreach (var path in readable)
            Allow(ruleset, path);
        var done = Libc.syscall(RestrictSelf, ruleset, 0, 0, 0, 0) == 0;
        Libc.close(ruleset);
        return done;
    }

    /// <summary>Every right that this version of the kernel can withhold: 13 at first, then refer, truncate, device control.</summary>
    private static ulong FileRights(int version) => version switch
    {
        1 => (1UL << 13) - 1,
        2 => (1UL << 14) - 1,
        < 5 => (1UL << 15) - 1,
        _ => (1UL << 16) - 1,
    };

    private static void Allow(int ruleset, string path)
    {
        var descriptor = Libc.open(path, OpenFlags.PathOnly | OpenFlags.CloseOnExec, 0);
        if (descriptor < 0)
            return;
        var rule = new PathRule
        {
            Rights = Directory.Exists(path) ? Execute | ReadFile | ReadFolder : Execute | ReadFile,
            Descriptor = descriptor,
        };
        Libc.syscall(AddRule, ruleset, PathBeneath, (nint)(&rule), 0, 0);
        Libc.close(descriptor);
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct RulesetAttributes
    {
        public ulong Files;
        public ulong Network;
        public ulong Scoped;
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private struct PathRule
    {
        public ulong Rights;
        public int Descriptor;
    }
}
