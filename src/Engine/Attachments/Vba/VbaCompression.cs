using System.Buffers.Binary;
using System.Numerics;

namespace Platform.Engine.Attachments.Vba;

/// <summary>
/// The run-length compression of VBA streams ([MS-OVBA] 2.4.1): a signature octet 1, then chunks that hold 4,096 octets each. In a
/// chunk a flag octet tells for the next eight tokens whether it is a literal or a copy of what came before in the chunk.
/// </summary>
internal static class VbaCompression
{
    private const int ChunkLength = 4_096;

    /// <summary>What comes out before damage or <paramref name="most"/> octets; nothing without the signature.</summary>
    public static byte[] Decompress(ReadOnlySpan<byte> container, int most)
    {
        if (container.Length < 3 || container[0] != 1)
            return [];
        var output = new byte[Math.Min(most, Math.Max(ChunkLength, container.Length * 3))];
        var written = 0;
        for (var position = 1; position + 2 < container.Length && written < most;)
        {
            var header = BinaryPrimitives.ReadUInt16LittleEndian(container[position..]);
            var end = Math.Min(position + (header & 0x0FFF) + 3, container.Length);
            if (output.Length - written < ChunkLength)
                Array.Resize(ref output, Math.Max(written + ChunkLength, Math.Min(most, output.Length * 2)));
            var chunk = container[(position + 2)..end];
            var room = output.AsSpan(written, ChunkLength);
            written += (header & 0x8000) == 0 ? Copy(chunk, room) : Expand(chunk, room);
            position = end;
        }

        return output[..Math.Min(written, most)];
    }

    private static int Copy(ReadOnlySpan<byte> chunk, Span<byte> output)
    {
        var length = Math.Min(chunk.Length, output.Length);
        chunk[..length].CopyTo(output);
        return length;
    }

    private static int Expand(ReadOnlySpan<byte> chunk, Span<byte> output)
    {
        var written = 0;
        for (var position = 0; position < chunk.Length;)
        {
            var flags = chunk[position++];
            for (var bit = 0; bit < 8 && position < chunk.Length && written < output.Length; bit++)
            {
                if ((flags >> bit & 1) == 0)
                {
                    output[written++] = chunk[position++];
                    continue;
                }

                if (position + 2 > chunk.Length)
                    return written;
                var token = BinaryPrimitives.ReadUInt16LittleEndian(chunk[position..]);
                position += 2;
                // The more there is to point back to, the more bits of the token say how far (2.4.1.3.19.1).
                var offsetBits = Math.Max(4, 32 - BitOperations.LeadingZeroCount((uint)Math.Max(0, written - 1)));
                var lengthMask = 0xFFFF >> offsetBits;
                var offset = (token >> (16 - offsetBits)) + 1;
                if (offset > written)
                    return written;
                for (var left = (token & lengthMask) + 3; left > 0 && written < output.Length; left--, written++)
                    output[written] = output[written - offset];
            }
        }

        return written;
    }
}
