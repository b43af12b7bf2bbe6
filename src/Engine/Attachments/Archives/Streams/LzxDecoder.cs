using System.Buffers.Binary;

namespace Platform.Engine.Attachments.Archives.Streams;

/// <summary>
/// LZX as cabinets use it ([MS-PATCH] and "LZX DELTA compression", CAB subset): matches whose code also tells the slot of the distance,
/// the three last distances kept, code lengths told as differences from the block before. Each piece of data yields one frame of
/// 32 KiB and ends on a whole word; targets of x86 calls are made relative again at the end.
/// </summary>
internal sealed class LzxDecoder
{
    private const int Literals = 256, Lengths = 249, Aligned = 8;
    private const int FrameLength = 32 * 1024;
    private static readonly int[] SlotsByWindow = [30, 32, 34, 36, 38, 42, 50];

    private readonly UnpackBuffer _output;
    private readonly byte[] _mainLengths;
    private readonly byte[] _lengthLengths = new byte[Lengths];
    private readonly int[] _base = new int[51];
    private readonly int[] _extra = new int[51];
    private CanonicalCode? _main, _length, _aligned;
    private int _recent0 = 1, _recent1 = 1, _recent2 = 1;
    private int _type, _left;
    private bool _padded;
    private bool _begun;
    private int _translatedSize;

    public LzxDecoder(UnpackBuffer output, int windowBits)
    {
        _output = output;
        _mainLengths = new byte[Literals + (8 * SlotsByWindow[Math.Clamp(windowBits & 31, 15, 21) - 15])];
        for (int slot = 0, at = 0; slot < _base.Length; slot++)
        {
            _extra[slot] = slot < 4 ? 0 : Math.Min(17, (slot >> 1) - 1);
            _base[slot] = at;
            at += 1 << _extra[slot];
        }
    }

    /// <summary>One piece of data. False when it is broken or a bound was met.</summary>
    public bool Read(ReadOnlySpan<byte> data, int unpacked)
    {
        var bits = new WordBits(data);
        if (!_begun)
        {
            _begun = true;
            if (bits.Take(1) != 0)
                _translatedSize = (int)((bits.Take(16) << 16) | bits.Take(16));
        }

        var end = _output.Length + Math.Min(unpacked, FrameLength);
        while (_output.Length < end)
        {
            if (bits.Overrun || (_left == 0 && !Begin(ref bits)))
                return false;
            var here = Math.Min(_left, end - _output.Length);
            var before = _output.Length;
            if (_type == 3 ? !_output.Write(bits.Octets(here)) : !Packed(ref bits, before + here))
                return false;
            var came = _output.Length - before;
            if (came <= 0)
                return false;
            _left = Math.Max(0, _left - came);
        }

        return true;
    }

    /// <summary>Makes targets of calls relative again, when the stream says that they were changed.</summary>
    public void Finish()
    {
        if (_translatedSize > 0)
            _output.Change(0, octets => Translate(octets.Span));
    }

    private void Translate(Span<byte> octets)
    {
        const int untouched = 10;
        for (var frame = 0; frame < octets.Length; frame += FrameLength)
        {
            var stop = Math.Min(octets.Length, frame + FrameLength) - untouched;
            for (var at = frame; at < stop; at++)
            {
                if (octets[at] != 0xE8)
                    continue;
                var target = BinaryPrimitives.ReadInt32LittleEndian(octets[(at + 1)..]);
                if (target >= -at && target < _translatedSize)
                    BinaryPrimitives.WriteInt32LittleEndian(octets[(at + 1)..], target >= 0 ? target - at : target + _translatedSize);
                at += 4;
            }
        }
    }

    private bool Begin(ref WordBits bits)
    {
        if (_type == 3 && _padded)
            _ = bits.Octets(1);
        _type = (int)bits.Take(3);
        _left = (int)((bits.Take(8) << 16) | bits.Take(16));
        _padded = _type == 3 && (_left & 1) != 0;
        if (_left == 0 || _type is 0 or > 3)
            return false;
        if (_type == 3)
        {
            bits.Align();
            var recent = bits.Octets(12);
            if (recent.Length < 12)
                return false;
            _recent0 = BinaryPrimitives.ReadInt32LittleEndian(recent);
            _recent1 = BinaryPrimitives.ReadInt32LittleEndian(recent[4..]);
            _recent2 = BinaryPrimitives.ReadInt32LittleEndian(recent[8..]);
            return true;
        }

        if (_type == 2)
        {
            var lengths = new byte[Aligned];
            for (var index = 0; index < Aligned; index++)
                lengths[index] = (byte)bits.Take(3);
            _aligned = new CanonicalCode(lengths);
        }

        if (!ReadLengths(ref bits, _mainLengths.AsSpan(0, Literals)) || !ReadLengths(ref bits, _mainLengths.AsSpan(Literals)) || !ReadLengths(ref bits, _lengthLengths))
            return false;
        (_main, _length) = (new CanonicalCode(_mainLengths), new CanonicalCode(_lengthLengths));
        return _output.Work(1_024);
    }

    private static bool ReadLengths(ref WordBits bits, Span<byte> lengths)
    {
        const int symbols = 20;
        var pre = new byte[symbols];
        for (var index = 0; index < symbols; index++)
            pre[index] = (byte)bits.Take(4);
        var code = new CanonicalCode(pre);
        for (var at = 0; at < lengths.Length;)
        {
            var symbol = code.Read(ref bits);
            if (symbol < 0 || bits.Overrun)
                return false;
            if (symbol < 17)
            {
                lengths[at] = Difference(lengths[at], symbol);
                at++;
                continue;
            }

            var run = symbol == 17 ? 4 + (int)bits.Take(4) : symbol == 18 ? 20 + (int)bits.Take(5) : 4 + (int)bits.Take(1);
            byte value = 0;
            if (symbol == 19)
            {
                var step = code.Read(ref bits);
                if (step is < 0 or > 16)
                    return false;
                value = Difference(lengths[at], step);
            }

            run = Math.Min(run, lengths.Length - at);
            lengths.Slice(at, run).Fill(value);
            at += run;
        }

        return true;
    }

    private static byte Difference(byte before, int step) => (byte)((17 + before - step) % 17);

    private bool Packed(ref WordBits bits, int end)
    {
        while (_output.Length < end)
        {
            var symbol = _main!.Read(ref bits);
            if (symbol < 0 || bits.Overrun)
                return false;
            if (symbol < Literals)
            {
                if (!_output.Write((byte)symbol))
                    return false;
                continue;
            }

            var length = (symbol - Literals) & 7;
            if (length == 7)
            {
                var more = _length!.Read(ref bits);
                if (more < 0)
                    return false;
                length += more;
            }

            if (!_output.Repeat(Distance(ref bits, (symbol - Literals) >> 3), length + 2))
                return false;
        }

        return true;
    }

    private int Distance(ref WordBits bits, int slot)
    {
        switch (slot)
        {
            case 0:
                return _recent0;
            case 1:
                (_recent0, _recent1) = (_recent1, _recent0);
                return _recent0;
            case 2:
                (_recent0, _recent2) = (_recent2, _recent0);
                return _recent0;
        }

        var extra = _extra[slot];
        var distance = _base[slot] - 2;
        if (_type == 2 && extra >= 3)
        {
            distance += (int)bits.Take(extra - 3) << 3;
            distance += Math.Max(0, _aligned!.Read(ref bits));
        }
        else
        {
            distance += (int)bits.Take(extra);
        }

        (_recent2, _recent1, _recent0) = (_recent1, _recent0, distance);
        return distance;
    }
}
