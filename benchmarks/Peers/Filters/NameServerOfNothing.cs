using System.Net;
using System.Net.Sockets;

namespace Platform.Benchmarks.Peers.Filters;

/// <summary>A name server (RFC 1035) that answers at once that no name exists, so that filters which lean on DNS neither wait nor learn.</summary>
internal sealed class NameServerOfNothing : IAsyncDisposable
{
    private const int HeaderLength = 12;
    private const byte Response = 0x81;
    private const byte NameError = 0x83;

    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly CancellationTokenSource stop = new();
    private readonly Task answering;

    public NameServerOfNothing()
    {
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        EndPoint = (IPEndPoint)socket.LocalEndPoint!;
        answering = Task.Run(AnswerAsync);
    }

    public IPEndPoint EndPoint { get; }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await answering;
        socket.Dispose();
        stop.Dispose();
    }

    private async Task AnswerAsync()
    {
        var buffer = new byte[4_096];
        try
        {
            while (true)
            {
                var received = await socket.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), stop.Token);
                if (received.ReceivedBytes < HeaderLength)
                    continue;
                // The question comes back as it stands; what else it carried (EDNS) is left out of the answer's counts.
                buffer[2] = Response;
                buffer[3] = NameError;
                buffer.AsSpan(6, 6).Clear();
                await socket.SendToAsync(buffer.AsMemory(0, QuestionEnd(buffer.AsSpan(0, received.ReceivedBytes))), received.RemoteEndPoint, stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }

    private static int QuestionEnd(ReadOnlySpan<byte> message)
    {
        var at = HeaderLength;
        while (at < message.Length && message[at] != 0)
            at += message[at] + 1;
        return Math.Min(message.Length, at + 5);
    }
}
