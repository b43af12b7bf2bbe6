using System.Buffers;
using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using Platform.Smtp.Authentication;
using Platform.Smtp.Connections;
using Platform.Smtp.Messages;

namespace Platform.Smtp.Sessions;

/// <summary>
/// The two byte streams of a session. Input is looked at in place and only copied where a command line spans segments.
/// Replies gather until the session must wait for the client, so that pipelined commands are answered in one write
/// (RFC 2920, 3.2).
/// </summary>
internal sealed class SessionChannel(IDuplexPipe transport, int maxCommandLength) : IAsyncDisposable
{
    private const int MaxUnflushed = 16 * 1024;
    private const int TlsBuffer = 32 * 1024;

    private volatile PipeReader _reader = transport.Input;
    private volatile PipeWriter _writer = transport.Output;
    private ReadOnlySequence<byte> _buffer;
    private byte[]? _line;
    private SslStream? _tls;
    private bool _isHolding;
    private bool _isComplete;
    private int _unflushed;

    /// <summary>What has arrived and is not consumed. Changes at <see cref="FillAsync"/>, and memory from before it is lost then.</summary>
    public ReadOnlySequence<byte> Buffered => _buffer;

    public void Consume(long octets) => _buffer = _buffer.Slice(octets);

    /// <summary>Takes a command line off the buffer, without its CRLF. The memory is valid until the next <see cref="FillAsync"/> or line.</summary>
    public LineStatus TryTakeLine(out ReadOnlyMemory<byte> line, out LineFault fault)
    {
        var block = _buffer.First;
        var status = CommandLineScanner.Find(block.Span, maxCommandLength, out var length, out fault);
        if (status == LineStatus.NeedMore && _buffer.Length > block.Length)
        {
            _line ??= new byte[maxCommandLength + 1];
            var copied = (int)Math.Min(_buffer.Length, _line.Length);
            _buffer.Slice(0, copied).CopyTo(_line);
            block = _line.AsMemory(0, copied);
            status = CommandLineScanner.Find(block.Span, maxCommandLength, out length, out fault);
        }

        line = default;
        if (status == LineStatus.Line)
        {
            line = block[..length];
            Consume(length + 2);
        }

        return status;
    }

    /// <summary>Sends the replies that gathered, then waits for more input.</summary>
    public async ValueTask<FillStatus> FillAsync()
    {
        if (_unflushed > 0 && !await FlushAsync())
            return FillStatus.Closed;
        while (true)
        {
            var before = _buffer.Length;
            Release(examinedAll: true);
            if (_isComplete)
                return FillStatus.Closed;
            var result = await _reader.ReadAsync();
            _isHolding = true;
            _buffer = result.Buffer;
            _isComplete = result.IsCompleted;
            if (_buffer.Length > before)
                return FillStatus.Data;
            if (result.IsCanceled)
                return FillStatus.Interrupted;
        }
    }

    /// <summary>True when input is at hand, buffered here or arrived behind it.</summary>
    public bool HasInput()
    {
        if (!_buffer.IsEmpty)
            return true;
        Release(examinedAll: false);
        if (_isComplete || !_reader.TryRead(out var result))
            return false;
        _isHolding = true;
        _buffer = result.Buffer;
        _isComplete = result.IsCompleted;
        return !_buffer.IsEmpty;
    }

    /// <summary>Adds a reply; it leaves at the next wait.</summary>
    public ValueTask ReplyAsync(SmtpReply reply)
    {
        _unflushed += ReplyWriter.Write(_writer, reply);
        return _unflushed > MaxUnflushed ? FlushIgnoringLossAsync() : ValueTask.CompletedTask;
    }

    /// <summary>False when the client can no longer be reached.</summary>
    public async ValueTask<bool> FlushAsync()
    {
        _unflushed = 0;
        var result = await _writer.FlushAsync();
        return !result.IsCompleted && !result.IsCanceled;
    }

    /// <summary>Wakes a wait for the client, from any thread: the session then looks why.</summary>
    public void Interrupt(bool alsoWriting)
    {
        _reader.CancelPendingRead();
        if (alsoWriting)
            _writer.CancelPendingFlush();
    }

    /// <summary>
    /// Handshake as server. What was read in the clear and is still buffered becomes the start of the handshake, never a
    /// command said under TLS (RFC 3207, 4.2; CVE-2011-0411). Throws what the handshake or the options throw.
    /// </summary>
    public async Task<TlsInfo> StartTlsAsync(Func<SslClientHelloInfo, CancellationToken, ValueTask<SslServerAuthenticationOptions>> tlsOptions, CancellationToken cancellationToken)
    {
        Release(examinedAll: false);
        _tls = new SslStream(new DuplexPipeStream(_reader, _writer), leaveInnerStreamOpen: true);
        string? serverName = null;
        await _tls.AuthenticateAsServerAsync(
            async (_, hello, _, token) =>
            {
                serverName = hello.ServerName.Length == 0 ? null : hello.ServerName;
                return OnlyCurrentVersions(await tlsOptions(hello, token));
            },
            state: null,
            cancellationToken);
        _reader = PipeReader.Create(_tls, new StreamPipeReaderOptions(bufferSize: TlsBuffer, minimumReadSize: TlsBuffer / 2, leaveOpen: true));
        _writer = PipeWriter.Create(_tls, new StreamPipeWriterOptions(leaveOpen: true));
        _isComplete = false;
        var version = _tls.SslProtocol == SslProtocols.Tls13 ? "TLSv1.3" : "TLSv1.2";
        return new TlsInfo(version, _tls.NegotiatedCipherSuite.ToString(), serverName)
        {
            EndPointBinding = EndPointBinding.Of(_tls.LocalCertificate),
            ClientCertificate = _tls.RemoteCertificate is { } client ? Convert.ToHexStringLower(SHA256.HashData(client.GetRawCertData())) : null,
        };
    }

    /// <summary>Sends what gathered and says goodbye on the TLS layer too, so that the client can tell the end from a cut.</summary>
    public async ValueTask CloseAsync()
    {
        if (await FlushAsync() && _tls is { IsAuthenticated: true })
            await _tls.ShutdownAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Release(examinedAll: false);
        if (_tls is null)
            return;
        await _writer.CompleteAsync();
        await _reader.CompleteAsync();
        await _tls.DisposeAsync();
    }

    private void Release(bool examinedAll)
    {
        if (!_isHolding)
            return;
        _reader.AdvanceTo(_buffer.Start, examinedAll ? _buffer.End : _buffer.Start);
        _isHolding = false;
        _buffer = default;
    }

    private async ValueTask FlushIgnoringLossAsync() => await FlushAsync();

    private static SslServerAuthenticationOptions OnlyCurrentVersions(SslServerAuthenticationOptions options)
    {
        var wanted = options.EnabledSslProtocols & (SslProtocols.Tls12 | SslProtocols.Tls13);
        options.EnabledSslProtocols = wanted == SslProtocols.None ? SslProtocols.Tls12 | SslProtocols.Tls13 : wanted;
        return options;
    }
}

internal enum FillStatus
{
    Data,

    /// <summary>The client has said its last.</summary>
    Closed,

    /// <summary>Woken by <see cref="SessionChannel.Interrupt"/>.</summary>
    Interrupted,
}
