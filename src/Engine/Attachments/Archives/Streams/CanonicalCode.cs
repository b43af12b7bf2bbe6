namespace Platform.Engine.Attachments.Archives.Streams;

/// <summary>Bits of a packed stream, in the order in which its format takes them.</summary>
internal interface IBits
{
    /// <summary>The next bits as a number; zeros past the end.</summary>
    uint Take(int count);
}

/// <summary>
/// A canonical Huffman code (RFC 1951 3.2.2): lengths alone tell it, codes of one length follow each other in the order of their
/// symbols. Read a bit at a time by the counts of each length.
/// </summary>
internal sealed class CanonicalCode
{
    public const int MostBits = 16;

    private readonly int[] _counts = new int[MostBits + 1];
    private readonly ushort[] _symbols;

    /// <param name="lengths">Of the code of each symbol in bits, 0 for none; at most <see cref="MostBits"/>.</param>
    public CanonicalCode(ReadOnlySpan<byte> lengths)
    {
        _symbols = new ushort[lengths.Length];
        foreach (var length in lengths)
            _counts[length]++;
        _counts[0] = 0;
        Span<int> starts = stackalloc int[MostBits + 2];
        for (var length = 1; length <= MostBits; length++)
            starts[length + 1] = starts[length] + _counts[length];
        for (var symbol = 0; symbol < lengths.Length; symbol++)
            if (lengths[symbol] != 0)
                _symbols[starts[lengths[symbol]]++] = (ushort)symbol;
    }

    /// <summary>How many symbols have codes of so many bits.</summary>
    public int CountOf(int length) => _counts[length];

    /// <summary>-1 for bits that are no code.</summary>
    public int Read<TBits>(ref TBits bits)
        where TBits : struct, IBits, allows ref struct
    {
        int code = 0, first = 0, index = 0;
        for (var length = 1; length <= MostBits; length++)
        {
            code |= (int)bits.Take(1);
            var count = _counts[length];
            if (code - count < first)
                return code < first ? -1 : _symbols[index + (code - first)];
            index += count;
            first = (first + count) << 1;
            code <<= 1;
        }

        return -1;
    }
}
