using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Platform.Smtp;

/// <summary>Puts SMTP listeners beside the HTTP ones of a Kestrel server.</summary>
public static class SmtpKestrelExtensions
{
    /// <summary>Listens for SMTP at an address of its own.</summary>
    /// <param name="handler">Null takes the <see cref="ISmtpHandler"/> of the host's services.</param>
    /// <returns>The listener, for its counters.</returns>
    public static SmtpConnectionHandler ListenSmtp(this KestrelServerOptions kestrel, IPEndPoint endPoint, SmtpServerOptions options, ISmtpHandler? handler = null)
    {
        SmtpConnectionHandler? listener = null;
        kestrel.Listen(endPoint, listen => listener = listen.UseSmtp(options, handler));
        return listener!;
    }

    /// <summary>Makes a listener speak SMTP, and nothing else: <c>kestrel.Listen(endPoint, listen => listen.UseSmtp(options))</c>.</summary>
    /// <inheritdoc cref="ListenSmtp"/>
    public static SmtpConnectionHandler UseSmtp(this IConnectionBuilder listen, SmtpServerOptions options, ISmtpHandler? handler = null)
    {
        var services = listen.ApplicationServices;
        var listener = new SmtpConnectionHandler(
            handler ?? services.GetRequiredService<ISmtpHandler>(),
            options,
            services.GetService<TimeProvider>() ?? TimeProvider.System,
            services.GetService<ILogger<SmtpConnectionHandler>>() ?? NullLogger<SmtpConnectionHandler>.Instance);
        services.GetService<IHostApplicationLifetime>()?.ApplicationStopped.Register(listener.Dispose);
        listen.Run(listener.OnConnectedAsync);
        return listener;
    }
}
