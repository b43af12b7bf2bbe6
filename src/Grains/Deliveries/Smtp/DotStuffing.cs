using System.Buffers;

namespace Platform.Grains.Deliveries.Smtp;

/// <summary>
/// Content as DATA carries it (RFC 5321, 4.5.2): a dot at the start of a line is doubled. Only CRLF ends a line; a bare CR or LF is
/// refused, so that no next hop, whatever it takes for a line end, finds a second message inside.
/// </summary>
internal sealed class DotStuffing
{
    private bool _lineStart = true;
    private bool _afterReturn;

    /// <exception cref="UnsendableContentException">A bare CR or LF.</exception>
    public void Write(ReadOnlySpan<byte> content, IBufferWriter<byte> output)
    {
        while (!content.IsEmpty)
        {
            if (_afterReturn)
            {
                if (content[0] != (byte)'\n')
                    throw new UnsendableContentException();
                output.Write(content[..1]);
                content = content[1..];
                _afterReturn = false;
                _lineStart = true;
                continue;
            }
            if (_lineStart && content[0] == (byte)'.')
                output.Write("."u8);
            _lineStart = false;

            var end = content.IndexOfAny((byte)'\r', (byte)'\n');
            if (end < 0)
            {
                output.Write(content);
                return;
            }
            if (content[end] == (byte)'\n')
                throw new UnsendableContentException();
            output.Write(content[..(end + 1)]);
            content = content[(end + 1)..];
            _afterReturn = true;
        }
    }

    /// <summary>The end of data. A last line without its end gets one, since DATA knows no other way.</summary>
    public void Finish(IBufferWriter<byte> output)
    {
        if (_afterReturn)
            throw new UnsendableContentException();
        output.Write(_lineStart ? ".\r\n"u8 : "\r\n.\r\n"u8);
    }
}
