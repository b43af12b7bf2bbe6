namespace Platform.Engine.Attachments.Archives.Streams;

/// <summary>
/// Deflate (RFC 1951) and Deflate64 over octets in memory. The library of the runtime reads plain deflate faster; this one goes on
/// with the window of the block before, as MSZIP in cabinets needs, and knows the larger window and lengths of Deflate64.
/// </summary>
internal sealed class Inflater(UnpackBuffer output, bool large = false)
{
    private static readonly int[] LengthBase = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
    private static readonly int[] LengthExtra = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
    private static readonly int[] CodeOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    /// <summary>False when the input is broken or a bound was met; what came out before stays.</summary>
    public bool Read(ReadOnlySpan<byte> input)
    {
        var bits = new BitInput(input);
        for (var last = false; !last;)
        {
            last = bits.Take(1) == 1;
            var done = bits.Take(2) switch
            {
                0 => Stored(ref bits),
                1 => Packed(ref bits, Fixed(), new Huffman([.. Enumerable.Repeat((byte)5, 32)])),
                2 => Dynamic(ref bits),
                _ => false,
            };
            if (!done || bits.Overrun)
                return false;
        }

        return true;
    }

    private bool Stored(ref BitInput bits)
    {
        bits.Align();
        var length = (int)bits.Take(16);
        _ = bits.Take(16);
        return output.Write(bits.Octets(length)) && !bits.Overrun;
    }

    private static Huffman Fixed()
    {
        var lengths = new byte[288];
        lengths.AsSpan(0, 144).Fill(8);
        lengths.AsSpan(144, 112).Fill(9);
        lengths.AsSpan(256, 24).Fill(7);
        lengths.AsSpan(280, 8).Fill(8);
        return new Huffman(lengths);
    }

    private bool Dynamic(ref BitInput bits)
    {
        int literals = (int)bits.Take(5) + 257, distances = (int)bits.Take(5) + 1, codes = (int)bits.Take(4) + 4;
        var codeLengths = new byte[19];
        for (var index = 0; index < codes; index++)
            codeLengths[CodeOrder[index]] = (byte)bits.Take(3);
        var code = new Huffman(codeLengths);
        var lengths = new byte[literals + distances];
        for (var at = 0; at < lengths.Length;)
        {
            var symbol = code.Read(ref bits);
            if (symbol < 0 || bits.Overrun)
                return false;
            if (symbol < 16)
            {
                lengths[at++] = (byte)symbol;
                continue;
            }

            var repeated = symbol == 16 ? at > 0 ? lengths[at - 1] : (byte)0 : (byte)0;
            var count = symbol == 16 ? 3 + (int)bits.Take(2) : symbol == 17 ? 3 + (int)bits.Take(3) : 11 + (int)bits.Take(7);
            count = Math.Min(count, lengths.Length - at);
            lengths.AsSpan(at, count).Fill(repeated);
            at += count;
        }

        return Packed(ref bits, new Huffman(lengths.AsSpan(0, literals)), new Huffman(lengths.AsSpan(literals)));
    }

    private bool Packed(ref BitInput bits, Huffman literals, Huffman distances)
    {
        while (true)
        {
            var symbol = literals.Read(ref bits);
            if (symbol < 0 || bits.Overrun)
                return false;
            if (symbol < 256)
            {
                if (!output.Write((byte)symbol))
                    return false;
                continue;
            }

            if (symbol == 256)
                return true;
            if (symbol - 257 >= LengthBase.Length)
                return false;
            var length = large && symbol == 285 ? 3 + (int)bits.Take(16) : LengthBase[symbol - 257] + (int)bits.Take(LengthExtra[symbol - 257]);
            var slot = distances.Read(ref bits);
            if (slot < 0 || slot >= (large ? 32 : 30))
                return false;
            var extra = slot < 2 ? 0 : (slot >> 1) - 1;
            var distance = slot < 2 ? slot + 1 : ((2 + (slot & 1)) << extra) + 1 + (int)bits.Take(extra);
            if (!output.Repeat(distance, length))
                return false;
        }
    }

    /// <summary>A canonical code whose short words are found at once, by the bits as they come.</summary>
    private sealed class Huffman
    {
        private const int FastBits = 9;

        private readonly CanonicalCode _code;

        // For codes of at most nine bits: symbol and length.
        private readonly ushort[] _fast = new ushort[1 << FastBits];

        public Huffman(ReadOnlySpan<byte> lengths)
        {
            _code = new CanonicalCode(lengths);
            Span<int> next = stackalloc int[FastBits + 2];
            for (var length = 1; length <= FastBits; length++)
                next[length + 1] = (next[length] + _code.CountOf(length)) << 1;
            for (var symbol = 0; symbol < lengths.Length; symbol++)
            {
                int length = lengths[symbol];
                if (length is 0 or > FastBits)
                    continue;
                var code = next[length]++;
                if (code < 1 << length)
                    for (var at = Reverse(code, length); at < _fast.Length; at += 1 << length)
                        _fast[at] = (ushort)((symbol << 4) | length);
            }
        }

        /// <summary>-1 for bits that are no code.</summary>
        public int Read(ref BitInput bits)
        {
            var fast = _fast[bits.Peek(FastBits)];
            if (fast == 0)
                return _code.Read(ref bits);
            bits.Skip(fast & 15);
            return fast >> 4;
        }

        private static int Reverse(int code, int length)
        {
            var reversed = 0;
            for (var bit = 0; bit < length; bit++)
                reversed |= ((code >> bit) & 1) << (length - 1 - bit);
            return reversed;
        }
    }
}
