using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Platform.EndToEnd.Tests.Harness;

/// <summary>
/// An SMTP server that follows a script: the first entry is said on connection, each further one after the client has sent
/// a group (a command line, or data up to the final dot); an empty entry closes the connection.
/// </summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task loop;

    public ScriptedServer(params string[] script)
    {
        listener.Start();
        loop = RunAsync(script);
    }

    public IPEndPoint Address => (IPEndPoint)listener.LocalEndpoint;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await loop;
        listener.Dispose();
        stop.Dispose();
    }

    private async Task RunAsync(string[] script)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(stop.Token);
                await PlayAsync(client.GetStream(), script);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or IOException)
        {
            // The test is over.
        }
    }

    private async Task PlayAsync(NetworkStream stream, string[] script)
    {
        var buffer = new byte[64 * 1024];
        await stream.WriteAsync(Encoding.ASCII.GetBytes(script[0]), stop.Token);
        foreach (var reply in script.Skip(1))
        {
            var received = new StringBuilder();
            do
            {
                var read = await stream.ReadAsync(buffer, stop.Token);
                if (read == 0)
                    return;
                received.Append(Encoding.ASCII.GetString(buffer, 0, read));
            }
            while (!received.ToString().EndsWith("\r\n", StringComparison.Ordinal));

            if (reply.Length == 0)
                return;
            await stream.WriteAsync(Encoding.ASCII.GetBytes(reply), stop.Token);
        }

        // Held open until the client leaves.
        while (await stream.ReadAsync(buffer, stop.Token) > 0)
        {
        }
    }
}
