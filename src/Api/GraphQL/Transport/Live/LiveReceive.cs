using System.Buffers;
using System.Net.WebSockets;

namespace Platform.Api.GraphQL.Transport.Live;

internal sealed class LiveReceiveException(string message) : Exception(message);

/// <summary>Whole text messages of a WebSocket, bounded.</summary>
internal static class LiveReceive
{
    private const int Chunk = 16 * 1024;

    /// <returns>Null when the client closes.</returns>
    /// <exception cref="LiveReceiveException">No text, or too long.</exception>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(WebSocket socket, int maxBytes, CancellationToken cancellationToken)
    {
        var text = new ArrayBufferWriter<byte>();
        while (true)
        {
            var read = await socket.ReceiveAsync(text.GetMemory(Chunk), cancellationToken);
            switch (read.MessageType)
            {
                case WebSocketMessageType.Close:
                    return null;
                case WebSocketMessageType.Binary:
                    throw new LiveReceiveException("messages are text");
                default:
                    text.Advance(read.Count);
                    break;
            }

            if (text.WrittenCount > maxBytes)
                throw new LiveReceiveException($"a message has at most {maxBytes} bytes");
            if (read.EndOfMessage)
                return text.WrittenMemory;
        }
    }
}
