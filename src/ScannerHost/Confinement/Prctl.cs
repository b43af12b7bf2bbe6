namespace Platform.ScannerHost.Confinement;

/// <summary>prctl(2).</summary>
internal static class Prctl
{
    private const int PR_SET_PDEATHSIG = 1;
    private const int PR_SET_NO_NEW_PRIVS = 38;
    private const int SIGKILL = 9;

    /// <summary>No set-user-ID program gives anything back; asked for by Landlock and the system call filter. Inherited over execve.</summary>
    public static void ForbidNewPrivileges() => Libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);

    /// <summary>The kernel kills this process when the pool's process ends, even by kill -9. Cleared by a change of user, so it comes late.</summary>
    public static void DieWithParent(int parent)
    {
        Libc.prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);

        // It may have ended before the line above.
        if (Libc.getppid() != parent)
            Libc._exit(0);
    }
}
