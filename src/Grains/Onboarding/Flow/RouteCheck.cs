using System.Net.Security;
using System.Security.Authentication;
using Platform.Grains.Deliveries;
using Platform.Grains.Deliveries.Maildir;
using Platform.Grains.Deliveries.Smtp;
using Platform.Storage.Onboarding.Flow;

namespace Platform.Grains.Onboarding.Flow;

/// <summary>
/// Asks the server of a tenant's route whether it would take mail for a mailbox: EHLO, STARTTLS, MAIL, RCPT, and no content. Only addresses
/// that <see cref="RouteGuard"/> lets deliveries go to.
/// </summary>
internal sealed class RouteCheck(RouteGuard guard, MaildirWriter maildir, FlowSettings settings, TimeProvider clock)
{
    private readonly SmtpTimeouts _timeouts = settings.Relay.Timeouts with { Connect = TimeSpan.FromSeconds(10), Command = TimeSpan.FromSeconds(30) };

    public async Task<FlowFinding> CheckAsync(string route, string mailbox, CancellationToken cancellationToken)
    {
        switch (DeliveryRoute.Parse(route, out var error))
        {
            case DeliveryRoute.Maildir { Path: var path }:
                return maildir.RootOf(path) is null ? new FlowFinding(FlowStepState.Failed, "route-wrong", ("error", route)) : new FlowFinding(FlowStepState.Passed, "route-maildir");
            case DeliveryRoute.Smtp smtp:
                try
                {
                    return await ProbeAsync(await guard.HostsAsync(smtp, cancellationToken), mailbox, cancellationToken);
                }
                catch (SmtpTransportException exception)
                {
                    return new FlowFinding(FlowStepState.Failed, "route-unreachable", ("route", route), ("error", exception.Message));
                }

            default:
                return new FlowFinding(FlowStepState.Failed, "route-wrong", ("error", error ?? route));
        }
    }

    private async Task<FlowFinding> ProbeAsync(IReadOnlyList<SmtpHost> hosts, string mailbox, CancellationToken cancellationToken)
    {
        for (var i = 0; ; i++)
        {
            try
            {
                return await ProbeAsync(hosts[i], mailbox, cancellationToken);
            }
            catch (SmtpTransportException) when (i < hosts.Count - 1)
            {
                // The next address may answer.
            }
            catch (TlsHandshakeException exception)
            {
                return new FlowFinding(FlowStepState.Failed, "route-tls", ("host", hosts[i].ToString()), ("error", exception.Message));
            }
        }
    }

    private async Task<FlowFinding> ProbeAsync(SmtpHost host, string mailbox, CancellationToken cancellationToken)
    {
        await using var connection = await SmtpConnection.OpenAsync(host.Address, _timeouts, clock, cancellationToken);
        var reply = await connection.ReadReplyAsync(cancellationToken);
        if (!reply.IsPositive)
            return Refused(host, reply);
        reply = await connection.CommandAsync($"EHLO {settings.Hostname}", cancellationToken);
        if (!reply.IsPositive)
            return Refused(host, reply);
        if (host.Tls != TlsPolicy.None && ServerCapabilities.Read(reply).StartTls)
        {
            reply = await connection.CommandAsync("STARTTLS", cancellationToken);
            if (reply.Code == 220)
            {
                await connection.StartTlsAsync(Tls(host), cancellationToken);
                reply = await connection.CommandAsync($"EHLO {settings.Hostname}", cancellationToken);
            }
        }

        foreach (var command in (string[])["MAIL FROM:<>", $"RCPT TO:<{mailbox}>"])
        {
            reply = await connection.CommandAsync(command, cancellationToken);
            if (!reply.IsPositive)
                return Refused(host, reply);
        }

        await connection.QuitAsync();
        return (connection.IsEncrypted, host.Tls) switch
        {
            (true, _) => new FlowFinding(FlowStepState.Passed, "route-takes", ("host", host.ToString()), ("mailbox", mailbox)),
            (false, TlsPolicy.Must or TlsPolicy.Verified) => new FlowFinding(FlowStepState.Failed, "route-tls", ("host", host.ToString()), ("error", "no STARTTLS")),
            _ => new FlowFinding(FlowStepState.Warned, "route-clear", ("host", host.ToString()), ("mailbox", mailbox)),
        };
    }

    /// <summary>As deliveries take it: only a route that says so wants the certificate to be good.</summary>
    private static SslClientAuthenticationOptions Tls(SmtpHost host) => new()
    {
        TargetHost = host.Name,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        RemoteCertificateValidationCallback = (_, _, _, errors) => host.Tls != TlsPolicy.Verified || errors == SslPolicyErrors.None,
    };

    private static FlowFinding Refused(SmtpHost host, ServerReply reply) => new(FlowStepState.Failed, "route-refuses", ("host", host.ToString()), ("reply", reply.Text));
}
