namespace Platform.ScannerHost.Confinement;

/// <summary>close_range(2): what the pool's process had open, a database or a socket, must not come along by mistake.</summary>
internal static class Descriptors
{
    private const nint CloseRange = 436;
    private const nint FirstAfterThePipes = 3;
    private const nint Last = int.MaxValue;
    private const nint WhenStartedAnew = 4;

    public static void CloseInherited() => Libc.syscall(CloseRange, FirstAfterThePipes, Last, WhenStartedAnew, 0, 0);
}
