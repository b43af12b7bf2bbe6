using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Platform.Benchmarks.Product;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Peers.Filters;

/// <summary>SpamAssassin's spamd with Debian's rules, local tests only, two children, asked by its own protocol (SPAMC/1.5).</summary>
internal sealed class SpamAssassin : IMailFilter
{
    private readonly TempFolder folder;
    private readonly ChildProcess process;
    private readonly IPEndPoint endPoint;

    private SpamAssassin(TempFolder folder, ChildProcess process, IPEndPoint endPoint)
    {
        this.folder = folder;
        this.process = process;
        this.endPoint = endPoint;
    }

    public string Name => "SpamAssassin";

    public int ProcessId => process.Id;

    /// <exception cref="MissingPartException">No spamd.</exception>
    public static async Task<SpamAssassin> StartAsync(CancellationToken cancellationToken)
    {
        var program = Programs.Require("spamd");
        var folder = new TempFolder("spamd");
        var port = Ports.Free(1)[0];
        string[] arguments =
        [
            "-L", "-x", "-m", "2", "--min-children=2", "--min-spare=1", "--max-spare=2", "--max-conn-per-child=100000", "-i", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture),
            "-r", Path.Combine(folder.Path, "pid"), "-s", "stderr", "--syslog-socket=none",
        ];
        var process = ChildProcess.Start(program, arguments, new Dictionary<string, string?> { ["HOME"] = folder.Path });
        var spamd = new SpamAssassin(folder, process, Programs.Loopback(port));
        try
        {
            await Wait.ForAsync("spamd answers", TimeSpan.FromMinutes(2), async () => process.HasExited || await Ports.TakesConnectionsAsync(spamd.endPoint, cancellationToken), cancellationToken);
            if (process.HasExited)
                throw new InvalidOperationException($"spamd ended: {process.Tail(10)}");
            return spamd;
        }
        catch
        {
            await spamd.DisposeAsync();
            throw;
        }
    }

    public async Task JudgeAsync(ReadOnlyMemory<byte> mail, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(endPoint, cancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"CHECK SPAMC/1.5\r\nContent-length: {mail.Length}\r\n\r\n")), cancellationToken);
        await stream.WriteAsync(mail, cancellationToken);
        client.Client.Shutdown(SocketShutdown.Send);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        var answer = await reader.ReadToEndAsync(cancellationToken);
        if (!answer.Contains("Spam:", StringComparison.Ordinal))
            throw new InvalidOperationException($"spamd: {answer[..Math.Min(300, answer.Length)]}");
    }

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        folder.Dispose();
    }
}
