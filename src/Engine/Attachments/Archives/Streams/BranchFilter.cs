using System.Buffers.Binary;

namespace Platform.Engine.Attachments.Archives.Streams;

/// <summary>What packers do to programs so that they pack better, undone: addresses of x86 calls made relative again, differences added up.</summary>
internal static class BranchFilter
{
    public static void DecodeDelta(Span<byte> data, int distance)
    {
        for (var index = distance; index < data.Length; index++)
            data[index] += data[index - distance];
    }

    /// <summary>The BCJ filter of LZMA SDK for x86: E8 and E9 with an absolute address whose high octet is 00 or FF.</summary>
    public static void DecodeX86(Span<byte> data)
    {
        var previous = -5;
        uint mask = 0;
        for (var at = 0; at + 5 <= data.Length;)
        {
            if ((data[at] & 0xFE) != 0xE8)
            {
                at++;
                continue;
            }

            var gap = at - previous;
            previous = at;
            if (gap > 5)
            {
                mask = 0;
            }
            else
            {
                for (var step = 0; step < gap; step++)
                    mask = (mask & 0x77) << 1;
            }

            var high = data[at + 4];
            if (high is not (0 or 0xFF) || mask >> 1 >= 16 || !IsAllowed((int)(mask >> 1) & 7))
            {
                at++;
                mask |= high is 0 or 0xFF ? 0x11u : 0x01u;
                continue;
            }

            Relative(data, at, mask);
            at += 5;
            mask = 0;
        }
    }

    /// <summary>The filter of four streams: code without its targets, targets of calls, of jumps, and the choices, range coded.</summary>
    public static bool DecodeBcj2(ReadOnlySpan<byte> main, ReadOnlySpan<byte> calls, ReadOnlySpan<byte> jumps, ReadOnlySpan<byte> choices, UnpackBuffer output)
    {
        var range = new RangeInput(choices);
        if (!range.IsValid)
            return false;
        var probabilities = new ushort[2 + 256];
        probabilities.AsSpan().Fill(RangeInput.Even);
        byte previous = 0;
        foreach (var octet in main)
        {
            if (!output.Write(octet))
                return false;
            var isBranch = (octet & 0xFE) == 0xE8 || (previous == 0x0F && (octet & 0xF0) == 0x80);
            var before = previous;
            previous = octet;
            if (!isBranch || range.Bit(ref probabilities[octet == 0xE8 ? before : octet == 0xE9 ? 256 : 257]) == 0)
                continue;
            var targets = octet == 0xE8 ? calls : jumps;
            if (targets.Length < 4)
                return false;
            var target = BinaryPrimitives.ReadUInt32BigEndian(targets) - (uint)(output.Length + 4);
            if (octet == 0xE8)
                calls = calls[4..];
            else
                jumps = jumps[4..];
            for (var shift = 0; shift < 32; shift += 8)
                if (!output.Write(previous = (byte)(target >> shift)))
                    return false;
        }

        return true;
    }

    private static void Relative(Span<byte> data, int at, uint mask)
    {
        const int mostRounds = 4;
        var source = BinaryPrimitives.ReadUInt32LittleEndian(data[(at + 1)..]);
        uint target = 0;
        for (var round = 0; round < mostRounds; round++)
        {
            target = source - (uint)(at + 5);
            if (mask == 0)
                break;
            var bits = BitIndex((int)(mask >> 1) & 7) * 8;
            if ((byte)(target >> (24 - bits)) is not (0 or 0xFF))
                break;
            source = target ^ ((1u << (32 - bits)) - 1);
        }

        target &= 0x1FFFFFF;
        target |= 0 - (target & 0x1000000);
        BinaryPrimitives.WriteUInt32LittleEndian(data[(at + 1)..], target);
    }

    private static bool IsAllowed(int mask) => mask is 0 or 1 or 2 or 4;

    private static int BitIndex(int mask) => mask switch { 0 => 0, 1 => 1, 2 or 3 => 2, _ => 3 };
}
