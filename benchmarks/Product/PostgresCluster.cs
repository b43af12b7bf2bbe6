using System.Globalization;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Product;

/// <summary>A PostgreSQL server of our own in a folder of its own, on a loopback port. As root it runs as the user <c>postgres</c>, since the server refuses root.</summary>
internal sealed class PostgresCluster : IAsyncDisposable
{
    private readonly TempFolder _folder = new("postgres");
    private readonly string _binaries;
    private readonly int _port = Ports.Free(1)[0];

    private PostgresCluster(string binaries) => _binaries = binaries;

    /// <summary>Of the database <c>postgres</c>, empty at first.</summary>
    public string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_port};Username=postgres;Database=postgres");

    private string Data => Path.Combine(_folder.Path, "data");

    /// <exception cref="MissingPartException">PostgreSQL is not on this machine.</exception>
    public static async Task<PostgresCluster> StartAsync(CancellationToken cancellationToken)
    {
        var cluster = new PostgresCluster(FindBinaries());
        try
        {
            if (Environment.IsPrivilegedProcess)
                await RunAsync("chown", ["postgres", cluster._folder.Path], cancellationToken);
            await cluster.RunAsServerAsync("initdb", ["-D", cluster.Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"], cancellationToken);
            var options = string.Create(CultureInfo.InvariantCulture, $"-p {cluster._port} -k {cluster._folder.Path} -c listen_addresses=127.0.0.1 -c max_connections=200");
            await cluster.RunAsServerAsync("pg_ctl", ["-D", cluster.Data, "-w", "-l", Path.Combine(cluster._folder.Path, "log"), "-o", options, "start"], cancellationToken);
            return cluster;
        }
        catch
        {
            cluster._folder.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsServerAsync("pg_ctl", ["-D", Data, "-m", "immediate", "-w", "stop"], CancellationToken.None);
        _folder.Dispose();
    }

    private static string FindBinaries()
    {
        string[] folders = [
            .. new[] { Environment.GetEnvironmentVariable("POSTGRES_BIN") }.OfType<string>(),
            .. Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(folder => Path.Combine(folder, "bin")) : [],
        ];
        return folders.FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb"))) ?? throw new MissingPartException("PostgreSQL (initdb, pg_ctl)");
    }

    private Task RunAsServerAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken) => Environment.IsPrivilegedProcess
        ? RunAsync("runuser", ["-u", "postgres", "--", Path.Combine(_binaries, program), .. arguments], cancellationToken)
        : RunAsync(Path.Combine(_binaries, program), arguments, cancellationToken);

    // Output goes nowhere: a server that inherits a pipe would hold it open for ever.
    private static async Task RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var (exitCode, _) = await ChildProcess.RunAsync("/bin/sh", ["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", program, .. arguments], cancellationToken, folder: "/");
        if (exitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {exitCode}.");
    }
}
