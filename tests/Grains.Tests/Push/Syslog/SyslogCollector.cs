using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Platform.Grains.Tests.Push.Syslog;

/// <summary>A collector on a loopback port that reads frames by their octet count (RFC 5425, 4.3).</summary>
internal sealed class SyslogCollector : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly X509Certificate2 _certificate;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private TcpClient? _client;

    public SyslogCollector(X509Certificate2 certificate, int port = 0)
    {
        _certificate = certificate;
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, optionValue: true);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public ConcurrentQueue<string> Messages { get; } = [];

    /// <summary>The subject of the certificate that the client signed in with.</summary>
    public string? ClientSubject { get; private set; }

    /// <summary>As a collector that dies: its connections are reset.</summary>
    public void Break()
    {
        _client?.Client.Close(0);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        _client?.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                _client = await _listener.AcceptTcpClientAsync(_stop.Token);
                // Whoever calls is let in; what it showed is for the test to judge.
#pragma warning disable CA5359
                await using var tls = new SslStream(_client.GetStream(), leaveInnerStreamOpen: false, (_, certificate, _, _) =>
                {
                    ClientSubject = certificate?.Subject;
                    return true;
                });
#pragma warning restore CA5359
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate, ClientCertificateRequired = true }, _stop.Token);
                while (await FrameAsync(tls) is { } message)
                    Messages.Enqueue(message);
            }
            catch (Exception exception) when (exception is IOException or AuthenticationException or OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // The next one may come.
            }
        }
    }

    private async Task<string?> FrameAsync(SslStream tls)
    {
        var length = 0;
        var octet = new byte[1];
        while (true)
        {
            if (await tls.ReadAsync(octet, _stop.Token) == 0)
                return null;
            if (octet[0] == ' ')
                break;
            length = (length * 10) + (octet[0] - '0');
        }

        var message = new byte[length];
        await tls.ReadExactlyAsync(message, _stop.Token);
        return Encoding.UTF8.GetString(message);
    }
}
