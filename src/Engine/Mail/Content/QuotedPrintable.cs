namespace Platform.Engine.Mail.Content;

/// <summary>
/// Quoted-printable (RFC 2045, 6.7): <c>=HH</c> is an octet, <c>=</c> at the end of a line (white space after it allowed)
/// joins lines. What is neither is kept as it stands, as clients do, and told.
/// </summary>
internal static class QuotedPrintable
{
    public static byte[] Decode(ReadOnlySpan<byte> input, int maxOutput, out bool broken)
    {
        broken = false;
        var output = new byte[Math.Min(maxOutput, input.Length)];
        var written = 0;
        var i = 0;
        while (i < input.Length && written < output.Length)
        {
            var plain = input[i..].IndexOf((byte)'=');
            if (plain != 0)
            {
                var run = plain < 0 ? input[i..] : input.Slice(i, plain);
                run = run[..Math.Min(run.Length, output.Length - written)];
                run.CopyTo(output.AsSpan(written));
                written += run.Length;
                i += run.Length;
                continue;
            }

            if (i + 2 < input.Length && Hex(input[i + 1]) is var high and >= 0 && Hex(input[i + 2]) is var low and >= 0)
            {
                output[written++] = (byte)((high << 4) | low);
                i += 3;
                continue;
            }

            if (SoftBreak(input, i) is var next and > 0)
            {
                i = next;
                continue;
            }

            broken = true;
            output[written++] = input[i++];
        }

        return written == output.Length ? output : output[..written];
    }

    public static int Hex(int b) => b switch
    {
        >= '0' and <= '9' => b - '0',
        >= 'A' and <= 'F' => b - 'A' + 10,
        >= 'a' and <= 'f' => b - 'a' + 10,
        _ => -1,
    };

    // The index after a soft line break that starts at the equals sign; 0 when there is none.
    private static int SoftBreak(ReadOnlySpan<byte> input, int equals)
    {
        var i = equals + 1;
        while (i < input.Length && input[i] is (byte)' ' or (byte)'\t' && i - equals < 1_000)
            i++;
        if (i >= input.Length)
            return input.Length;
        if (input[i] == '\n')
            return i + 1;
        return input[i] == '\r' && i + 1 < input.Length && input[i + 1] == '\n' ? i + 2 : 0;
    }
}
