using System.Globalization;
using System.Net;
using Platform.Benchmarks.Peers;
using Platform.Benchmarks.Product;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Tenants.Onboarding;

/// <summary>NSD on loopback with the zone of a customer, and the program by which the customer's records are published there.</summary>
internal sealed class NameServer : IAsyncDisposable
{
    private readonly TempFolder folder = new("name-server");
    private ChildProcess? server;

    private NameServer(IPEndPoint endPoint) => EndPoint = endPoint;

    public IPEndPoint EndPoint { get; }

    /// <summary>Takes the name and the text of a TXT record.</summary>
    public string Publisher => Path.Combine(folder.Path, "publish");

    /// <param name="records">Lines of the zone, names relative to it.</param>
    /// <exception cref="MissingPartException">There is no NSD.</exception>
    public static async Task<NameServer> StartAsync(string zone, IReadOnlyList<string> records, CancellationToken cancellationToken)
    {
        var program = Programs.Require("nsd");
        var started = new NameServer(Programs.Loopback(Ports.Free(1)[0]));
        try
        {
            await started.RunAsync(program, zone, records, cancellationToken);
            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
        folder.Dispose();
    }

    private async Task RunAsync(string program, string zone, IReadOnlyList<string> records, CancellationToken cancellationToken)
    {
        var (configuration, file) = (Path.Combine(folder.Path, "nsd.conf"), Path.Combine(folder.Path, "zone"));
        await File.WriteAllTextAsync(configuration, Configuration(zone), cancellationToken);
        string[] lines = [$"$ORIGIN {zone}.", "$TTL 1", "@ SOA ns hostmaster 1 3600 600 86400 1", "@ NS ns", "ns A 127.0.0.1", .. records, ""];
        await File.WriteAllTextAsync(file, string.Join('\n', lines), cancellationToken);
        server = ChildProcess.Start(program, ["-d", "-c", configuration]);
        await File.WriteAllTextAsync(
            Publisher,
            string.Create(CultureInfo.InvariantCulture, $"#!/bin/sh\nprintf '%s. TXT \"%s\"\\n' \"$1\" \"$2\" >> '{file}' && kill -HUP {server.Id}\n"),
            cancellationToken);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Publisher, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await Wait.ForAsync("the name server listens", TimeSpan.FromSeconds(20), async () =>
            server.HasExited ? throw new InvalidOperationException("nsd ended: " + server.Tail(10)) : await Ports.TakesConnectionsAsync(EndPoint, cancellationToken), cancellationToken);
    }

    private string Configuration(string zone) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        server:
          ip-address: 127.0.0.1@{EndPoint.Port}
          username: ""
          zonesdir: "{folder.Path}"
          pidfile: ""
          zonelistfile: "{folder.Path}/zone.list"
          xfrdfile: "{folder.Path}/xfrd.state"
          xfrdir: "{folder.Path}"
          server-count: 1
          rrl-ratelimit: 0
        remote-control:
          control-enable: no
        zone:
          name: {zone}
          zonefile: zone

        """);
}
