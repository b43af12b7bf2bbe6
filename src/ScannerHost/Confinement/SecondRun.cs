using System.Runtime.InteropServices;
using Platform.Scanning.Protocol;

namespace Platform.ScannerHost.Confinement;

/// <summary>
/// Starts this program anew in the same process (execve(2)): Landlock binds a thread and what it starts,
/// and .NET has started threads before the first line of ours ran.
/// </summary>
internal static unsafe class SecondRun
{
    private const char Separator = '\n';

    /// <summary>Null in the first run; else the walls that the first run could not raise.</summary>
    public static IReadOnlyList<string>? Missing =>
        Environment.GetEnvironmentVariable(HostVariables.Stage) != "2"
            ? null
            : Environment.GetEnvironmentVariable(HostVariables.Missing)?.Split(Separator, StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>Does not return when it succeeds.</summary>
    /// <exception cref="InvalidOperationException">The program could not be started anew.</exception>
    public static void Begin(IReadOnlyList<string> missing)
    {
        Environment.SetEnvironmentVariable(HostVariables.Stage, "2");
        Environment.SetEnvironmentVariable(HostVariables.Missing, string.Join(Separator, missing));
        var arguments = File.ReadAllText("/proc/self/cmdline").Split('\0', StringSplitOptions.RemoveEmptyEntries);
        List<string> environment = [];
        foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
            environment.Add($"{variable.Key}={variable.Value}");

        var path = Environment.ProcessPath!;
        Libc.execve(path, Strings(arguments), Strings(environment));
        throw new InvalidOperationException($"The program cannot be started anew: errno {Marshal.GetLastPInvokeError()}.");
    }

    /// <summary>A null-terminated array of C strings that lives as long as the process image, which ends here.</summary>
    private static byte** Strings(IReadOnlyList<string> values)
    {
        var array = (byte**)NativeMemory.AllocZeroed((nuint)(values.Count + 1), (nuint)sizeof(byte*));
        for (var i = 0; i < values.Count; i++)
            array[i] = (byte*)Marshal.StringToCoTaskMemUTF8(values[i]);
        return array;
    }
}
