using System.Runtime.InteropServices;
using Platform.ScannerHost.Confinement;

namespace Platform.ScannerHost;

/// <summary>
/// The scanner process: reads one hostile message at a time from standard input and answers on standard output,
/// confined by the operating system before the first of them. It is started by the pool, never by hand.
/// </summary>
internal static class Program
{
    public static async Task<int> Main()
    {
        var variables = HostSettings.FromEnvironment();
        var missing = Walls.Raise(variables);

        // The pool decides when this process ends: it closes standard input or kills. A signal sent to a whole group must not.
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = true);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);

        using var output = ProtocolStreams.TakeOutput();
        using var input = Console.OpenStandardInput();
        var resolver = new PoolResolver(input, output);
        var inspection = Inspection.Create(variables, resolver, new PoolFeeds(input, output));
        await inspection.WarmUpAsync().ConfigureAwait(false);

        var outer = variables.SelfTest ? SelfTest.Try() : null;
        missing = [.. missing, .. Walls.Seal(variables)];
        var loop = new RequestLoop(inspection, resolver, variables, outer);
        return await loop.RunAsync(input, output, missing).ConfigureAwait(false);
    }
}
