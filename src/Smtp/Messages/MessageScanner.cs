using System.Buffers;

namespace Platform.Smtp.Messages;

// The content of a message on the wire (RFC 5321, 4.1.1.4 and 4.5.2; by BDAT RFC 3030).
//
// After DATA a message ends at CRLF "." CRLF and at nothing else; the CRLF of the DATA command itself counts as the
// first. A line that begins with a dot has it removed. After BDAT the length is told beforehand: no dots, no end mark.
// Servers that also took LF "." LF, CR "." CR or a mixture for the end let a sender smuggle a second message through a
// relay that did not (SMTP smuggling, 2023). Here CR without LF, LF without CR and NUL never end a line: they are
// noted as a fault, reading goes on to the true end, and the message is refused.
internal sealed class MessageScanner(bool isDotted, int maxLineLength)
{
    private static readonly SearchValues<byte> Special = SearchValues.Create("\r\n\0"u8);

    private Position _position = Position.LineStart;
    private long _lineLength;

    private enum Position
    {
        LineStart,
        Text,

        /// <summary>Behind a CR.</summary>
        Cr,

        /// <summary>Behind a dot at the start of a line: to be dropped, or the end mark.</summary>
        Dot,

        /// <summary>Behind CRLF "." CR.</summary>
        DotCr,
        End,
    }

    /// <summary>The first fault seen.</summary>
    public LineFault Fault { get; private set; }

    /// <summary>The end mark has been read.</summary>
    public bool HasEnded => _position == Position.End;

    /// <summary>A message that stops behind a CR has a bare one.</summary>
    public void EndOfChunks()
    {
        if (_position == Position.Cr)
            Note(LineFault.BareCr);
    }

    /// <summary>
    /// Reads from the start of a block up to a dot to be dropped, to the end mark or to the end of the block. A slice of
    /// the block is content; call again with what is left.
    /// </summary>
    public ScanStep Next(ReadOnlySpan<byte> block)
    {
        var start = 0;
        var i = 0;
        while (i < block.Length)
        {
            switch (_position)
            {
                case Position.Text:
                    i = ReadText(block, i);
                    break;

                case Position.Cr:
                    if (block[i] == '\n')
                    {
                        i++;
                        EndLine();
                        break;
                    }

                    Note(LineFault.BareCr);
                    if (block[i] == '\r')
                        i++;
                    else
                        _position = Position.Text;
                    break;

                case Position.LineStart:
                    if (!isDotted || block[i] != '.')
                    {
                        _position = Position.Text;
                        break;
                    }

                    if (i > start)
                        return new ScanStep(start, i - start, i);
                    _position = Position.Dot;
                    start = ++i;
                    break;

                case Position.Dot:
                    if (block[i] == '\r')
                    {
                        _position = Position.DotCr;
                        start = ++i;
                        break;
                    }

                    _position = Position.Text;
                    break;

                case Position.DotCr:
                    if (block[i] == '\n')
                    {
                        _position = Position.End;
                        return new ScanStep(i + 1, 0, i + 1);
                    }

                    Note(LineFault.BareCr);
                    _position = block[i] == '\r' ? Position.Cr : Position.Text;
                    if (_position == Position.Cr)
                        i++;
                    break;

                default:
                    throw new InvalidOperationException("The message has ended.");
            }
        }

        return new ScanStep(start, i - start, i);
    }

    private int ReadText(ReadOnlySpan<byte> block, int from)
    {
        var i = from;
        while (true)
        {
            var found = block[i..].IndexOfAny(Special);
            if (found < 0)
            {
                Lengthen(block.Length - i);
                return block.Length;
            }

            Lengthen(found + 1);
            i += found + 1;
            switch (block[i - 1])
            {
                case (byte)'\n':
                    Note(LineFault.BareLf);
                    break;
                case 0:
                    Note(LineFault.Nul);
                    break;
                case (byte)'\r' when i < block.Length && block[i] == '\n':
                    i++;
                    EndLine();
                    if (i == block.Length || (isDotted && block[i] == '.'))
                        return i;
                    _position = Position.Text;
                    break;
                default:
                    _position = Position.Cr;
                    return i;
            }

            if (i == block.Length)
                return i;
        }
    }

    private void EndLine()
    {
        Lengthen(1);
        _lineLength = 0;
        _position = Position.LineStart;
    }

    private void Lengthen(int octets)
    {
        _lineLength += octets;
        if (_lineLength > maxLineLength)
            Note(LineFault.TooLong);
    }

    private void Note(LineFault fault)
    {
        if (Fault == LineFault.None)
            Fault = fault;
    }
}

/// <param name="Start">Offset of the content in the block.</param>
/// <param name="Length">Octets of content; may be 0.</param>
/// <param name="Consumed">Octets of the block that were read.</param>
internal readonly record struct ScanStep(int Start, int Length, int Consumed);
