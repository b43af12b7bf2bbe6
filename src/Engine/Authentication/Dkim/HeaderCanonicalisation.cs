using System.Buffers;

namespace Platform.Engine.Authentication.Dkim;

/// <summary>
/// The two forms in which a field is hashed (RFC 6376, 3.4.1 and 3.4.2): simple as it stands; relaxed with the name in lower
/// case, unfolded, one space for white space, and none of it around the colon and at the end.
/// </summary>
internal static class HeaderCanonicalisation
{
    /// <summary>The field and a line end.</summary>
    public static void Write(IBufferWriter<byte> output, RawField field, bool isRelaxed)
    {
        WriteContent(output, field, isRelaxed, field.Octets.Length, field.Octets.Length);
        output.Write("\r\n"u8);
    }

    /// <summary>A signature as it takes part in its own hash: without the value of <c>b=</c> and without a line end (RFC 6376, 3.7).</summary>
    /// <param name="range">The value and the white space around it, as offsets into the field.</param>
    public static void WriteUnsigned(IBufferWriter<byte> output, RawField field, bool isRelaxed, (int Start, int End) range) =>
        WriteContent(output, field, isRelaxed, range.Start, range.End);

    private static void WriteContent(IBufferWriter<byte> output, RawField field, bool isRelaxed, int holeStart, int holeEnd)
    {
        var octets = field.Octets.Span;
        if (octets is [.., (byte)'\n'])
            octets = octets[..^(octets is [.., (byte)'\r', _] ? 2 : 1)];
        holeStart = Math.Min(holeStart, octets.Length);
        holeEnd = Math.Min(holeEnd, octets.Length);
        if (!isRelaxed)
        {
            output.Write(octets[..holeStart]);
            output.Write(octets[holeEnd..]);
            return;
        }

        WriteName(output, field.Name);
        var value = octets.Length - (field.Octets.Length - field.Value.Length);
        var start = octets.Length - value;
        var state = default(Reduced);
        state.Write(output, octets[start..Math.Max(start, holeStart)]);
        state.Write(output, octets[Math.Max(start, holeEnd)..]);
    }

    private static void WriteName(IBufferWriter<byte> output, string name)
    {
        var lower = output.GetSpan(name.Length + 1);
        for (var index = 0; index < name.Length; index++)
            lower[index] = (byte)char.ToLowerInvariant(name[index]);
        lower[name.Length] = (byte)':';
        output.Advance(name.Length + 1);
    }

    // White space is written when something follows it and something went before it.
    private struct Reduced
    {
        private bool _hasText;
        private bool _isSpacePending;

        public void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> text)
        {
            while (!text.IsEmpty)
            {
                if (text[0] is (byte)' ' or (byte)'\t')
                {
                    _isSpacePending = _hasText;
                    text = text[1..];
                }
                else if (text.StartsWith("\r\n"u8))
                {
                    text = text[2..];
                }
                else
                {
                    if (_isSpacePending)
                        output.Write(" "u8);
                    var length = text[1..].IndexOfAny((byte)' ', (byte)'\t', (byte)'\r') + 1;
                    var run = length == 0 ? text : text[..length];
                    output.Write(run);
                    _hasText = true;
                    _isSpacePending = false;
                    text = text[run.Length..];
                }
            }
        }
    }
}
