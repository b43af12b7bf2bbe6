using System.Globalization;
using System.Net;
using Platform.Benchmarks.Peers;
using Platform.Benchmarks.Product;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.MainJob;

/// <summary>
/// The two commands of the README on a clone in an empty folder with empty package caches: <c>dotnet run --project src/Api</c> until
/// ready and SIGTERM, then <c>dotnet test</c>. What is committed is measured, not what lies in the working tree.
/// </summary>
internal sealed class FreshBench : IBench
{
    public IReadOnlyList<string> Figures => ["fresh"];

    public bool NeedsQuiet => true;

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchContext context, CancellationToken cancellationToken)
    {
        using var folder = new TempFolder("fresh");
        var clone = Path.Combine(folder.Path, "clone");
        var (cloned, output) = await ChildProcess.RunAsync(Programs.Require("git"), ["clone", "-q", "--no-hardlinks", context.Workspace.Root, clone], cancellationToken);
        if (cloned != 0)
            throw new MissingPartException($"the repository's history ({output})");
        var environment = EmptyCaches(folder);

        context.Progress.Say("dotnet run --project src/Api, with empty caches");
        var run = await RunAsync(clone, environment, Limit(context, TimeSpan.FromMinutes(6)), cancellationToken);
        context.Progress.Say($"{run.Why ?? "ready"} after {run.Took.TotalSeconds:F0} s; dotnet test");
        var test = await TestAsync(clone, environment, Limit(context, TimeSpan.FromMinutes(15)), cancellationToken);
        context.Progress.Say($"{test.Why ?? "passed"} after {test.Took.TotalSeconds:F0} s");

        // The compiler's server, which both commands left behind with its socket in this folder, would else outlive it.
        await ChildProcess.RunAsync("dotnet", ["build-server", "shutdown"], cancellationToken, environment, clone);

        var holds = run.Why is null && test.Why is null;
        return
        [
            new Figure("fresh", holds, "both README commands work", "true", holds)
            {
                Detail = string.Create(CultureInfo.InvariantCulture, $"dotnet run: {run.Why ?? "ready"} after {run.Took.TotalSeconds:F0} s; dotnet test: {test.Why ?? "passed"} after {test.Took.TotalSeconds:F0} s"),
            },
        ];
    }

    // A quick run has ten minutes in all; what is not done by then is told as not done.
    private static TimeSpan Limit(BenchContext context, TimeSpan full) =>
        context.Options.Quick ? TimeSpan.FromSeconds(Math.Max(20, context.QuickTimeLeft.TotalSeconds)) : full;

    private static Dictionary<string, string?> EmptyCaches(TempFolder folder) => new()
    {
        ["NUGET_PACKAGES"] = folder.Sub("packages"),
        ["NUGET_HTTP_CACHE_PATH"] = folder.Sub("http-cache"),
        ["NUGET_PLUGINS_CACHE_PATH"] = folder.Sub("plugins-cache"),
        ["TMPDIR"] = folder.Sub("tmp"),
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["TESTINGPLATFORM_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_NOLOGO"] = "1",
        ["MSBUILDDISABLENODEREUSE"] = "1",
        // Set by the 'dotnet run' that this program itself may run under.
        ["MSBuildSDKsPath"] = null,
        ["MSBuildExtensionsPath"] = null,
        ["DOTNET_LAUNCH_PROFILE"] = null,
        ["REQUIRE_PARTS"] = null,
        ["CI"] = null,
    };

    private static async Task<(string? Why, TimeSpan Took)> RunAsync(string clone, Dictionary<string, string?> environment, TimeSpan limit, CancellationToken cancellationToken)
    {
        var ports = Ports.Free(3).Select(p => p.ToString(CultureInfo.InvariantCulture)).ToList();
        var settings = new Dictionary<string, string?>(environment)
        {
            ["Http__Listen"] = $"http://127.0.0.1:{ports[0]}",
            ["Smtp__Inbound"] = $"127.0.0.1:{ports[1]}",
            ["Smtp__Submission"] = $"127.0.0.1:{ports[2]}",
            ["Data__Directory"] = Path.Combine(clone, "data"),
        };
        var start = TimeProvider.System.GetTimestamp();
        await using var child = ChildProcess.Start("dotnet", ["run", "--project", "src/Api"], settings, clone);
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        var ready = await Wait.UntilAsync(limit, async () => child.HasExited || await IsReadyAsync(http, new Uri($"http://127.0.0.1:{ports[0]}/health/ready"), cancellationToken), cancellationToken);
        var took = TimeProvider.System.GetElapsedTime(start);
        if (child.HasExited)
            return ($"ended with {child.ExitCode}: {child.Tail(5)}", took);
        if (!ready)
            return ($"not ready within {limit.TotalSeconds:F0} s", took);
        child.Terminate();
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stopping.CancelAfter(TimeSpan.FromSeconds(40));
        try
        {
            await child.WaitAsync(stopping.Token);
            return (null, took);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ("ready, but SIGTERM did not end it within 40 s", took);
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync(address, cancellationToken);
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private static async Task<(string? Why, TimeSpan Took)> TestAsync(string clone, Dictionary<string, string?> environment, TimeSpan limit, CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(limit);
        try
        {
            var (exitCode, output) = await ChildProcess.RunAsync("dotnet", ["test"], timeout.Token, environment, clone);
            var took = TimeProvider.System.GetElapsedTime(start);
            return (exitCode == 0 ? null : $"ended with {exitCode}: {string.Join(" | ", output.Split('\n').TakeLast(6))}", took);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ($"not done within {limit.TotalSeconds:F0} s", TimeProvider.System.GetElapsedTime(start));
        }
    }
}
