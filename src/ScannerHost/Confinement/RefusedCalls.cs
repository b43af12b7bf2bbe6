namespace Platform.ScannerHost.Confinement;

internal enum Refusal
{
    Always,

    /// <summary>Answers that the call does not exist, so that the C library takes the older one whose arguments can be seen.</summary>
    AsUnknown,

    /// <summary>A new thread passes, a new process does not.</summary>
    UnlessThread,

    /// <summary>By the flags in the second argument.</summary>
    WhenOpenedToWrite1,

    /// <summary>By the flags in the third argument.</summary>
    WhenOpenedToWrite2,

    /// <summary>A signal to this process passes: the runtime stops its threads so, and abort(3) needs it.</summary>
    UnlessToSelf,

    /// <summary>Asking for a limit passes.</summary>
    WhenSettingLimit,
}

/// <param name="X64">Number in the x86-64 table; null where the call does not exist.</param>
/// <param name="Arm64">Number in the generic table.</param>
internal sealed record RefusedCall(string Name, int? X64, int? Arm64, Refusal Rule = Refusal.Always);

/// <summary>
/// What a process that reads mail never needs. A list of refusals, not of permissions: the runtime's own calls
/// differ by version, and a mail must not stop being read because of an update.
/// </summary>
internal static class RefusedCalls
{
    public const uint CloneThread = 0x10000;
    public const uint WritingFlags = OpenFlags.AccessMode | OpenFlags.Create | OpenFlags.Truncate | OpenFlags.TemporaryFile;

    public static IReadOnlyList<RefusedCall> All { get; } =
    [
        // Network and other channels to processes.
        new("socket", 41, 198), new("socketpair", 53, 199), new("bind", 49, 200), new("listen", 50, 201), new("accept", 43, 202),
        new("accept4", 288, 242), new("connect", 42, 203), new("sendto", 44, 206), new("sendmsg", 46, 211), new("sendmmsg", 307, 269),
        new("shmget", 29, 194), new("shmat", 30, 196), new("msgget", 68, 186), new("semget", 64, 190), new("mq_open", 240, 180),
        new("kill", 62, 129, Refusal.UnlessToSelf), new("tgkill", 234, 131, Refusal.UnlessToSelf), new("tkill", 200, 130),
        new("rt_sigqueueinfo", 129, 138), new("rt_tgsigqueueinfo", 297, 240), new("pidfd_send_signal", 424, 424),

        // New processes, and looking into others.
        new("execve", 59, 221), new("execveat", 322, 281), new("fork", 57, null), new("vfork", 58, null),
        new("clone", 56, 220, Refusal.UnlessThread), new("clone3", 435, 435, Refusal.AsUnknown),
        new("ptrace", 101, 117), new("process_vm_readv", 310, 270), new("process_vm_writev", 311, 271), new("kcmp", 312, 272),
        new("pidfd_open", 434, 434), new("pidfd_getfd", 438, 438), new("process_madvise", 440, 440),

        // Files: opened to read only, never made, changed or removed.
        new("open", 2, null, Refusal.WhenOpenedToWrite1), new("openat", 257, 56, Refusal.WhenOpenedToWrite2),
        new("openat2", 437, 437, Refusal.AsUnknown), new("creat", 85, null), new("open_by_handle_at", 304, 265),
        new("name_to_handle_at", 303, 264), new("memfd_create", 319, 279), new("truncate", 76, 45),
        new("unlink", 87, null), new("unlinkat", 263, 35), new("rename", 82, null), new("renameat", 264, 38), new("renameat2", 316, 276),
        new("mkdir", 83, null), new("mkdirat", 258, 34), new("rmdir", 84, null), new("link", 86, null), new("linkat", 265, 37),
        new("symlink", 88, null), new("symlinkat", 266, 36), new("mknod", 133, null), new("mknodat", 259, 33),
        new("chmod", 90, null), new("fchmod", 91, 52), new("fchmodat", 268, 53), new("fchmodat2", 452, 452),
        new("chown", 92, null), new("fchown", 93, 55), new("lchown", 94, null), new("fchownat", 260, 54),
        new("utime", 132, null), new("utimes", 235, null), new("utimensat", 280, 88), new("futimesat", 261, null),
        new("setxattr", 188, 5), new("lsetxattr", 189, 6), new("fsetxattr", 190, 7),
        new("removexattr", 197, 14), new("lremovexattr", 198, 15), new("fremovexattr", 199, 16),
        new("inotify_init", 253, null), new("inotify_init1", 294, 26), new("fanotify_init", 300, 262),

        // Rights, limits and keys.
        new("setuid", 105, 146), new("setgid", 106, 144), new("setreuid", 113, 145), new("setregid", 114, 143),
        new("setresuid", 117, 147), new("setresgid", 119, 149), new("setgroups", 116, 159), new("setfsuid", 122, 151),
        new("setfsgid", 123, 152), new("capset", 126, 91), new("setrlimit", 160, 164), new("prlimit64", 302, 261, Refusal.WhenSettingLimit),
        new("add_key", 248, 217), new("request_key", 249, 218), new("keyctl", 250, 219), new("personality", 135, 92),

        // The kernel itself, and the large doors into it.
        new("mount", 165, 40), new("umount2", 166, 39), new("pivot_root", 155, 41), new("chroot", 161, 51), new("setns", 308, 268),
        new("unshare", 272, 97), new("open_tree", 428, 428), new("move_mount", 429, 429), new("fsopen", 430, 430),
        new("fsconfig", 431, 431), new("fsmount", 432, 432), new("fspick", 433, 433), new("mount_setattr", 442, 442),
        new("bpf", 321, 280), new("perf_event_open", 298, 241), new("userfaultfd", 323, 282),
        new("io_uring_setup", 425, 425), new("io_uring_enter", 426, 426), new("io_uring_register", 427, 427),
        new("init_module", 175, 105), new("finit_module", 313, 273), new("delete_module", 176, 106),
        new("kexec_load", 246, 104), new("kexec_file_load", 320, 294), new("reboot", 169, 142), new("swapon", 167, 224),
        new("swapoff", 168, 225), new("acct", 163, 89), new("syslog", 103, 116), new("quotactl", 179, 60), new("sethostname", 170, 161),
        new("setdomainname", 171, 162), new("settimeofday", 164, 170), new("clock_settime", 227, 112), new("adjtimex", 159, 171),
        new("clock_adjtime", 305, 266), new("iopl", 172, null), new("ioperm", 173, null), new("modify_ldt", 154, null),
    ];
}
