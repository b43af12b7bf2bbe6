using System.Net;
using System.Net.Sockets;

namespace Platform.Dns.Tests.Support;

/// <summary>A name server by datagrams whose replies a test makes of the question's octets; null: silence.</summary>
internal sealed class UdpResponder : IAsyncDisposable
{
    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private int _asked;

    /// <param name="reply">Gets the question and its count from 1.</param>
    public UdpResponder(Func<byte[], int, byte[]?> reply) => _loop = RunAsync(reply);

    public IPEndPoint EndPoint => (IPEndPoint)_socket.Client.LocalEndPoint!;

    public int Asked => Volatile.Read(ref _asked);

    /// <summary>The question as a reply: header flags and counts set, sections after the question appended.</summary>
    public static byte[] Reply(byte[] question, int flags, byte[]? answer = null, byte[]? authority = null)
    {
        var end = Array.IndexOf<byte>(question, 0, 12) + 5;
        return
        [
            question[0], question[1], (byte)(0x80 | (flags >> 8)), (byte)flags, 0, 1, 0, (byte)(answer is null ? 0 : 1), 0, (byte)(authority is null ? 0 : 1), 0, 0,
            .. question.AsSpan(12, end - 12), .. answer ?? [], .. authority ?? [],
        ];
    }

    /// <summary>A record in wire form; the default owner is a pointer to the question's name.</summary>
    public static byte[] Record(int type, byte[] data, byte[]? owner = null) =>
        [.. owner ?? [0xC0, 12], 0, (byte)type, 0, 1, 0, 0, 0, 60, (byte)(data.Length >> 8), (byte)data.Length, .. data];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync(Func<byte[], int, byte[]?> reply)
    {
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveAsync(_stop.Token);
                if (reply(received.Buffer, Interlocked.Increment(ref _asked)) is { } datagram)
                    await _socket.SendAsync(datagram, received.RemoteEndPoint, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }
}
