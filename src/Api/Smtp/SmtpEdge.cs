using Microsoft.AspNetCore.Server.Kestrel.Core;
using Platform.Api.Hosting;
using Platform.Api.Smtp.Submission;
using Platform.Grains;
using Platform.Smtp;
using Platform.Storage.Connectors;
using Platform.Storage.Directory;

namespace Platform.Api.Smtp;

/// <summary>Puts the SMTP listeners into the host, for mail that comes in and for mail that goes out, with the platform's answers behind them.</summary>
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
        services.AddSingleton<SendGate>();
        services.AddSingleton<Submitters>();
        services.AddSingleton<SubmissionHandler>();
        services.AddSingleton<SubmissionAuthenticator>();
        return services;
    }

    public static void ListenSmtp(this KestrelServerOptions kestrel, PlatformSettings settings, bool development)
    {
        var services = kestrel.ApplicationServices;
        var certificate = ServerCertificate.Load(settings, development, services.GetRequiredService<TimeProvider>());
        var inbound = new SmtpServerOptions
        {
            Hostname = settings.Hostname,
            MaxMessageBytes = settings.MaxMessageBytes,
            MaxConnections = settings.MaxConnections,
            MaxConnectionsPerAddress = settings.MaxConnectionsPerAddress,
            TrustedProxies = settings.TrustedProxies,
            TrustedXclient = settings.TrustedXclient,
            Tls = SmtpTls.WithCertificate(certificate),
        };
        kestrel.ListenSmtp(settings.SmtpInbound.ToEndPoint(), inbound);
        var connectors = services.GetRequiredService<IConnectorBook>();
        // Who sends without a login is the handler's to say: a server of a tenant's own is known otherwise.
        var submission = inbound with
        {
            RequireTls = true,
            Authenticator = services.GetRequiredService<SubmissionAuthenticator>(),
            Tls = SmtpTls.AskingForCertificates(certificate, connectors.AsksForCertificatesAsync),
        };
        var handler = services.GetRequiredService<SubmissionHandler>();
        if (settings.SmtpSubmission is { } starting)
            kestrel.ListenSmtp(starting.ToEndPoint(), submission, handler);
        if (settings.SmtpSubmissionTls is { } implicitly)
            kestrel.ListenSmtp(implicitly.ToEndPoint(), submission with { ImplicitTls = true }, handler);
    }
}
