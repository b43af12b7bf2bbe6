using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace Platform.Benchmarks.SendGuard.Laboratory;

/// <summary>A mail host of the laboratory: as much SMTP as a next hop speaks, with what is odd about it. Notes whether mail came in the clear.</summary>
internal sealed class LabMailHost : IAsyncDisposable
{
    /// <summary>A fatal alert protocol_version (RFC 5246, 7.2), as TLS 1.0 writes it.</summary>
    private static readonly byte[] ProtocolVersionAlert = [21, 3, 1, 0, 2, 2, 70];

    private readonly TcpListener _listener;
    private readonly LabServerKind _kind;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _sessions = [];
    private readonly Task _accepting;

    public LabMailHost(IPEndPoint endPoint, LabServerKind kind, LabCertificate certificate)
    {
        _kind = kind;
        Certificate = certificate;
        _listener = new TcpListener(endPoint);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Shown from the next session on.</summary>
    public LabCertificate Certificate { get; set; }

    /// <summary>Mails taken: true for one that came under TLS.</summary>
    public ConcurrentQueue<bool> Taken { get; } = new();

    /// <summary>Sender, recipient or content was told in the clear.</summary>
    public bool HeardMailInClear { get; private set; }

    public async ValueTask DisposeAsync()
    {
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
                _sessions.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (OperationCanceledException)
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
                await TalkAsync(client.GetStream());
            }
            catch (Exception exception) when (exception is IOException or AuthenticationException or OperationCanceledException)
            {
                // The other side went, or did not like the certificate.
            }
        }
    }

    private async Task TalkAsync(Stream stream)
    {
        await SayAsync(stream, "220 lab ESMTP");
        while (await ReadLineAsync(stream) is { } line)
        {
            var verb = line.Split(' ', ':')[0].ToUpperInvariant();
            var isSecure = stream is SslStream;
            HeardMailInClear |= !isSecure && verb is "MAIL" or "RCPT" or "DATA";
            switch (verb)
            {
                case "EHLO":
                    await SayAsync(stream, isSecure || _kind == LabServerKind.NoStartTls ? "250-lab\r\n250 8BITMIME" : "250-lab\r\n250-8BITMIME\r\n250 STARTTLS");
                    break;
                case "STARTTLS" when await TurnAsync(stream) is { } secure:
                    stream = secure;
                    break;
                case "STARTTLS" when _kind == LabServerKind.RefusesStartTls:
                    break;
                case "STARTTLS":
                    return;
                case "DATA":
                    await SayAsync(stream, "354 go");
                    while (await ReadLineAsync(stream) is { } content && content != ".")
                    {
                    }

                    Taken.Enqueue(isSecure);
                    await SayAsync(stream, "250 2.0.0 taken");
                    break;
                case "QUIT":
                    await SayAsync(stream, "221 2.0.0 bye");
                    return;
                default:
                    await SayAsync(stream, "250 2.0.0 ok");
                    break;
            }
        }
    }

    /// <returns>Null: no TLS came of it.</returns>
    private async Task<Stream?> TurnAsync(Stream stream)
    {
        if (_kind == LabServerKind.RefusesStartTls)
        {
            await SayAsync(stream, "454 4.7.0 not now");
            return null;
        }

        await SayAsync(stream, _kind == LabServerKind.Injects ? "220 2.0.0 go\r\n250 2.0.0 injected" : "220 2.0.0 go");
        if (_kind is LabServerKind.BreaksHandshake or LabServerKind.Injects)
            return null;
        if (_kind == LabServerKind.OldTls)
        {
            _ = await stream.ReadAsync(new byte[4_096], _stop.Token);
            await stream.WriteAsync(ProtocolVersionAlert, _stop.Token);
            return null;
        }

        var secure = new SslStream(stream);
        await secure.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions { ServerCertificateContext = SslStreamCertificateContext.Create(Certificate.Leaf, Certificate.Chain, offline: true) }, _stop.Token);
        return secure;
    }

    private Task SayAsync(Stream stream, string reply) => stream.WriteAsync(Encoding.ASCII.GetBytes(reply + "\r\n"), _stop.Token).AsTask();

    private async Task<string?> ReadLineAsync(Stream stream)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one, _stop.Token) == 1)
        {
            if (one[0] == '\n')
                return line.ToString().TrimEnd('\r');
            line.Append((char)one[0]);
        }

        return null;
    }
}
