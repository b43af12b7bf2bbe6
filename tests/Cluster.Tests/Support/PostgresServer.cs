using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Platform.Cluster.Tests.Support;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace Platform.Cluster.Tests.Support;

/// <summary>A throw-away PostgreSQL server on loopback, made at first use and gone with the tests.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private readonly SemaphoreSlim _once = new(1, 1);
    private int _databases;
    private Running? _running;

    /// <summary>Connection string of a new, empty database.</summary>
    public async Task<string> NewDatabaseAsync(CancellationToken cancellationToken)
    {
        var running = await RunningAsync(cancellationToken);
        var name = $"grains{Interlocked.Increment(ref _databases)}";
        await using var connection = new NpgsqlConnection(running.Connection("postgres"));
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
        return running.Connection(name);
    }

    public async ValueTask DisposeAsync()
    {
        if (_running is { } running)
        {
            NpgsqlConnection.ClearAllPools();
            await running.CallAsync("pg_ctl", "stop", "-D", running.Data, "-m", "immediate", "-w");
            Directory.Delete(running.Folder, recursive: true);
        }

        _once.Dispose();
    }

    private async Task<Running> RunningAsync(CancellationToken cancellationToken)
    {
        await _once.WaitAsync(cancellationToken);
        try
        {
            return _running ??= await StartAsync();
        }
        finally
        {
            _once.Release();
        }
    }

    private static async Task<Running> StartAsync()
    {
        var programs = Programs();
        if (programs is null)
            Parts.Missing("PostgreSQL (initdb and pg_ctl, found below /usr/lib/postgresql or by POSTGRES_BIN)");
        var running = new Running(programs!, Directory.CreateTempSubdirectory("grains-pg-").FullName, FreePort());
        if (Environment.IsPrivilegedProcess)
            await Running.ExecuteAsync("chown", "postgres", running.Folder);
        await running.CallAsync("initdb", "-D", running.Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync");
        var options = $"-p {running.Port} -k {running.Folder} -c listen_addresses=127.0.0.1 -c fsync=off";
        await running.CallAsync("pg_ctl", "start", "-D", running.Data, "-w", "-l", Path.Combine(running.Folder, "log"), "-o", options);
        return running;
    }

    private static string? Programs()
    {
        string[] folders = Environment.GetEnvironmentVariable("POSTGRES_BIN") is { } named
            ? [named]
            : Directory.Exists("/usr/lib/postgresql") ? [.. Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(version => Path.Combine(version, "bin"))] : [];
        return folders.FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")));
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private sealed record Running(string Programs, string Folder, int Port)
    {
        public string Data => Path.Combine(Folder, "data");

        public string Connection(string database) => $"Host=127.0.0.1;Port={Port};Username=postgres;Database={database};Maximum Pool Size=20";

        /// <summary>PostgreSQL refuses root, so root calls its programs as their own user.</summary>
        public Task CallAsync(string program, params string[] arguments)
        {
            var path = Path.Combine(Programs, program);
            return Environment.IsPrivilegedProcess
                ? ExecuteAsync("runuser", ["-u", "postgres", "--", path, .. arguments])
                : ExecuteAsync(path, arguments);
        }

        public static async Task ExecuteAsync(string program, params string[] arguments)
        {
            // The server inherits what it is started with; a pipe of ours would never end.
            string[] quiet = ["-c", "exec \"$@\" < /dev/null > /dev/null 2>&1", "sh", program, .. arguments];
            using var process = Process.Start(new ProcessStartInfo("/bin/sh", quiet) { WorkingDirectory = "/" })!;
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
        }
    }
}
