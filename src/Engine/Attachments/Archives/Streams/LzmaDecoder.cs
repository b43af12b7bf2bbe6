namespace Platform.Engine.Attachments.Archives.Streams;

/// <summary>
/// LZMA and LZMA2 (I. Pavlov, "LZMA specification"; the .xz format 1.2): literals, matches and repeated matches, each chosen by bits of
/// learnt probability. Written anew because the dictionary a file declares, up to 4 GiB, is never set aside here: what was unpacked
/// is the dictionary.
/// </summary>
internal sealed class LzmaDecoder(UnpackBuffer output)
{
    private const int States = 12;
    private const int ShortestMatch = 2;
    private const int Went = 0, Ended = 1, Broken = 2;

    private readonly ushort[] _isMatch = new ushort[States << 4];
    private readonly ushort[] _isRepeat = new ushort[States];
    private readonly ushort[] _isRepeat0 = new ushort[States];
    private readonly ushort[] _isRepeat1 = new ushort[States];
    private readonly ushort[] _isRepeat2 = new ushort[States];
    private readonly ushort[] _isRepeat0Long = new ushort[States << 4];
    private readonly ushort[] _slots = new ushort[4 << 6];
    private readonly ushort[] _distances = new ushort[128];
    private readonly ushort[] _align = new ushort[16];
    private readonly LengthCoder _matchLength = new();
    private readonly LengthCoder _repeatLength = new();
    private ushort[] _literals = [];
    private int _literalContext, _literalPosition, _positionBits;
    private int _state, _repeat0, _repeat1, _repeat2, _repeat3;
    private int _start;

    /// <param name="properties">(pb * 5 + lp) * 9 + lc.</param>
    public bool SetProperties(byte properties)
    {
        if (properties >= 9 * 5 * 5)
            return false;
        (_literalContext, _literalPosition, _positionBits) = (properties % 9, properties / 9 % 5, properties / 45);
        var literals = 0x300 << (_literalContext + _literalPosition);
        if (!output.Work(literals / 2))
            return false;
        if (_literals.Length != literals)
            _literals = new ushort[literals];
        return ResetState();
    }

    /// <summary>Reads LZMA until so many octets have come, or to its end mark.</summary>
    /// <param name="length">Octets to come; null when only the end mark ends it.</param>
    /// <returns>How much of the input was used; -1 when it is broken or a bound was met.</returns>
    public int Read(ReadOnlySpan<byte> input, long? length)
    {
        var range = new RangeInput(input);
        if (!range.IsValid || _literals.Length == 0)
            return -1;
        var end = length is { } known ? output.Length + known : long.MaxValue;
        while (output.Length < end)
        {
            if (range.Overrun)
                return -1;
            var step = Step(ref range, end);
            if (step == Ended)
                return length is null ? range.Position : -1;
            if (step == Broken)
                return -1;
        }

        return range.Overrun ? -1 : range.Position;
    }

    /// <summary>Reads LZMA2 chunks to their end mark.</summary>
    /// <returns>How much of the input was used; -1 when it is broken or a bound was met.</returns>
    public int ReadChunks(ReadOnlySpan<byte> input)
    {
        var at = 0;
        while (at < input.Length)
        {
            int control = input[at++];
            if (control == 0)
                return at;
            if (control is 1 or >= 0xE0)
                _start = output.Length;
            if (control < 0x80)
            {
                if (control > 2 || at + 2 > input.Length)
                    return -1;
                var size = Math.Min(((input[at] << 8) | input[at + 1]) + 1, input.Length - at - 2);
                if (!output.Write(input.Slice(at + 2, size)))
                    return -1;
                at += 2 + size;
                continue;
            }

            if (at + 5 > input.Length)
                return -1;
            var unpacked = (((control & 0x1F) << 16) | (input[at] << 8) | input[at + 1]) + 1;
            var packed = ((input[at + 2] << 8) | input[at + 3]) + 1;
            at += 4;
            if (control >= 0xC0)
            {
                if (!SetProperties(input[at++]))
                    return -1;
            }
            else if (control >= 0xA0 && !ResetState())
            {
                return -1;
            }

            packed = Math.Min(packed, input.Length - at);
            if (Read(input.Slice(at, packed), unpacked) < 0)
                return -1;
            at += packed;
        }

        return -1;
    }

