using System.Net;
using System.Net.Sockets;

namespace Platform.Benchmarks.Product;

/// <summary>Ports that were free a moment ago, on loopback.</summary>
internal static class Ports
{
    public static IReadOnlyList<int> Free(int count)
    {
        List<TcpListener> listeners = [];
        try
        {
            for (var i = 0; i < count; i++)
            {
                var listener = new TcpListener(IPAddress.Loopback, 0);
                listener.Start();
                listeners.Add(listener);
            }

            return [.. listeners.Select(l => ((IPEndPoint)l.LocalEndpoint).Port)];
        }
        finally
        {
            foreach (var listener in listeners)
                listener.Dispose();
        }
    }

    /// <summary>True when something takes a connection there, whatever it speaks.</summary>
    public static async Task<bool> TakesConnectionsAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(endPoint, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
