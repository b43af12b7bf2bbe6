using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Platform.Smtp.Tests.Hosting;

/// <summary>A client that sends exactly what it is told: strings are one octet a character.</summary>
internal sealed class TestClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[4096];
    private Stream _stream;
    private int _start;
    private int _end;

    private TestClient(Socket socket)
    {
        _socket = socket;
        _stream = new NetworkStream(socket, ownsSocket: true);
    }

    public SslStream Tls => (SslStream)_stream;

    public IPEndPoint LocalEndPoint => (IPEndPoint)_socket.LocalEndPoint!;

    public static async Task<TestClient> OpenAsync(IPEndPoint server)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server);
        return new TestClient(socket);
    }

    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    public async Task SendAsync(byte[] octets)
    {
        using var patience = new CancellationTokenSource(Patience);
        await _stream.WriteAsync(octets, patience.Token);
        await _stream.FlushAsync(patience.Token);
    }

    public async Task<Reply> CommandAsync(string line)
    {
        await SendAsync(line + "\r\n");
        return await ReadAsync();
    }

    /// <summary>MAIL and one RCPT, both to be accepted.</summary>
    public async Task BeginAsync(string from = "sender@example.test", string to = "user@acme.test")
    {
        Assert.Equal(250, (await CommandAsync($"MAIL FROM:<{from}>")).Code);
        Assert.Equal(250, (await CommandAsync($"RCPT TO:<{to}>")).Code);
    }

    /// <summary>A whole transaction; the message is sent as given, with the end mark behind it.</summary>
    public async Task<Reply> SendMessageAsync(string message)
    {
        await BeginAsync();
        Assert.Equal(354, (await CommandAsync("DATA")).Code);
        await SendAsync(message + ".\r\n");
        return await ReadAsync();
    }

    public async Task<Reply> ReadAsync()
    {
        List<string> lines = [];
        while (true)
        {
            var line = await ReadLineAsync() ?? throw new EndOfStreamException($"The server closed after {lines.Count} lines of a reply.");
            Assert.Matches("^[2-5][0-9][0-9][ -]", line);
            lines.Add(line[4..]);
            if (line[3] == ' ')
                return new Reply(int.Parse(line.AsSpan(0, 3), System.Globalization.CultureInfo.InvariantCulture), lines);
        }
    }

    /// <summary>Replies up to the end of the connection.</summary>
    public async Task<List<Reply>> ReadToEndAsync()
    {
        List<Reply> replies = [];
        while (!await IsClosedAsync())
            replies.Add(await ReadAsync());
        return replies;
    }

    public async Task<byte[]> ReadBytesAsync(int count)
    {
        List<byte> octets = [];
        while (octets.Count < count && !await IsClosedAsync())
            octets.Add(_buffer[_start++]);
        return [.. octets];
    }

    /// <summary>Waits for more input or the end, and says whether it was the end.</summary>
    public async Task<bool> IsClosedAsync() => _start == _end && !await FillAsync();

    public void CloseSending() => _socket.Shutdown(SocketShutdown.Send);

    /// <param name="shown">The certificate to show when the server asks for one; null: none.</param>
    public async Task StartTlsAsync(SslProtocols protocols = SslProtocols.None, X509Certificate2? shown = null)
    {
        var tls = new SslStream(_stream, leaveInnerStreamOpen: false, (_, certificate, _, _) => TestCertificate.IsIt(certificate));
        _stream = tls;
        using var patience = new CancellationTokenSource(Patience);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "mx.test", EnabledSslProtocols = protocols, ClientCertificateContext = shown is null ? null : SslStreamCertificateContext.Create(shown, null, offline: true) }, patience.Token);
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private async Task<string?> ReadLineAsync()
    {
        var line = new StringBuilder();
        while (true)
        {
            while (_start < _end)
            {
                var c = (char)_buffer[_start++];
                line.Append(c);
                if (c == '\n')
                {
                    Assert.EndsWith("\r\n", line.ToString(), StringComparison.Ordinal);
                    return line.ToString(0, line.Length - 2);
                }
            }

            if (!await FillAsync())
                return null;
        }
    }

    private async Task<bool> FillAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        _start = 0;
        try
        {
            _end = await _stream.ReadAsync(_buffer, patience.Token);
        }
        catch (IOException exception) when (exception.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
        {
            _end = 0;
        }

        return _end > 0;
    }
}

internal sealed record Reply(int Code, IReadOnlyList<string> Lines)
{
    public string Text => string.Join('\n', Lines);

    /// <summary>The enhanced status, or what stands in its place.</summary>
    public string Status => Lines[^1].Split(' ')[0];

    public override string ToString() => $"{Code} {Text}";
}
