using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Platform.Engine.Transport;

namespace Platform.Benchmarks.SendGuard.Laboratory;

/// <summary>The HTTPS host of one MTA-STS policy.</summary>
internal sealed class LabPolicyHost : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly LabCertificate _certificate;
    private readonly string _policy;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _sessions = [];
    private readonly Task _accepting;

    public LabPolicyHost(IPEndPoint endPoint, LabCertificate certificate, string policy, LabPolicyHostKind kind)
    {
        (_certificate, _policy, Kind) = (certificate, policy, kind);
        _listener = new TcpListener(endPoint);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>From the next request on.</summary>
    public LabPolicyHostKind Kind { get; set; }

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
                if (Kind == LabPolicyHostKind.Down)
                    return;
                await using var secure = new SslStream(client.GetStream());
                await secure.AuthenticateAsServerAsync(
                    new SslServerAuthenticationOptions { ServerCertificateContext = SslStreamCertificateContext.Create(_certificate.Leaf, _certificate.Chain, offline: true) }, _stop.Token);
                await ReadRequestAsync(secure);
                await secure.WriteAsync(Encoding.UTF8.GetBytes(Answer()), _stop.Token);
                await secure.ShutdownAsync();
            }
            catch (Exception exception) when (exception is IOException or AuthenticationException or OperationCanceledException)
            {
                // The other side went, or did not like the certificate.
            }
        }
    }

    private async Task ReadRequestAsync(Stream stream)
    {
        var read = new StringBuilder();
        var buffer = new byte[1_024];
        while (!read.ToString().Contains("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(buffer, _stop.Token) is > 0 and var count)
            read.Append(Encoding.ASCII.GetString(buffer, 0, count));
    }

    private string Answer() => Kind switch
    {
        LabPolicyHostKind.Redirects => "HTTP/1.1 301 Moved\r\nLocation: /elsewhere.txt\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        LabPolicyHostKind.Missing => "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        LabPolicyHostKind.TooLarge => With("text/plain", _policy + string.Concat(Enumerable.Repeat("x-note: long\r\n", MtaStsPolicy.MaxLength / 10))),
        LabPolicyHostKind.WrongType => With("text/html", _policy),
        _ => With("text/plain; charset=utf-8", _policy),
    };

    private static string With(string type, string content) =>
        string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nContent-Length: {Encoding.UTF8.GetByteCount(content)}\r\nConnection: close\r\n\r\n{content}");
}
