using System.Globalization;
using System.Net;
using System.Text;
using Platform.Benchmarks.Peers;
using Platform.Benchmarks.Product;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Detection.Feeds;

/// <summary>The system's clamd on loopback, with one signature of our own and no other database.</summary>
internal sealed class MadeClamd : IAsyncDisposable
{
    private readonly TempFolder folder;
    private readonly ChildProcess process;
    private bool ended;

    private MadeClamd(TempFolder folder, ChildProcess process, IPEndPoint endPoint)
    {
        this.folder = folder;
        this.process = process;
        EndPoint = endPoint;
    }

    public IPEndPoint EndPoint { get; }

    /// <param name="mark">Text that the signature is made of.</param>
    /// <exception cref="MissingPartException">No clamd.</exception>
    public static async Task<MadeClamd> StartAsync(string signature, string mark, CancellationToken cancellationToken)
    {
        var program = Programs.Require("clamd");
        var folder = new TempFolder("clamd");
        var endPoint = Programs.Loopback(Ports.Free(1)[0]);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "made.ndb"), $"{signature}:0:*:{Convert.ToHexStringLower(Encoding.ASCII.GetBytes(mark))}\n", cancellationToken);
        var configuration = Path.Combine(folder.Path, "clamd.conf");
        await File.WriteAllTextAsync(
            configuration,
            string.Create(CultureInfo.InvariantCulture, $"DatabaseDirectory {folder.Path}\nTemporaryDirectory {folder.Path}\nTCPAddr 127.0.0.1\nTCPSocket {endPoint.Port}\nForeground yes\nMaxThreads 2\n"),
            cancellationToken);
        var clamd = new MadeClamd(folder, ChildProcess.Start(program, ["-c", configuration], new Dictionary<string, string?>()), endPoint);
        try
        {
            await Wait.ForAsync("clamd listens", TimeSpan.FromMinutes(1), async () => clamd.process.HasExited || await Ports.TakesConnectionsAsync(endPoint, cancellationToken), cancellationToken);
            return clamd.process.HasExited ? throw new InvalidOperationException($"clamd ended: {clamd.process.Tail(10)}") : clamd;
        }
        catch
        {
            await clamd.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (ended)
            return;
        ended = true;
        await process.DisposeAsync();
        folder.Dispose();
    }
}
