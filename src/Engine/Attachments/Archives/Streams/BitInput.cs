namespace Platform.Engine.Attachments.Archives.Streams;

/// <summary>Bits of octets in memory, lowest first, as deflate takes them. Past the end come zeros, and <see cref="Overrun"/> tells.</summary>
internal ref struct BitInput(ReadOnlySpan<byte> input) : IBits
{
    private readonly ReadOnlySpan<byte> _input = input;
    private int _position;
    private ulong _bits;
    private int _count;

    /// <summary>More was taken than there is.</summary>
    public readonly bool Overrun => _position - (_count >> 3) > _input.Length;

    /// <param name="count">At most 16.</param>
    public uint Take(int count)
    {
        var value = (uint)Peek(count);
        Skip(count);
        return value;
    }

    public int Peek(int count)
    {
        while (_count < count)
        {
            if (_position < _input.Length)
                _bits |= (ulong)_input[_position] << _count;
            _position++;
            _count += 8;
        }

        return (int)(_bits & ((1UL << count) - 1));
    }

    public void Skip(int count)
    {
        _bits >>= count;
        _count -= count;
    }

    public void Align() => Skip(_count & 7);

    /// <summary>Whole octets from an aligned place.</summary>
    public ReadOnlySpan<byte> Octets(int length)
    {
        // Not held at the end of the input: else blocks of nothing would follow each other there for ever.
        var start = _position - (_count >> 3);
        _position = start + length;
        (_bits, _count) = (0, 0);
        return start >= _input.Length ? [] : _input.Slice(start, Math.Min(length, _input.Length - start));
    }
}
