using System.Buffers.Text;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Platform.Benchmarks.Load;

/// <summary>
/// The client's side of SMTP (RFC 5321) as raw bytes: nothing is corrected, added or hidden, so that a test can
/// send what no well-behaved client would, and a load costs as little as possible. Replies are read line by line
/// (section 4.2.1: code, then '-' on all lines but the last); dot-stuffing (section 4.5.2) is the caller's choice
/// through <see cref="Stuff"/>; STARTTLS (RFC 3207) upgrades the stream in place and accepts any certificate,
/// since servers under test make their own.
/// </summary>
internal sealed class SmtpWire : IAsyncDisposable
{
    private readonly Socket socket;
    private readonly byte[] buffer = new byte[8 * 1024];
    private Stream stream;
    private int start;
    private int end;

    private SmtpWire(Socket socket)
    {
        this.socket = socket;
        stream = new NetworkStream(socket, ownsSocket: true);
        LocalPort = ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>Our port, by which the server's side can tell connections apart.</summary>
    public int LocalPort { get; }

    public static async Task<SmtpWire> ConnectAsync(IPEndPoint server, CancellationToken cancellationToken)
    {
        var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(server, cancellationToken);
            return new SmtpWire(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => stream.WriteAsync(bytes, cancellationToken);

    public ValueTask WriteAsync(string text, CancellationToken cancellationToken) => WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);

    public async Task<SmtpReply> CommandAsync(string command, CancellationToken cancellationToken)
    {
        await WriteAsync(command + "\r\n", cancellationToken);
        return await ReadReplyAsync(cancellationToken);
    }

    /// <exception cref="IOException">The connection ended, or what came is no reply.</exception>
    public async Task<SmtpReply> ReadReplyAsync(CancellationToken cancellationToken)
    {
        StringBuilder? earlier = null;
        while (true)
        {
            var line = await ReadLineAsync(cancellationToken);
            if (line.Length < 3 || !Utf8Parser.TryParse(line.Span[..3], out int code, out var used) || used != 3)
                throw new IOException("not an SMTP reply");
            var text = Encoding.UTF8.GetString(line.Span[Math.Min(4, line.Length)..]);
            if (line.Length > 3 && line.Span[3] == '-')
                (earlier ??= new StringBuilder()).Append(text).Append('\n');
            else
                return new SmtpReply(code, earlier is null ? text : earlier.Append(text).ToString());
        }
    }

    /// <summary>Reads the greeting and says EHLO.</summary>
    /// <exception cref="IOException">Either was refused.</exception>
    public async Task<SmtpReply> GreetAsync(string helo, CancellationToken cancellationToken)
    {
        var greeting = await ReadReplyAsync(cancellationToken);
        if (greeting.Code != 220)
            throw new SmtpRefusedException(greeting);
        var hello = await CommandAsync("EHLO " + helo, cancellationToken);
        return hello.Code == 250 ? hello : throw new SmtpRefusedException(hello);
    }

    /// <summary>Sends STARTTLS and takes the stream into TLS; EHLO must follow.</summary>
    public async Task StartTlsAsync(CancellationToken cancellationToken)
    {
        var reply = await CommandAsync("STARTTLS", cancellationToken);
        if (reply.Code != 220)
            throw new SmtpRefusedException(reply);
        await HandshakeAsync(cancellationToken);
    }

    /// <summary>STARTTLS, EHLO, and AUTH PLAIN (RFC 4616).</summary>
    /// <exception cref="SmtpRefusedException">One of them was refused.</exception>
    public async Task LogInAsync(string helo, SmtpLogin login, CancellationToken cancellationToken)
    {
        await StartTlsAsync(cancellationToken);
        var hello = await CommandAsync("EHLO " + helo, cancellationToken);
        if (hello.Code != 250)
            throw new SmtpRefusedException(hello);
        var reply = await CommandAsync("AUTH PLAIN " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{login.Mailbox}\0{login.Password}")), cancellationToken);
        if (reply.Code != 235)
            throw new SmtpRefusedException(reply);
    }

    /// <summary>The TLS handshake alone, where STARTTLS was sent by hand.</summary>
    public async Task HandshakeAsync(CancellationToken cancellationToken)
    {
        var tls = new SslStream(stream, leaveInnerStreamOpen: false);
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = "localhost", RemoteCertificateValidationCallback = (_, _, _, errors) => !errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable) },
            cancellationToken);
        stream = tls;
    }

    /// <summary>Reads whatever comes until nothing has come for <paramref name="quiet"/>; false once the server has closed.</summary>
    public async Task<bool> DrainAsync(TimeSpan quiet, CancellationToken cancellationToken)
    {
        start = end = 0;
        while (true)
        {
            using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            silence.CancelAfter(quiet);
            try
            {
                if (await stream.ReadAsync(buffer, silence.Token) == 0)
                    return false;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return true;
            }
        }
    }

    /// <summary>No more from us: a half-closed connection.</summary>
    public void FinishSending() => socket.Shutdown(SocketShutdown.Send);

    /// <summary>Dot-stuffs a message of CRLF lines and closes it with the final dot.</summary>
    public static byte[] Stuff(ReadOnlySpan<byte> message)
    {
        using var output = new MemoryStream(message.Length + 64);
        var atLineStart = true;
        while (!message.IsEmpty)
        {
            if (atLineStart && message[0] == '.')
                output.WriteByte((byte)'.');
            var lineEnd = message.IndexOf("\r\n"u8);
            var line = lineEnd < 0 ? message : message[..(lineEnd + 2)];
            output.Write(line);
            message = message[line.Length..];
            atLineStart = lineEnd >= 0;
        }

        output.Write(atLineStart ? ".\r\n"u8 : "\r\n.\r\n"u8);
        return output.ToArray();
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    private async ValueTask<ReadOnlyMemory<byte>> ReadLineAsync(CancellationToken cancellationToken)
    {
        var searched = 0;
        while (true)
        {
            var newline = buffer.AsSpan(start + searched, end - start - searched).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                var length = searched + newline;
                ReadOnlyMemory<byte> line = buffer.AsMemory(start, length > 0 && buffer[start + length - 1] == '\r' ? length - 1 : length);
                start += length + 1;
                return line;
            }

            searched = end - start;
            if (start > 0)
            {
                Buffer.BlockCopy(buffer, start, buffer, 0, searched);
                (start, end) = (0, searched);
            }

            if (end == buffer.Length)
                throw new IOException("a reply line of more than 8 KiB");
            var read = await stream.ReadAsync(buffer.AsMemory(end), cancellationToken);
            if (read == 0)
                throw new IOException("the server closed the connection");
            end += read;
        }
    }
}

/// <param name="Text">Without codes; lines of a longer reply are parted by a line feed.</param>
internal sealed record SmtpReply(int Code, string Text)
{
    public bool Positive => Code is >= 200 and < 400;

    public override string ToString() => $"{Code} {Text}";
}

/// <summary>The server said no to the session or a command of it.</summary>
internal sealed class SmtpRefusedException(SmtpReply reply) : IOException(reply.ToString())
{
    public SmtpReply Reply { get; } = reply;
}
