using System.Buffers;
using System.Runtime.CompilerServices;

namespace Platform.Grains.Imports;

/// <summary>
/// An mbox file (RFC 4155): messages one after another, each behind a line that begins with <c>From </c> and follows the start of
/// the file or an empty line; the empty line before the next one belongs to the file, not to the message. Lines of a message that
/// would look like a separator were written with <c>&gt;</c> in front (<c>&gt;From </c>, <c>&gt;&gt;From </c>), of which one is taken off.
/// Read as a stream; a message beyond the limit is passed over and told.
/// </summary>
internal static class MboxReader
{
    private const int BlockSize = 64 * 1024;

    public static async IAsyncEnumerable<ImportedMail> ReadAsync(Stream stream, long maxMessageBytes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var splitter = new Splitter(maxMessageBytes);
        var block = new byte[BlockSize];
        while (await stream.ReadAsync(block, cancellationToken) is > 0 and var read)
        {
            splitter.Add(block.AsSpan(0, read));
            while (splitter.TryTake(out var mail))
                yield return mail;
        }
        splitter.End();
        while (splitter.TryTake(out var mail))
            yield return mail;
    }

    private sealed class Splitter(long maxMessageBytes)
    {
        private readonly Queue<ImportedMail> _ready = new();
        private readonly ArrayBufferWriter<byte> _line = new();
        private ArrayBufferWriter<byte> _message = new();
        private bool _inMessage;
        private bool _tooLarge;
        private bool _afterEmptyLine = true;
        private bool _lineGoesOn;

        public void Add(ReadOnlySpan<byte> bytes)
        {
            while (!bytes.IsEmpty)
            {
                var feed = bytes.IndexOf((byte)'\n');
                var part = feed < 0 ? bytes : bytes[..(feed + 1)];
                bytes = bytes[part.Length..];
                _line.Write(part);
                if (feed >= 0)
                {
                    TakeLine(_line.WrittenSpan, isWhole: true);
                    _line.ResetWrittenCount();
                }
                else if (_line.WrittenCount > BlockSize)
                {
                    TakeLine(_line.WrittenSpan, isWhole: false);
                    _line.ResetWrittenCount();
                }
            }
        }

        public void End()
        {
            if (_line.WrittenCount > 0)
                TakeLine(_line.WrittenSpan, isWhole: true);
            _line.ResetWrittenCount();
            CloseMessage();
        }

        public bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ImportedMail? mail) => _ready.TryDequeue(out mail);

        private void TakeLine(ReadOnlySpan<byte> line, bool isWhole)
        {
            if (!_lineGoesOn && _afterEmptyLine && line.StartsWith("From "u8))
            {
                CloseMessage();
                _inMessage = true;
            }
            else if (_inMessage)
            {
                Append(!_lineGoesOn && IsQuotedSeparator(line) ? line[1..] : line);
            }
            _afterEmptyLine = !_lineGoesOn && line.Trim("\r\n"u8).IsEmpty;
            _lineGoesOn = !isWhole;
        }

        private void Append(ReadOnlySpan<byte> line)
        {
            _tooLarge |= _message.WrittenCount + line.Length > maxMessageBytes;
            if (!_tooLarge)
                _message.Write(line);
        }

        private void CloseMessage()
        {
            if (_inMessage)
                _ready.Enqueue(_tooLarge ? ImportedMail.TooLarge : ImportedMail.Of(WithoutSeparatorLine(_message.WrittenMemory)));
            _message = new ArrayBufferWriter<byte>();
            _inMessage = false;
            _tooLarge = false;
        }

        private static ReadOnlyMemory<byte> WithoutSeparatorLine(ReadOnlyMemory<byte> message)
        {
            if (message.Span.EndsWith("\n\r\n"u8))
                return message[..^2];
            return message.Span.EndsWith("\n\n"u8) ? message[..^1] : message;
        }

        private static bool IsQuotedSeparator(ReadOnlySpan<byte> line) =>
            line.Length > 0 && line[0] == (byte)'>' && line.TrimStart((byte)'>').StartsWith("From "u8);
    }
}
