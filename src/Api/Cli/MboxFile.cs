using System.Buffers;
using System.IO.Pipelines;

namespace Platform.Api.Cli;

// An mbox file (RFC 4155) is a row of mails, each opened by a line `From sender date` that stands at the start or after an
// empty line. Lines of a mail that begin with `From ` were written with `>` before them; one `>` is taken off again.

/// <summary>Splits an mbox file into its mails, one in memory at a time.</summary>
internal static class MboxFile
{
    public static async IAsyncEnumerable<MailSource> ReadAsync(string path, long largestMail, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        FileStream? file = null;
        string? error = null;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            error = exception.Message;
        }

        if (file is null)
        {
            yield return new MailSource(path, default, error);
            yield break;
        }

        await using (file)
            await foreach (var mail in SplitAsync(PipeReader.Create(file), path, largestMail, cancellationToken))
                yield return mail;
    }

    private static async IAsyncEnumerable<MailSource> SplitAsync(PipeReader reader, string path, long largestMail, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var mail = new Mail(path, largestMail);
        while (true)
        {
            ReadResult read = default;
            string? error = null;
            try
            {
                read = await reader.ReadAsync(cancellationToken);
            }
            catch (IOException exception)
            {
                error = exception.Message;
            }

            if (error is not null)
            {
                yield return new MailSource(path, default, error);
                yield break;
            }

            var buffer = read.Buffer;
            while (buffer.PositionOf((byte)'\n') is { } end)
            {
                var next = buffer.GetPosition(1, end);
                if (mail.Take(buffer.Slice(0, next).ToArray()) is { } complete)
                    yield return complete;
                buffer = buffer.Slice(next);
            }

            // A line without end is taken in pieces, so that it cannot fill the memory.
            if (read.IsCompleted || buffer.Length > 1024 * 1024)
            {
                if (!buffer.IsEmpty && mail.Take(buffer.ToArray()) is { } complete)
                    yield return complete;
                buffer = buffer.Slice(buffer.End);
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
            if (!read.IsCompleted)
                continue;
            if (mail.End() is { } last)
                yield return last;
            else if (mail.Count == 0)
                yield return new MailSource(path, default, "holds no mail");
            yield break;
        }
    }

    private sealed class Mail(string path, long largest)
    {
        private ArrayBufferWriter<byte> _content = new();
        private bool _open;
        private bool _afterEmpty = true;
        private bool _tooLarge;

        public int Count { get; private set; }

        public MailSource? Take(byte[] line)
        {
            if (_afterEmpty && line.AsSpan().StartsWith("From "u8))
            {
                var complete = End();
                _open = true;
                _afterEmpty = false;
                return complete;
            }

            _afterEmpty = line.AsSpan().Trim("\r\n"u8).IsEmpty;
            if (!_open)
                return null;
            var quoted = line.AsSpan().TrimStart((byte)'>');
            var text = quoted.Length < line.Length && quoted.StartsWith("From "u8) ? line.AsSpan(1) : line;
            if (_content.WrittenCount + text.Length > largest)
                _tooLarge = true;
            else
                _content.Write(text);
            return null;
        }

        public MailSource? End()
        {
            if (!_open)
                return null;
            Count++;
            var name = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{path}#{Count}");
            var mail = _tooLarge ? new MailSource(name, default, $"larger than {largest} bytes")
                : new MailSource(name, _content.WrittenMemory);
            (_content, _open, _tooLarge) = (new ArrayBufferWriter<byte>(), false, false);
            return mail;
        }
    }
}
