using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Platform.Scanning.Protocol;

namespace Platform.Scanning.Pool;

/// <summary>The command that starts a scanner process, with an environment that holds what .NET needs and no secret.</summary>
internal static class ScannerLaunch
{
    /// <summary>Native memory beyond the managed heap: runtime, stacks, compiled code, native libraries.</summary>
    private const long NativeAllowanceBytes = 256L * 1024 * 1024;

    private static readonly string[] s_passedOn =
    [
        "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "DOTNET_SYSTEM_GLOBALIZATION_APPLOCALICU", "TZ", "SystemRoot",
    ];

    /// <param name="mayAsk">The pool answers questions to DNS.</param>
    public static ProcessStartInfo For(ScannerPoolOptions options, bool mayAsk)
    {
        var host = Path.GetFullPath(options.HostPath ?? Path.Combine(AppContext.BaseDirectory, "Platform.ScannerHost.dll"));
        var root = DotnetRoot();
        var muxer = Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        var start = new ProcessStartInfo
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = Path.GetPathRoot(host)!,
        };
        if (File.Exists(muxer))
        {
            start.FileName = muxer;
            start.ArgumentList.Add("exec");
            start.ArgumentList.Add(host);
        }
        else
        {
            // A self-contained deployment has no shared dotnet; the program's own launcher stands beside it.
            start.FileName = Path.ChangeExtension(host, OperatingSystem.IsWindows() ? "exe" : null);
        }

        SetEnvironment(start.Environment, options, root);
        if (mayAsk)
            start.Environment[HostVariables.Dns] = "1";
        return start;
    }

    private static void SetEnvironment(IDictionary<string, string?> environment, ScannerPoolOptions options, string root)
    {
        environment.Clear();
        foreach (var name in s_passedOn)
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value)
                environment[name] = value;

        environment["DOTNET_ROOT"] = root;
        environment["LANG"] = "C.UTF-8";

        // Sockets and files of the diagnostics server have no place in a confined process.
        environment["DOTNET_EnableDiagnostics"] = "0";

        // A young generation of 4 MiB instead of one as large as the processor's cache: a quarter less memory for the same speed.
        environment["DOTNET_GCgen0size"] = "400000";
        // Large buffers come and go with each mail: without compaction the gaps between them add up.
        environment["DOTNET_GCConserveMemory"] = "5";
        environment["DOTNET_GCHeapHardLimit"] = options.MemoryLimitBytes.ToString("x", CultureInfo.InvariantCulture);

        environment[HostVariables.ParentProcess] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        environment[HostVariables.MaxMessageBytes] = options.MaxMessageBytes.ToString(CultureInfo.InvariantCulture);
        environment[HostVariables.DataLimit] = (options.MemoryLimitBytes + NativeAllowanceBytes).ToString(CultureInfo.InvariantCulture);
        if (options.NetworkData.Count > 0)
            environment[HostVariables.NetworkData] = string.Join(Path.PathSeparator, options.NetworkData.Select(Path.GetFullPath));
        if (options.PublicSuffixList is { Length: > 0 } list)
            environment[HostVariables.PublicSuffixList] = Path.GetFullPath(list);
        if (options.Model is { Length: > 0 } model)
            environment[HostVariables.Model] = Path.GetFullPath(model);
        if (options.YaraRules.Count > 0)
            environment[HostVariables.YaraRules] = string.Join(Path.PathSeparator, options.YaraRules.Select(Path.GetFullPath));
        if (options.PoisonForTests)
            environment[HostVariables.Poison] = "1";
        if (options.SelfTest)
            environment[HostVariables.SelfTest] = "1";
    }

    /// <summary>The runtime this process runs on lies at ROOT/shared/Microsoft.NETCore.App/VERSION/.</summary>
    private static string DotnetRoot() =>
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
}
