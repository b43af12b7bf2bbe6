using Microsoft.Win32.SafeHandles;
using Platform.ScannerHost.Confinement;

namespace Platform.ScannerHost;

/// <summary>Keeps the protocol's output to itself: whatever else is written to standard output goes to standard error.</summary>
internal static class ProtocolStreams
{
    public static Stream TakeOutput()
    {
        if (OperatingSystem.IsLinux())
        {
            var copy = Libc.dup(1);
            if (copy >= 0 && Libc.dup2(2, 1) >= 0)
                return new FileStream(new SafeFileHandle(copy, ownsHandle: true), FileAccess.Write, bufferSize: 0);
        }

        var output = Console.OpenStandardOutput();
        Console.SetOut(Console.Error);
        return output;
    }
}
