using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Platform.Storage.Tests.Support;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace Platform.Storage.Tests.Support;

/// <summary>A throw-away PostgreSQL cluster on a loopback port, started at first use. As root it runs under the user <c>postgres</c>, since the server refuses root.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Migrated = "migrated";

    private readonly SemaphoreSlim _starting = new(1, 1);
    private string? _folder;
    private string? _binaries;
    private bool _migrated;
    private int _port;
    private int _databases;

    /// <summary>The connection string of a new, empty database.</summary>
    public async Task<string> CreateDatabaseAsync(CancellationToken cancellationToken)
    {
        await EnsureStartedAsync(cancellationToken);
        return await CreateAsync("template0", cancellationToken);
    }

    /// <summary>The connection string of a new database that is up to date and holds nothing.</summary>
    public async Task<string> CreateMigratedAsync(CancellationToken cancellationToken)
    {
        await EnsureStartedAsync(cancellationToken);
        await _starting.WaitAsync(cancellationToken);
        try
        {
            if (!_migrated)
            {
                await CreateAsync("template0", cancellationToken, Migrated);
                await MigratedDatabases.MigrateAsync(ConnectionString(Migrated), cancellationToken);
                _migrated = true;
            }

            return await CreateAsync(Migrated, cancellationToken);
        }
        finally
        {
            _starting.Release();
        }
    }

    private async Task EnsureStartedAsync(CancellationToken cancellationToken)
    {
        _binaries = FindBinaries();
        if (_binaries is null)
            Parts.Missing("PostgreSQL (initdb, pg_ctl; set POSTGRES_BIN)");
        await _starting.WaitAsync(cancellationToken);
        try
        {
            if (_folder is null)
                await StartAsync();
        }
        finally
        {
            _starting.Release();
        }
    }

    private async Task<string> CreateAsync(string template, CancellationToken cancellationToken, string? called = null)
    {
        var name = called ?? $"test{Interlocked.Increment(ref _databases)}";
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync(cancellationToken);
        await using var create = new NpgsqlCommand($"CREATE DATABASE {name} TEMPLATE {template}", connection);
        await create.ExecuteNonQueryAsync(cancellationToken);
        return ConnectionString(name);
    }

    public async ValueTask DisposeAsync()
    {
        if (_folder is not null)
        {
            NpgsqlConnection.ClearAllPools();
            await RunAsync("pg_ctl", "-D", Path.Combine(_folder, "data"), "-m", "immediate", "-w", "stop");
            System.IO.Directory.Delete(_folder, recursive: true);
        }

        _starting.Dispose();
    }

    private static string? FindBinaries()
    {
        var named = Environment.GetEnvironmentVariable("POSTGRES_BIN");
        var candidates = named is not null
            ? [named]
            : System.IO.Directory.Exists("/usr/lib/postgresql")
                ? System.IO.Directory.GetDirectories("/usr/lib/postgresql").Order().Reverse().Select(d => Path.Combine(d, "bin"))
                : [];
        return candidates.FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb")));
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private string ConnectionString(string database) => $"Host=127.0.0.1;Port={_port};Username=postgres;Database={database};Maximum Pool Size=20";

    private async Task StartAsync()
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("pg-test-").FullName;
        if (Environment.IsPrivilegedProcess)
            await ExecuteAsync("chown", ["postgres", folder]);
        var data = Path.Combine(folder, "data");
        await RunAsync("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync");
        _port = FreePort();
        await RunAsync("pg_ctl", "-D", data, "-w", "-l", Path.Combine(folder, "log"), "-o", $"-p {_port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=100", "start");
        _folder = folder;
    }

    private Task RunAsync(string program, params string[] arguments)
    {
        var path = Path.Combine(_binaries!, program);
        return Environment.IsPrivilegedProcess
            ? ExecuteAsync("runuser", ["-u", "postgres", "--", path, .. arguments])
            : ExecuteAsync(path, arguments);
    }

    private static async Task ExecuteAsync(string program, string[] arguments)
    {
        // Output goes nowhere: a server that inherits a pipe would hold it open for ever.
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", program, .. arguments]) { WorkingDirectory = "/" })!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}
