using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Platform.Benchmarks.Detection.Feeds;

/// <summary>A block list by DNS (RFC 5782): answers 127.0.0.2 for the names that it holds, and that there is no such name for all others.</summary>
internal sealed class ListNameServer : IAsyncDisposable
{
    private const int HeaderLength = 12;

    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly CancellationTokenSource stop = new();
    private readonly HashSet<string> listed;
    private readonly Task answering;

    public ListNameServer(params string[] names)
    {
        listed = new HashSet<string>(names, StringComparer.OrdinalIgnoreCase);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        EndPoint = (IPEndPoint)socket.LocalEndPoint!;
        answering = Task.Run(AnswerAsync);
    }

    public IPEndPoint EndPoint { get; }

    public async ValueTask DisposeAsync()
    {
        if (stop.IsCancellationRequested)
            return;
        await stop.CancelAsync();
        await answering;
        socket.Dispose();
    }

    private async Task AnswerAsync()
    {
        var buffer = new byte[4_096];
        try
        {
            while (true)
            {
                var received = await socket.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), stop.Token);
                if (received.ReceivedBytes > HeaderLength)
                    await socket.SendToAsync(Answer(buffer.AsSpan(0, received.ReceivedBytes)), received.RemoteEndPoint, stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }

    private byte[] Answer(ReadOnlySpan<byte> question)
    {
        var name = new StringBuilder();
        var at = HeaderLength;
        while (at < question.Length && question[at] != 0)
        {
            name.Append(Encoding.ASCII.GetString(question.Slice(at + 1, question[at]))).Append('.');
            at += question[at] + 1;
        }

        var end = Math.Min(question.Length, at + 5);
        var isListed = listed.Contains(name.ToString().TrimEnd('.')) && BinaryPrimitives.ReadUInt16BigEndian(question[(at + 1)..]) == 1;
        byte[] answer = [.. question[..end], .. isListed ? (byte[])[0xc0, HeaderLength, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 127, 0, 0, 2] : []];
        answer[2] = 0x85;
        answer[3] = (byte)(isListed ? 0x80 : 0x83);
        answer.AsSpan(6, 6).Clear();
        answer[7] = (byte)(isListed ? 1 : 0);
        return answer;
    }
}
