using System.ComponentModel;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Tenants.Feed;

/// <summary>The shipped Python puller as a process: killed with SIGKILL at random moments, started again over what it kept.</summary>
internal sealed class FeedPuller(Workspace workspace, Uri http, string clientId, string folder)
{
    private static readonly TimeSpan ToTheEnd = TimeSpan.FromMinutes(5);

    public string ClientId => clientId;

    public string Output { get; } = Path.Combine(folder, "events.ndjson");

    public int Kills { get; private set; }

    /// <summary>Until cancelled; the last one is killed too.</summary>
    public async Task RunKilledAsync(Random random, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await using var puller = Start("--wait", "5");
            try
            {
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(300, 2_500)), TimeProvider.System, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                // The writers are done.
            }

            if (puller.HasExited)
                throw new InvalidOperationException($"the puller ended with {puller.ExitCode}: {puller.Tail(5)}");
            puller.Kill();
            Kills++;
            await puller.WaitAsync(CancellationToken.None);
        }
    }

    public async Task RunToTheEndAsync(CancellationToken cancellationToken)
    {
        await using var puller = Start("--once");
        await puller.WaitAsync(cancellationToken).WaitAsync(ToTheEnd, cancellationToken);
        if (puller.ExitCode != 0)
            throw new InvalidOperationException($"the puller ended with {puller.ExitCode}: {puller.Tail(5)}");
    }

    private ChildProcess Start(params string[] more)
    {
        var program = Path.Combine(workspace.Root, "deploy", "integrations", "python", "pull_events.py");
        var environment = new Dictionary<string, string?>
        {
            ["PYTHONDONTWRITEBYTECODE"] = "1",
            ["PLATFORM_URL"] = http.ToString(),
            ["PLATFORM_CLIENT_ID"] = clientId,
            ["PLATFORM_CLIENT_SECRET"] = clientId + "-secret",
        };
        try
        {
            return ChildProcess.Start("python3", [program, "--cursor-file", Path.Combine(folder, "cursor"), "--output", Output, .. more], environment);
        }
        catch (Win32Exception)
        {
            throw new MissingPartException("python3");
        }
    }
}
