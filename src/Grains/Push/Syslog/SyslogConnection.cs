using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Platform.Grains.Egress;
using Platform.Storage.Push.Syslog;

namespace Platform.Grains.Push.Syslog;

/// <summary>A TLS connection to a collector (RFC 5425): its certificate is verified, by the roots of the customer where there are some.</summary>
internal sealed class SyslogConnection : IAsyncDisposable
{
    private const int LevelTcp = 6;
    private const int LinuxUserTimeout = 18;

    private readonly SslStream _tls;
    private readonly IDisposable? _certificate;
    private readonly Task _ended;

    private SyslogConnection(SslStream tls, IDisposable? certificate)
    {
        _tls = tls;
        _certificate = certificate;
        _ended = WatchAsync(tls);
    }

    /// <summary>The receiver has closed, or the connection broke.</summary>
    public bool HasEnded => _ended.IsCompleted;

    /// <exception cref="EgressRefusedException">The address may not be talked to.</exception>
    /// <exception cref="SocketException">Nobody answers there.</exception>
    /// <exception cref="AuthenticationException">TLS failed.</exception>
    public static async Task<SyslogConnection> OpenAsync(EgressConnector connector, SyslogLease target, SyslogSettings settings, X509Certificate2Collection? platformRoots, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(settings.Handshake);
        var socket = await connector.ConnectAsync(target.Host, target.Port, patience.Token);
        BreakWhenUnconfirmed(socket, settings.Unconfirmed);
        var certificate = target.ClientCertificate is { } pem ? ClientCertificate(pem) : null;
        var tls = new SslStream(new NetworkStream(socket, ownsSocket: true));
        try
        {
            var options = target.TrustedRoots is { } roots ? EgressTls.Only(Roots(roots)) : EgressTls.Client(platformRoots);
            options.TargetHost = target.Host;
            options.ClientCertificates = certificate is null ? null : [certificate];
            await tls.AuthenticateAsClientAsync(options, patience.Token);
            return new SyslogConnection(tls, certificate);
        }
        catch
        {
            await tls.DisposeAsync();
            certificate?.Dispose();
            throw;
        }
    }

    public async Task WriteAsync(ReadOnlyMemory<byte> frames, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(limit);
        try
        {
            await _tls.WriteAsync(frames, patience.Token);
            await _tls.FlushAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"The collector took nothing for {limit.TotalSeconds:0} seconds.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _tls.DisposeAsync();
        await _ended;
        _certificate?.Dispose();
    }

    /// <summary>A collector sends nothing; what ends the reading is the end of the connection.</summary>
    private static async Task WatchAsync(SslStream tls)
    {
        var buffer = new byte[256];
        try
        {
            while (await tls.ReadAsync(buffer) > 0)
            {
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // It has ended.
        }
    }

    private static void BreakWhenUnconfirmed(Socket socket, TimeSpan after)
    {
        if (OperatingSystem.IsLinux())
            socket.SetRawSocketOption(LevelTcp, LinuxUserTimeout, BitConverter.GetBytes((int)after.TotalMilliseconds));
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, optionValue: true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 15);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 5);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
    }

    private static X509Certificate2Collection Roots(string pem)
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPem(pem);
        return roots;
    }

    private static X509Certificate2 ClientCertificate(string pem) => X509Certificate2.CreateFromPem(pem, pem);
}
