using System.Runtime.InteropServices;

namespace Platform.ScannerHost.Confinement;

/// <summary>The files .NET and this program need, and no other. Read and, for programs and libraries, execute.</summary>
internal static class ReadablePaths
{
    private static readonly string[] s_system =
    [
        // The C library, ICU, OpenSSL, and how they are found.
        "/usr/lib", "/lib", "/usr/lib64", "/lib64", "/etc/ld.so.cache", "/etc/ssl/openssl.cnf",
        "/usr/share/icu", "/usr/share/zoneinfo", "/etc/localtime",

        // What the runtime reads to size its heap and its thread pool.
        "/proc/self", "/proc/meminfo", "/proc/stat", "/proc/cpuinfo", "/proc/sys/vm", "/sys/fs/cgroup",
        "/sys/devices/system/cpu", "/sys/devices/system/node", "/sys/kernel/mm/transparent_hugepage",
        "/dev/null", "/dev/random", "/dev/urandom",
    ];

    public static IEnumerable<string> For(HostSettings settings) =>
        [.. s_system, DotnetFolder(), Environment.ProcessPath!, .. ProgramFiles(), .. settings.NetworkData, .. settings.YaraRules.Where(File.Exists), .. new[] { settings.PublicSuffixList, settings.Model }.OfType<string>()];

    /// <summary>ROOT of ROOT/shared/Microsoft.NETCore.App/VERSION/; the program's own folder when the runtime lies in it.</summary>
    private static string DotnetFolder()
    {
        var runtime = Path.TrimEndingDirectorySeparator(RuntimeEnvironment.GetRuntimeDirectory());
        var shared = Path.GetFullPath(Path.Combine(runtime, "..", ".."));
        return Path.GetFileName(shared) == "shared" ? Path.GetDirectoryName(shared)! : runtime;
    }

    /// <summary>File by file: the folder may also hold the settings of the platform, which are none of a scanner's business.</summary>
    private static IEnumerable<string> ProgramFiles()
    {
        var folder = AppContext.BaseDirectory;
        var native = Path.Combine(folder, "runtimes");
        return
        [
            .. Directory.EnumerateFiles(folder, "*.dll"),
            .. Directory.EnumerateFiles(folder, "*.so"),
            .. Directory.EnumerateFiles(folder, "Platform.ScannerHost*"),
            .. Directory.Exists(native) ? [native] : Array.Empty<string>(),
        ];
    }
}
