using System.Buffers.Binary;
using System.Net.Sockets;

namespace Platform.Feeds.Clamd;

// clamd(8) over TCP or a Unix socket, one command a connection:
//
//   zINSTREAM NUL · chunks: length (32 bit, big endian) and that many bytes · length 0
//   reply up to NUL: "stream: OK", "stream: NAME FOUND", "... ERROR"
//
// clamd ends the stream when more than its StreamMaxLength comes; what is longer is not sent. A connection holds one of its
// threads, so that as many as it has threads are opened at once, and no more.

/// <summary>Has bytes scanned by clamd.</summary>
internal sealed class ClamdClient(ClamdAddress address, int connections) : IDisposable
{
    private const int ChunkBytes = 256 * 1024;

    private readonly SemaphoreSlim _free = new(connections, connections);

    /// <exception cref="SocketException">It cannot be reached.</exception>
    /// <exception cref="IOException">It hung up.</exception>
    public async ValueTask<ClamdReply> ScanAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using var socket = address.Open();
            await socket.ConnectAsync(address.EndPoint, cancellationToken).ConfigureAwait(false);
            await using var stream = new NetworkStream(socket, ownsSocket: false);
            try
            {
                await SendAsync(stream, content, cancellationToken).ConfigureAwait(false);
            }
            catch (IOException)
            {
                // It may have said why before it hung up.
            }

            return await ReadAsync(stream, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose() => _free.Dispose();

    private static async Task SendAsync(NetworkStream stream, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await stream.WriteAsync("zINSTREAM\0"u8.ToArray(), cancellationToken).ConfigureAwait(false);
        var length = new byte[sizeof(uint)];
        for (var at = 0; at < content.Length; at += ChunkBytes)
        {
            var chunk = content.Slice(at, Math.Min(ChunkBytes, content.Length - at));
            BinaryPrimitives.WriteInt32BigEndian(length, chunk.Length);
            await stream.WriteAsync(length, cancellationToken).ConfigureAwait(false);
            await stream.WriteAsync(chunk, cancellationToken).ConfigureAwait(false);
        }

        BinaryPrimitives.WriteInt32BigEndian(length, 0);
        await stream.WriteAsync(length, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<ClamdReply> ReadAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[ClamdReply.MaxBytes];
        var count = 0;
        while (count < buffer.Length)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(count), cancellationToken).ConfigureAwait(false);
            if (read == 0)
                break;
            count += read;
            if (buffer.AsSpan(count - read, read).Contains((byte)0))
                break;
        }

        return ClamdReply.Parse(buffer.AsSpan(0, count));
    }
}