    private int Step(ref RangeInput range, long end)
    {
        var position = (output.Length - _start) & ((1 << _positionBits) - 1);
        if (range.Bit(ref _isMatch[(_state << 4) + position]) == 0)
            return Literal(ref range) ? Went : Broken;
        int length;
        if (range.Bit(ref _isRepeat[_state]) != 0)
        {
            if (range.Bit(ref _isRepeat0[_state]) == 0)
            {
                if (range.Bit(ref _isRepeat0Long[(_state << 4) + position]) == 0)
                {
                    _state = _state < 7 ? 9 : 11;
                    return Copy(1) ? Went : Broken;
                }
            }
            else
            {
                TakeOlder(ref range);
            }

            length = _repeatLength.Read(ref range, position);
            _state = _state < 7 ? 8 : 11;
        }
        else
        {
            (_repeat3, _repeat2, _repeat1) = (_repeat2, _repeat1, _repeat0);
            length = _matchLength.Read(ref range, position);
            _state = _state < 7 ? 7 : 10;
            _repeat0 = Distance(ref range, length);
            if (_repeat0 == -1)
                return Ended;
        }

        return Copy((int)Math.Min(length + ShortestMatch, end - output.Length)) ? Went : Broken;
    }

    private bool Copy(int length) => _repeat0 >= 0 && _repeat0 < output.Length - _start && output.Repeat(_repeat0 + 1, length);

    private void TakeOlder(ref RangeInput range)
    {
        int distance;
        if (range.Bit(ref _isRepeat1[_state]) == 0)
        {
            distance = _repeat1;
        }
        else
        {
            if (range.Bit(ref _isRepeat2[_state]) == 0)
                distance = _repeat2;
            else
                (distance, _repeat3) = (_repeat3, _repeat2);
            _repeat2 = _repeat1;
        }

        (_repeat1, _repeat0) = (_repeat0, distance);
    }

    private bool Literal(ref RangeInput range)
    {
        var written = output.Written;
        var before = written.Length > _start ? written[^1] : 0;
        var context = (((written.Length - _start) & ((1 << _literalPosition) - 1)) << _literalContext) + (before >> (8 - _literalContext));
        var probabilities = _literals.AsSpan(0x300 * context, 0x300);
        var symbol = 1;
        if (_state >= 7 && _repeat0 >= 0 && _repeat0 < written.Length - _start)
        {
            int matched = written[written.Length - _repeat0 - 1];
            do
            {
                var matchedBit = (matched >> 7) & 1;
                matched <<= 1;
                var bit = range.Bit(ref probabilities[((1 + matchedBit) << 8) + symbol]);
                symbol = (symbol << 1) | bit;
                if (matchedBit != bit)
                    break;
            }
            while (symbol < 0x100);
        }

        while (symbol < 0x100)
            symbol = (symbol << 1) | range.Bit(ref probabilities[symbol]);
        _state = _state < 4 ? 0 : _state < 10 ? _state - 3 : _state - 6;
        return output.Write((byte)symbol);
    }

    private int Distance(ref RangeInput range, int length)
    {
        var slot = range.Tree(_slots.AsSpan(Math.Min(length, 3) << 6, 64), 6);
        if (slot < 4)
            return slot;
        var bits = (slot >> 1) - 1;
        var distance = (uint)(2 | (slot & 1)) << bits;
        if (slot < 14)
            return (int)distance + range.ReverseTree(_distances.AsSpan((int)distance - slot), bits);
        distance += range.Direct(bits - 4) << 4;
        distance += (uint)range.ReverseTree(_align, 4);
        // All bits set is the end mark; other distances of two gigabytes are none.
        return distance == uint.MaxValue ? -1 : distance > int.MaxValue ? int.MaxValue : (int)distance;
    }

    // A few octets of input may ask for this: it counts as work.
    private bool ResetState()
    {
        if (!output.Work(_literals.Length / 2))
            return false;
        (_state, _repeat0, _repeat1, _repeat2, _repeat3) = (0, 0, 0, 0, 0);
        foreach (var probabilities in (ushort[][])[_isMatch, _isRepeat, _isRepeat0, _isRepeat1, _isRepeat2, _isRepeat0Long, _slots, _distances, _align, _literals])
            probabilities.AsSpan().Fill(RangeInput.Even);
        _matchLength.Reset();
        _repeatLength.Reset();
        return true;
    }

    private sealed class LengthCoder
    {
        private readonly ushort[] _low = new ushort[16 << 3];
        private readonly ushort[] _middle = new ushort[16 << 3];
        private readonly ushort[] _high = new ushort[256];
        private ushort _choice = RangeInput.Even, _choice2 = RangeInput.Even;

        public void Reset()
        {
            _low.AsSpan().Fill(RangeInput.Even);
            _middle.AsSpan().Fill(RangeInput.Even);
            _high.AsSpan().Fill(RangeInput.Even);
            _choice = _choice2 = RangeInput.Even;
        }

        public int Read(ref RangeInput range, int position)
        {
            if (range.Bit(ref _choice) == 0)
                return range.Tree(_low.AsSpan(position << 3, 8), 3);
            return range.Bit(ref _choice2) == 0 ? 8 + range.Tree(_middle.AsSpan(position << 3, 8), 3) : 16 + range.Tree(_high, 8);
        }
    }
}
