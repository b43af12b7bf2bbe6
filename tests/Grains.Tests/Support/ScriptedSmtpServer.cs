using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Platform.Grains.Tests.Support;

/// <summary>An SMTP server on loopback that answers by script and keeps every byte it was sent.</summary>
internal sealed class ScriptedSmtpServer : IAsyncDisposable
{
    /// <summary>A reply that closes the connection instead.</summary>
    public const string Close = "";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _sessions = [];
    private readonly Task _accepting;

    public ScriptedSmtpServer()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndpoint;

    public string Route => $"smtp://127.0.0.1:{EndPoint.Port}";

    public string Greeting { get; init; } = "220 peer.test ESMTP";

    public IReadOnlyList<string> Capabilities { get; init; } = ["8BITMIME", "SIZE 52428800", "DSN", "SMTPUTF8"];

    /// <summary>Offered by STARTTLS when set.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Sent right behind the reply to STARTTLS, in the clear.</summary>
    public string InjectedAfterStartTls { get; init; } = "";

    /// <summary>Answers STARTTLS and then hangs up in place of a handshake; so does the next one that asks.</summary>
    public bool BreaksHandshake { get; init; }

    /// <summary>The reply to a command (<c>.</c> for the end of content); null for the usual one, <see cref="Close"/> to hang up.</summary>
    public Func<string, string?> Script { get; init; } = _ => null;

    /// <summary>Awaited before each reply.</summary>
    public Func<string, Task> Before { get; init; } = _ => Task.CompletedTask;

    public ConcurrentQueue<string> Commands { get; } = new();

    /// <summary>Contents taken, dots undone.</summary>
    public ConcurrentQueue<byte[]> Contents { get; } = new();

    public int Connections { get; private set; }

    public async ValueTask DisposeAsync()
    {
        // The accepting loop ends before its listener does, or it might ask one that is gone.
        await _stop.CancelAsync();
        await _accepting;
        _listener.Stop();
        await Task.WhenAll(_sessions).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Connections++;
                _sessions.Add(ServeAsync(client));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await TalkAsync(new Wire(client.GetStream(), _stop.Token));
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
            {
                // The client went.
            }
        }
    }

    private async Task TalkAsync(Wire wire)
    {
        await wire.SendAsync(Script("CONNECT") ?? Greeting);
        while (await wire.ReadLineAsync() is { } command)
        {
            Commands.Enqueue(command);
            await Before(command).WaitAsync(_stop.Token);
            var reply = Script(command) ?? Usual(command, wire.IsEncrypted);
            if (command.StartsWith("BDAT ", StringComparison.Ordinal))
            {
                Contents.Enqueue(await wire.ReadAsync(int.Parse(command.Split(' ')[1], CultureInfo.InvariantCulture)));
                reply = Script(".") ?? "250 2.0.0 taken";
            }
            if (reply == Close)
                return;
            await wire.SendAsync(reply + (command == "STARTTLS" ? InjectedAfterStartTls : ""));
            if (command == "STARTTLS" && reply.StartsWith("220", StringComparison.Ordinal))
            {
                if (BreaksHandshake)
                    return;
                await wire.SecureAsync(Certificate!);
            }
            else if (command == "DATA" && reply.StartsWith("354", StringComparison.Ordinal))
            {
                Contents.Enqueue(await wire.ReadDataAsync());
                await Before(".").WaitAsync(_stop.Token);
                var end = Script(".") ?? "250 2.0.0 taken";
                if (end == Close)
                    return;
                await wire.SendAsync(end);
            }
            else if (command == "QUIT")
            {
                return;
            }
        }
    }

    private string Usual(string command, bool encrypted) => command.Split(' ', ':')[0] switch
    {
        "EHLO" => string.Join("\r\n", new[] { "peer.test" }.Concat(Certificate is not null && !encrypted ? [.. Capabilities, "STARTTLS"] : Capabilities)
            .Select((line, index) => (index == (Certificate is not null && !encrypted ? Capabilities.Count + 1 : Capabilities.Count) ? "250 " : "250-") + line)),
        "STARTTLS" => "220 2.0.0 go",
        "DATA" => "354 go",
        "QUIT" => "221 2.0.0 bye",
        _ => "250 2.0.0 ok",
    };

    private sealed class Wire(Stream stream, CancellationToken stop)
    {
        private Stream _stream = stream;

        public bool IsEncrypted => _stream is SslStream;

        public Task SendAsync(string reply) => _stream.WriteAsync(Encoding.UTF8.GetBytes(reply + "\r\n"), stop).AsTask();

        public async Task SecureAsync(X509Certificate2 certificate)
        {
            var secure = new SslStream(_stream);
            await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, stop);
            _stream = secure;
        }

        public async Task<string?> ReadLineAsync()
        {
            var line = await ReadRawLineAsync();
            return line is null ? null : Encoding.UTF8.GetString(line).TrimEnd('\r', '\n');
        }

        public async Task<byte[]> ReadAsync(int length)
        {
            var bytes = new byte[length];
            await _stream.ReadExactlyAsync(bytes, stop);
            return bytes;
        }

        public async Task<byte[]> ReadDataAsync()
        {
            using var content = new MemoryStream();
            while (await ReadRawLineAsync() is { } line && !line.AsSpan().SequenceEqual(".\r\n"u8))
                content.Write(line.AsSpan(line[0] == (byte)'.' ? 1 : 0));
            return content.ToArray();
        }

        private async Task<byte[]?> ReadRawLineAsync()
        {
            using var line = new MemoryStream();
            var one = new byte[1];
            while (await _stream.ReadAsync(one, stop) == 1)
            {
                line.WriteByte(one[0]);
                if (line.Length > 1 && one[0] == '\n' && line.GetBuffer()[line.Length - 2] == '\r')
                    return line.ToArray();
            }
            return null;
        }
    }
}
