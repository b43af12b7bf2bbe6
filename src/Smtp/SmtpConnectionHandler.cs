using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Platform.Smtp.Connections;
using Platform.Smtp.Sessions;

namespace Platform.Smtp;

/// <summary>
/// An SMTP listener as a Kestrel connection handler. One instance is one listener: it holds its limits and counts its
/// sessions. When the host stops, Kestrel tells each connection: idle sessions end with 421, a message under way is
/// finished within the host's shutdown time-out.
/// </summary>
public sealed class SmtpConnectionHandler : ConnectionHandler, IDisposable
{
    private readonly ISmtpHandler _handler;
    private readonly SmtpServerOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SessionRegistry _registry;

    /// <exception cref="ArgumentException">The options cannot work; the message names which.</exception>
    public SmtpConnectionHandler(ISmtpHandler handler, SmtpServerOptions options, TimeProvider time, ILogger<SmtpConnectionHandler> logger)
    {
        options.Validate();
        _handler = handler;
        _options = options;
        _time = time;
        _logger = logger;
        _registry = new SessionRegistry(time, options.MaxConnections, options.MaxConnectionsPerAddress);
    }

    /// <summary>Sessions open now.</summary>
    public int Connections => _registry.Count;

    public override Task OnConnectedAsync(ConnectionContext connection) =>
        new SmtpSession(connection, _handler, _options, _registry, _time, _logger).RunAsync();

    public void Dispose() => _registry.Dispose();
}
