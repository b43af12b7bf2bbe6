namespace Platform.ScannerHost.Confinement;

/// <summary>open(2) flags that are equal on x64 and arm64.</summary>
internal static class OpenFlags
{
    public const int ReadOnly = 0;
    public const int WriteOnly = 1;
    public const int AccessMode = 3;
    public const int Create = 0x40;
    public const int Truncate = 0x200;
    public const int CloseOnExec = 0x80000;
    public const int PathOnly = 0x200000;

    /// <summary>O_TMPFILE without the O_DIRECTORY bit it contains.</summary>
    public const int TemporaryFile = 0x400000;
}
