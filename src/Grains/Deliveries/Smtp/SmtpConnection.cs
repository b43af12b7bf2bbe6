using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Platform.Engine.Transport;

namespace Platform.Grains.Deliveries.Smtp;

/// <summary>A connection to one server: commands out, replies in, every wait and every length bounded.</summary>
internal sealed class SmtpConnection : IAsyncDisposable
{
    // RFC 5321, 4.5.3.1.5 allows 512 octets; servers in the field are chattier.
    private const int MaxLineBytes = 4_096;
    private const int MaxLines = 128;

    private readonly Socket _socket;
    private readonly SmtpTimeouts _timeouts;
    private readonly TimeProvider _clock;
    private readonly byte[] _buffer = new byte[MaxLineBytes];
    private Stream _stream;
    private int _start;
    private int _end;

    private SmtpConnection(Socket socket, SmtpTimeouts timeouts, TimeProvider clock)
    {
        _socket = socket;
        _stream = new NetworkStream(socket, ownsSocket: true);
        _timeouts = timeouts;
        _clock = clock;
    }

    public bool IsEncrypted => _stream is SslStream;

    /// <summary><c>TLSv1.3</c>; null in the clear.</summary>
    public string? TlsVersion => (_stream as SslStream)?.SslProtocol switch
    {
        null => null,
        SslProtocols.Tls12 => "TLSv1.2",
        SslProtocols.Tls13 => "TLSv1.3",
        var other => other.ToString(),
    };

    public string? Cipher => (_stream as SslStream)?.NegotiatedCipherSuite.ToString();

    /// <exception cref="SmtpTransportException">No connection within the time.</exception>
    public static async Task<SmtpConnection> OpenAsync(IPEndPoint server, SmtpTimeouts timeouts, TimeProvider clock, CancellationToken cancellationToken)
    {
        var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var timer = new CancellationTokenSource(timeouts.Connect, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            await socket.ConnectAsync(server, either.Token);
            return new SmtpConnection(socket, timeouts, clock);
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            throw new SmtpTransportException("4.4.1", $"No connection to {server}: {exception.SocketErrorCode}.", exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            socket.Dispose();
            throw new SmtpTransportException("4.4.1", $"No connection to {server} within {timeouts.Connect}.", exception);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <param name="command">One line without its end.</param>
    public async Task<ServerReply> CommandAsync(string command, CancellationToken cancellationToken)
    {
        await SendLineAsync(command, cancellationToken);
        return await ReadReplyAsync(_timeouts.Command, cancellationToken);
    }

    public Task<ServerReply> ReadReplyAsync(CancellationToken cancellationToken) => ReadReplyAsync(_timeouts.Command, cancellationToken);

    public Task SendLineAsync(string command, CancellationToken cancellationToken)
    {
        if (command.AsSpan().ContainsAny('\r', '\n', '\0'))
            throw new ArgumentException("A command is one line.", nameof(command));
        return SendAsync(Encoding.UTF8.GetBytes(command + "\r\n"), cancellationToken);
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        await WithinAsync(_timeouts.Block, async token =>
        {
            await _stream.WriteAsync(bytes, token);
            await _stream.FlushAsync(token);
            return 0;
        }, cancellationToken);

    /// <exception cref="SmtpTransportException">No whole reply within the time, or nonsense.</exception>
    public Task<ServerReply> ReadReplyAsync(TimeSpan timeout, CancellationToken cancellationToken) => WithinAsync(timeout, ReadReplyOfTimeAsync, cancellationToken);

    /// <exception cref="TlsHandshakeException">The handshake failed.</exception>
    public async Task StartTlsAsync(SslClientAuthenticationOptions options, CancellationToken cancellationToken)
    {
        // Bytes that came before the handshake would be read as if they were protected (RFC 3207, 5).
        if (_start != _end)
            throw new SmtpTransportException("4.7.0", "The server talked between its reply to STARTTLS and the handshake.")
            {
                Tls = new TlsFinding(new TlsFault(TlsResult.ValidationFailure, "the server talked between its reply to STARTTLS and the handshake")),
            };

        var secure = new SslStream(_stream, leaveInnerStreamOpen: false);
        _stream = secure;
        try
        {
            await WithinAsync(_timeouts.Command, async token =>
            {
                await secure.AuthenticateAsClientAsync(options, token);
                return 0;
            }, cancellationToken);
        }
        catch (AuthenticationException exception)
        {
            throw new TlsHandshakeException($"TLS: {exception.Message}", exception);
        }
        catch (SmtpTransportException exception)
        {
            throw new TlsHandshakeException($"TLS: {exception.Message}", exception);
        }
    }

    /// <summary>Says goodbye without waiting for the answer: the message's fate is known and wants to be written down.</summary>
    public async Task QuitAsync()
    {
        using var timer = new CancellationTokenSource(TimeSpan.FromSeconds(1), _clock);
        try
        {
            await _stream.WriteAsync("QUIT\r\n"u8.ToArray(), timer.Token);
            await _stream.FlushAsync(timer.Token);
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception)
        {
            // The server went first, or TLS failed on the way out: neither changes what became of the message.
        }
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private async Task<ServerReply> ReadReplyOfTimeAsync(CancellationToken cancellationToken)
    {
        List<string> lines = [];
        var code = 0;
        while (lines.Count < MaxLines)
        {
            var line = await ReadLineAsync(cancellationToken);
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var lineCode)
                || lineCode is < 200 or > 599 || (line.Length > 3 && line[3] is not (' ' or '-')) || (lines.Count > 0 && lineCode != code))
            {
                throw new SmtpTransportException("4.5.0", "The server's reply is no SMTP.");
            }
            code = lineCode;
            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length == 3 || line[3] == ' ')
                return new ServerReply(code, lines);
        }
        throw new SmtpTransportException("4.5.0", "The server's reply has no end.");
    }

    private async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var feed = _buffer.AsSpan(_start.._end).IndexOf((byte)'\n');
            if (feed >= 0)
            {
                var line = Clean(_buffer.AsSpan(_start, feed).TrimEnd((byte)'\r'));
                _start += feed + 1;
                return line;
            }
            if (_start > 0)
            {
                _buffer.AsSpan(_start.._end).CopyTo(_buffer);
                _end -= _start;
                _start = 0;
            }
            if (_end == _buffer.Length)
                throw new SmtpTransportException("4.5.0", "A line of the server's reply is too long.");
            var read = await _stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            if (read == 0)
                throw new SmtpTransportException("4.4.2", "The server closed the connection.");
            _end += read;
        }
    }

    private static string Clean(ReadOnlySpan<byte> line) =>
        string.Concat(Encoding.UTF8.GetString(line).Select(c => char.IsControl(c) ? '?' : c));

    private async Task<T> WithinAsync<T>(TimeSpan timeout, Func<CancellationToken, Task<T>> act, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            return await act(either.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SmtpTransportException("4.4.2", $"The server did not answer within {timeout}.", exception);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            throw new SmtpTransportException("4.4.2", "The connection broke.", exception);
        }
    }
}
