using System.Runtime.InteropServices;
using Platform.Benchmarks.Authentication;
using Platform.Benchmarks.Detection;
using Platform.Benchmarks.Detection.Bombs;
using Platform.Benchmarks.MainJob;
using Platform.Benchmarks.Peers;
using Platform.Benchmarks.Runner;
using Platform.Benchmarks.SendGuard;
using Platform.Benchmarks.Tenants;

using var stop = new CancellationTokenSource();
// Whatever ends this program, the servers that it started must go first.
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var hungUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);

if (args is [DiscardingListener.Verb, var port])
{
    await DiscardingListener.RunAsync(port, stop.Token);
    return 0;
}

if (args is [BombScanner.Verb, .. var bombs])
{
    await BombScanner.RunAsync(bombs, stop.Token);
    return 0;
}

var progress = new Progress(Console.Error, TimeProvider.System);
IReadOnlyList<Suite> suites = [MainJobSuite.Create(), AuthenticationSuite.Create(), DetectionSuite.Create(), TenantsSuite.Create(), SendGuardSuite.Create()];
try
{
    var options = BenchOptions.Parse(args);
    var suite = suites.FirstOrDefault(s => s.Name == options.Suite)
        ?? throw new UsageException($"no suite '{options.Suite}'. There is: {string.Join(", ", suites.Select(s => s.Name))}");
    var context = new BenchContext(options, Workspace.Find(), progress);
    return await suite.RunAsync(context, Console.Out, stop.Token) ? 0 : 1;
}
catch (UsageException e)
{
    await Console.Error.WriteLineAsync($"{e.Message}\n{BenchOptions.Usage}");
    return 2;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    progress.Say("stopped");
    return 130;
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
