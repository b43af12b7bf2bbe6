using System.Diagnostics;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Product;

/// <summary>A throw-away PostgreSQL server on a loopback port with its defaults, flushing included. As root it runs under the user <c>postgres</c>, since the server refuses root.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const string Installed = "/usr/lib/postgresql";

    private readonly TempFolder folder;
    private readonly string binaries;
    private readonly int port;

    private PostgresServer(TempFolder folder, string binaries, int port)
    {
        this.folder = folder;
        this.binaries = binaries;
        this.port = port;
    }

    /// <summary>The folder with all that the server writes: tables, indexes, its write-ahead log in <c>pg_wal</c>, what it says.</summary>
    public string Folder => folder.Path;

    private string Data => Path.Combine(folder.Path, "data");

    /// <exception cref="MissingPartException">No PostgreSQL is installed.</exception>
    public static async Task<PostgresServer> StartAsync(CancellationToken cancellationToken)
    {
        var binaries = (Directory.Exists(Installed) ? Directory.GetDirectories(Installed) : [])
            .OrderDescending().Select(version => Path.Combine(version, "bin")).FirstOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")))
            ?? throw new MissingPartException("postgresql");
        var server = new PostgresServer(new TempFolder("postgres"), binaries, Ports.Free(1)[0]);
        try
        {
            if (Environment.IsPrivilegedProcess)
                await ExecuteAsync("chown", ["postgres", server.folder.Path], cancellationToken);
            await server.RunAsync("initdb", ["-D", server.Data, "-U", "postgres", "-A", "trust", "-E", "UTF8"], cancellationToken);
            var options = $"-p {server.port} -k {server.folder.Path} -c listen_addresses=127.0.0.1 -c max_connections=200";
            await server.RunAsync("pg_ctl", ["-D", server.Data, "-w", "-l", Path.Combine(server.folder.Path, "log"), "-o", options, "start"], cancellationToken);
            return server;
        }
        catch
        {
            server.folder.Dispose();
            throw;
        }
    }

    /// <summary>The connection string of a new, empty database.</summary>
    public async Task<string> CreateDatabaseAsync(string name, CancellationToken cancellationToken)
    {
        await RunAsync("createdb", ["-h", "127.0.0.1", "-p", $"{port}", "-U", "postgres", name], cancellationToken);
        return $"Host=127.0.0.1;Port={port};Username=postgres;Database={name};Maximum Pool Size=80";
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync("pg_ctl", ["-D", Data, "-m", "immediate", "-w", "stop"], CancellationToken.None);
        folder.Dispose();
    }

    private Task RunAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        var path = Path.Combine(binaries, program);
        return Environment.IsPrivilegedProcess
            ? ExecuteAsync("runuser", ["-u", "postgres", "--", path, .. arguments], cancellationToken)
            : ExecuteAsync(path, arguments, cancellationToken);
    }

    private static async Task ExecuteAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        // Output goes nowhere: a server that inherits a pipe would hold it open for ever.
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", program, .. arguments]) { WorkingDirectory = "/" })!;
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }
}
