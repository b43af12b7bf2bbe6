namespace Platform.Engine.Mail.Content;

/// <param name="Junk">A byte outside the alphabet that is no white space.</param>
/// <param name="PaddingInside">More data after padding, or padding where none belongs.</param>
/// <param name="Truncated">The last quantum is short and not padded.</param>
internal readonly record struct Base64Defects(bool Junk, bool PaddingInside, bool Truncated)
{
    public bool Any => Junk || PaddingInside || Truncated;
}

/// <summary>
/// Base64 (RFC 2045, 6.8) as tolerant clients read it: other bytes are passed over, and data after padding is read on
/// as the next quantum, since concatenated runs are shown by some clients.
/// </summary>
internal static class Base64
{
    private const byte Skip = 64;
    private const byte Pad = 65;
    private const byte Junk = 66;
    private static readonly byte[] Values = BuildValues();

    public static byte[] Decode(ReadOnlySpan<byte> input, int maxOutput, out Base64Defects defects, bool stopAtPadding = false)
    {
        var output = new byte[Math.Min(maxOutput, (input.Length / 4 * 3) + 3)];
        var written = 0;
        uint bits = 0;
        int have = 0, pads = 0;
        bool junk = false, inside = false, truncated = false;
        foreach (var b in input)
        {
            var value = Values[b];
            if (value < 64)
            {
                if (pads > 0)
                {
                    inside = true;
                    if (stopAtPadding)
                        break;
                    Flush(ref have, bits, output, ref written);
                    (bits, pads) = (0, 0);
                }

                bits = (bits << 6) | value;
                if (++have < 4)
                    continue;
                Write(output, ref written, (byte)(bits >> 16));
                Write(output, ref written, (byte)(bits >> 8));
                Write(output, ref written, (byte)bits);
                (bits, have) = (0, 0);
            }
            else if (value == Pad)
            {
                pads++;
                if (have is 0 or 1 || pads > 4 - have)
                    inside = true;
            }
            else if (value == Junk)
            {
                junk = true;
            }
        }

        if (have is 1 || (have is 2 or 3 && pads == 0))
            truncated = true;
        Flush(ref have, bits, output, ref written);
        defects = new Base64Defects(junk, inside, truncated);
        return written == output.Length ? output : output[..written];
    }

    private static void Flush(ref int have, uint bits, byte[] output, ref int written)
    {
        if (have == 2)
        {
            Write(output, ref written, (byte)(bits >> 4));
        }
        else if (have == 3)
        {
            Write(output, ref written, (byte)(bits >> 10));
            Write(output, ref written, (byte)(bits >> 2));
        }

        have = 0;
    }

    private static void Write(byte[] output, ref int written, byte value)
    {
        if (written < output.Length)
            output[written++] = value;
    }

    private static byte[] BuildValues()
    {
        var values = new byte[256];
        Array.Fill(values, Junk);
        var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"u8;
        for (var i = 0; i < alphabet.Length; i++)
            values[alphabet[i]] = (byte)i;
        foreach (var space in " \t\r\n\v\f"u8)
            values[space] = Skip;
        values['='] = Pad;
        return values;
    }
}
