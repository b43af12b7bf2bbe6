namespace Platform.ScannerHost.Confinement;

/// <summary>Root becomes nobody (credentials(7)), unless nobody may not read the program.</summary>
internal static unsafe class Unprivileged
{
    private const uint Nobody = 65534;

    public static void Become(List<string> missing)
    {
        if (Libc.geteuid() != 0)
            return;

        // The saved user stays root until it is known that the files can be read.
        Libc.setgroups(0, null);
        if (Libc.setresgid(Nobody, Nobody, Nobody) == 0 && Libc.setresuid(Nobody, Nobody, 0) == 0 && CanReadProgram()
            && Libc.setresuid(Nobody, Nobody, Nobody) == 0)
            return;

        Libc.setresuid(0, 0, 0);
        Libc.setresgid(0, 0, 0);
        missing.Add("user nobody (it may not read the program's folder, so scanner processes stay root)");
    }

    private static bool CanReadProgram() =>
        CanRead(Environment.ProcessPath!) && CanRead(typeof(Unprivileged).Assembly.Location) && CanRead(typeof(object).Assembly.Location);

    private static bool CanRead(string path)
    {
        var descriptor = Libc.open(path, OpenFlags.CloseOnExec, 0);
        if (descriptor < 0)
            return false;
        Libc.close(descriptor);
        return true;
    }
}
