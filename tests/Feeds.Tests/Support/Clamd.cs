using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Platform.Feeds.Tests.Support;

/// <summary>A clamd of our own on loopback, with a signature made for the test and no other.</summary>
internal sealed class Clamd : IAsyncDisposable
{
    private const string Program = "/usr/sbin/clamd";
    private readonly Process _process;
    private readonly string _folder;
    private bool _ended;

    private Clamd(Process process, string folder, int port)
    {
        _process = process;
        _folder = folder;
        Port = port;
    }

    public int Port { get; }

    /// <summary>Starts one that knows files holding <paramref name="mark"/>; takes streams of at most a megabyte.</summary>
    public static async Task<Clamd> StartAsync(string name, string mark)
    {
        if (!File.Exists(Program))
            Parts.Missing("clamd");
        var folder = Directory.CreateTempSubdirectory("clamd-test-").FullName;
        var port = FreePort();
        await File.WriteAllTextAsync(Path.Combine(folder, "made.ndb"), $"{name}:0:*:{Convert.ToHexStringLower(Encoding.ASCII.GetBytes(mark))}\n");
        var configuration = Path.Combine(folder, "clamd.conf");
        await File.WriteAllTextAsync(configuration, string.Create(CultureInfo.InvariantCulture, $"""
            DatabaseDirectory {folder}
            TemporaryDirectory {folder}
            TCPAddr 127.0.0.1
            TCPSocket {port}
            Foreground yes
            StreamMaxLength 1M
            MaxThreads 2
            """));
        var process = Process.Start(new ProcessStartInfo(Program, ["-c", configuration]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var clamd = new Clamd(process, folder, port);
        for (var attempt = 0; attempt < 300; attempt++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port);
                return clamd;
            }
            catch (SocketException) when (!process.HasExited)
            {
                await Task.Delay(50);
            }
        }

        await clamd.DisposeAsync();
        throw new InvalidOperationException("clamd did not listen within 15 s.");
    }

    public async ValueTask DisposeAsync()
    {
        if (_ended)
            return;
        _ended = true;
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
