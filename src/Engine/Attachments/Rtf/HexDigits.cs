namespace Platform.Engine.Attachments.Rtf;

/// <summary>The digits of an object, as Word gathers them: whatever is no digit is passed over.</summary>
internal sealed class HexDigits(int most)
{
    private static readonly byte[] CompoundStart = [0xD0, 0xCF, 0x11, 0xE0];

    private readonly List<byte> _digits = [];

    public int Length => _digits.Count;

    /// <summary>How often something stood among the digits that no honest writer puts there.</summary>
    public int Disturbances { get; private set; }

    public void Disturb()
    {
        // Before the first digit and after the last one, words and groups have their place.
        if (_digits.Count > 0)
            _pending++;
    }

    private int _pending;

    public void Add(ReadOnlySpan<byte> text)
    {
        foreach (var octet in text)
        {
            if (char.IsAsciiHexDigit((char)octet))
            {
                Disturbances += _pending;
                _pending = 0;
                if (_digits.Count < 2 * most)
                    _digits.Add((byte)(char.IsAsciiDigit((char)octet) ? octet - '0' : (octet | 0x20) - 'a' + 10));
            }
            else if (octet is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or 0))
            {
                Disturb();
            }
        }
    }

    public void Raw(ReadOnlySpan<byte> octets)
    {
        Disturbances++;
        foreach (var octet in octets)
            if (_digits.Count < 2 * most)
                _digits.AddRange([(byte)(octet >> 4), (byte)(octet & 15)]);
    }

    /// <summary>A digit too many before an object shifts all that follow; where that shows, it is undone.</summary>
    public byte[] ToOctets()
    {
        var octets = Pair(0);
        if (octets.AsSpan().IndexOf(CompoundStart) >= 0)
            return octets;
        var shifted = Pair(1);
        return shifted.AsSpan().IndexOf(CompoundStart) >= 0 ? shifted : octets;
    }

    private byte[] Pair(int start)
    {
        var octets = new byte[Math.Max(0, (_digits.Count - start) / 2)];
        for (var index = 0; index < octets.Length; index++)
            octets[index] = (byte)((_digits[start + (2 * index)] << 4) | _digits[start + (2 * index) + 1]);
        return octets;
    }
}
