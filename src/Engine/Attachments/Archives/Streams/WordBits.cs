namespace Platform.Engine.Attachments.Archives.Streams;

/// <summary>Bits of little-endian words, highest first.</summary>
internal ref struct WordBits(ReadOnlySpan<byte> data) : IBits
{
    private readonly ReadOnlySpan<byte> _data = data;
    private int _position;
    private ulong _bits;
    private int _count;

    public readonly bool Overrun => _position - (_count >> 4 << 1) > _data.Length + 2;

    /// <param name="count">At most 17.</param>
    public uint Take(int count)
    {
        while (_count < count)
        {
            uint low = _position < _data.Length ? _data[_position] : 0u, high = _position + 1 < _data.Length ? _data[_position + 1] : 0u;
            _position += 2;
            _bits = (_bits << 16) | (high << 8) | low;
            _count += 16;
        }

        _count -= count;
        return (uint)(_bits >> _count) & ((1u << count) - 1);
    }

    // An aligned place gets a whole word of padding.
    public void Align()
    {
        _ = _count == 0 ? Take(16) : 0;
        _position -= _count >> 4 << 1;
        _count = 0;
    }

    public ReadOnlySpan<byte> Octets(int length)
    {
        var start = Math.Min(_position - (_count >> 4 << 1), _data.Length);
        _count = 0;
        var taken = _data.Slice(start, Math.Min(length, _data.Length - start));
        _position = start + taken.Length;
        return taken;
    }
}
