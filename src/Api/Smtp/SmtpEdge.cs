using Microsoft.AspNetCore.Server.Kestrel.Core;
using Platform.Api.Hosting;
using Platform.Grains;
using Platform.Smtp;
using Platform.Storage.Directory;

namespace Platform.Api.Smtp;

/// <summary>Puts the SMTP listener into the host, with the platform's answers behind it.</summary>
internal static class SmtpEdge
{
    public static IServiceCollection AddSmtpEdge(this IServiceCollection services, PlatformSettings settings)
    {
        // Twice the scanners, so that they have work at hand while verdicts are written.
        services.AddSingleton(provider => new IntakeSettings(
            settings.Hostname, settings.PlatformId, settings.SessionScanWait, provider.GetRequiredService<FlowSettings>().Inspection.Concurrency * 2));
        services.AddSingleton<TenantGate>();
        services.AddSingleton<Intake>();
        services.AddSingleton(provider => new RecipientResolver(provider.GetRequiredService<IRecipientDirectory>(), settings.Postmaster));
        services.AddSingleton<ISmtpHandler, InboundHandler>();
        return services;
    }

    public static void ListenSmtp(this KestrelServerOptions kestrel, PlatformSettings settings, bool development)
    {
        var certificate = ServerCertificate.Load(settings, development, kestrel.ApplicationServices.GetRequiredService<TimeProvider>());
        kestrel.ListenSmtp(settings.SmtpInbound.ToEndPoint(), new SmtpServerOptions
        {
            Hostname = settings.Hostname,
            MaxMessageBytes = settings.MaxMessageBytes,
            MaxConnections = settings.MaxConnections,
            MaxConnectionsPerAddress = settings.MaxConnectionsPerAddress,
            TrustedProxies = settings.TrustedProxies,
            TrustedXclient = settings.TrustedXclient,
            Tls = SmtpTls.WithCertificate(certificate),
        });
    }
}
