using System.Globalization;
using System.Net;
using Platform.Benchmarks.Product;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Peers.Filters;

/// <summary>rspamd as Debian configures it, with a folder, ports and a name server of our own and two normal workers.</summary>
internal sealed class Rspamd : IMailFilter
{
    private const string Configuration = "/etc/rspamd";

    private readonly TempFolder folder;
    private readonly NameServerOfNothing names;
    private readonly ChildProcess process;
    private readonly HttpClient client;

    private Rspamd(TempFolder folder, NameServerOfNothing names, ChildProcess process, IPEndPoint endPoint)
    {
        this.folder = folder;
        this.names = names;
        this.process = process;
        client = new HttpClient { BaseAddress = new Uri($"http://{endPoint}"), Timeout = TimeSpan.FromSeconds(60) };
    }

    public string Name => "rspamd";

    public int ProcessId => process.Id;

    /// <exception cref="MissingPartException">No rspamd, or not root, which its workers' user needs.</exception>
    public static async Task<Rspamd> StartAsync(CancellationToken cancellationToken)
    {
        var program = Programs.Require("rspamd");
        if (!Environment.IsPrivilegedProcess)
            throw new MissingPartException("root, to start rspamd,");
        var folder = new TempFolder("rspamd");
        var names = new NameServerOfNothing();
        var ports = Ports.Free(3);
        var (copied, output) = await ChildProcess.RunAsync("cp", ["-r", Configuration, Path.Combine(folder.Path, "conf")], cancellationToken);
        if (copied != 0)
            throw new MissingPartException($"{Configuration} ({output})");
        foreach (var name in (string[])["db", "run", "log"])
            folder.Sub(name);
        var local = Path.Combine(folder.Path, "conf", "local.d");
        await File.WriteAllTextAsync(Path.Combine(local, "options.inc"), string.Create(CultureInfo.InvariantCulture, $"dns {{ nameserver = [\"{names.EndPoint}\"]; timeout = 1s; retransmits = 1; }}\n"), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(local, "worker-normal.inc"), Worker(ports[0], "count = 2;"), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(local, "worker-controller.inc"), Worker(ports[1], "enabled = false;"), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(local, "worker-proxy.inc"), Worker(ports[2], "enabled = false;"), cancellationToken);
        await ChildProcess.RunAsync("sh", ["-c", "chown -R _rspamd \"$1\" && chmod 755 \"$1\"", "sh", folder.Path], cancellationToken);
        string[] places = [.. new[] { ("CONFDIR", "conf"), ("LOCAL_CONFDIR", "conf"), ("DBDIR", "db"), ("RUNDIR", "run"), ("LOGDIR", "log") }.Select(place => $"--var={place.Item1}={Path.Combine(folder.Path, place.Item2)}")];
        var process = ChildProcess.Start(program, ["-f", "-c", Path.Combine(folder.Path, "conf", "rspamd.conf"), "-u", "_rspamd", "-g", "_rspamd", .. places]);
        var rspamd = new Rspamd(folder, names, process, Programs.Loopback(ports[0]));
        try
        {
            await Wait.ForAsync("rspamd answers", TimeSpan.FromMinutes(4), async () => process.HasExited || await Ports.TakesConnectionsAsync(Programs.Loopback(ports[0]), cancellationToken), cancellationToken);
            await rspamd.WaitForPatternsAsync(cancellationToken);
            return rspamd;
        }
        catch
        {
            await rspamd.DisposeAsync();
            throw;
        }
    }

    public async Task JudgeAsync(ReadOnlyMemory<byte> mail, CancellationToken cancellationToken)
    {
        using var content = new ReadOnlyMemoryContent(mail);
        using var response = await client.PostAsync(new Uri("/checkv2", UriKind.Relative), content, cancellationToken);
        var answer = await response.Content.ReadAsStringAsync(cancellationToken);
        if (!response.IsSuccessStatusCode || !answer.Contains("\"score\"", StringComparison.Ordinal))
            throw new InvalidOperationException($"rspamd: {(int)response.StatusCode} {answer[..Math.Min(300, answer.Length)]}");
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await process.DisposeAsync();
        await names.DisposeAsync();
        folder.Dispose();
    }

    // Its patterns are compiled by a helper process after the start; until they are loaded it runs on slower ones.
    private async Task WaitForPatternsAsync(CancellationToken cancellationToken)
    {
        var log = Path.Combine(folder.Path, "log", "rspamd.log");
        await Wait.UntilAsync(TimeSpan.FromMinutes(3), async () => (await ReadAsync()).Contains("hyperscan databases", StringComparison.OrdinalIgnoreCase), cancellationToken);

        async Task<string> ReadAsync()
        {
            if (!File.Exists(log))
                return "";
            await using var stream = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream);
            return await reader.ReadToEndAsync(cancellationToken);
        }
    }

    private static string Worker(int port, string more) => string.Create(CultureInfo.InvariantCulture, $"bind_socket = \"127.0.0.1:{port}\";\n{more}\n");
}
