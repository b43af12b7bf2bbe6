namespace Platform.Engine.Attachments.Archives.Streams;

/// <summary>The range decoder of LZMA: bits by their learnt probability, eleven bits fine.</summary>
internal ref struct RangeInput
{
    public const ushort Even = 1 << 10;
    private const int ModelBits = 11;
    private const int MoveBits = 5;
    private const uint Top = 1 << 24;

    private readonly ReadOnlySpan<byte> _input;
    private int _position;
    private uint _range;
    private uint _code;

    public RangeInput(ReadOnlySpan<byte> input)
    {
        _input = input;
        _range = uint.MaxValue;
        IsValid = input.Length >= 5 && input[0] == 0;
        if (!IsValid)
            return;
        for (_position = 1; _position < 5; _position++)
            _code = (_code << 8) | input[_position];
    }

    public bool IsValid { get; }

    public readonly bool Overrun => _position > _input.Length;

    public readonly int Position => _position;

    public int Bit(ref ushort probability)
    {
        var bound = (_range >> ModelBits) * probability;
        int bit;
        if (_code < bound)
        {
            _range = bound;
            probability += (ushort)(((1 << ModelBits) - probability) >> MoveBits);
            bit = 0;
        }
        else
        {
            _range -= bound;
            _code -= bound;
            probability -= (ushort)(probability >> MoveBits);
            bit = 1;
        }

        if (_range < Top)
            Shift();
        return bit;
    }

    public uint Direct(int count)
    {
        uint value = 0;
        for (; count > 0; count--)
        {
            _range >>= 1;
            var high = _code >= _range ? 1u : 0u;
            if (high != 0)
                _code -= _range;
            value = (value << 1) | high;
            if (_range < Top)
                Shift();
        }

        return value;
    }

    public int Tree(Span<ushort> probabilities, int bits)
    {
        var symbol = 1;
        for (var bit = 0; bit < bits; bit++)
            symbol = (symbol << 1) | Bit(ref probabilities[symbol]);
        return symbol - (1 << bits);
    }

    public int ReverseTree(Span<ushort> probabilities, int bits)
    {
        int symbol = 1, value = 0;
        for (var index = 0; index < bits; index++)
        {
            var bit = Bit(ref probabilities[symbol]);
            symbol = (symbol << 1) | bit;
            value |= bit << index;
        }

        return value;
    }

    private void Shift()
    {
        _range <<= 8;
        _code = (_code << 8) | (_position < _input.Length ? _input[_position] : 0u);
        _position++;
    }
}
