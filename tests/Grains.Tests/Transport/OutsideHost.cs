using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Platform.Engine.Authentication.Dns;
using Platform.Grains.Onboarding;
using Platform.Grains.Tests.Support;
using Platform.Grains.Transport;
using Platform.Storage.Messages;
using Platform.Storage.Transport;

namespace Platform.Grains.Tests.Transport;

/// <summary>The flow with one domain outside, <c>partner.test</c>, whose mail host and DNS are the test's.</summary>
internal static class OutsideHost
{
    public const string Domain = "partner.test";
    public const string Mx = "mx.partner.test";

    public static Task<FlowHost> StartAsync(NamesTable dns, ScriptedSmtpServer mx, PolicyHost? policies = null, X509Certificate2? root = null)
    {
        dns.Mx(Domain, Mx).Address(Mx, IPAddress.Loopback);
        return FlowHost.StartAsync(
            settings: flow => flow with
            {
                Relay = flow.Relay with { MxPort = mx.EndPoint.Port, AllowPrivateMx = true, TrustedRoots = root is null ? null : [root] },
                Transport = new TransportSettings { Networks = [IPNetwork.Parse("127.0.0.0/8")], PolicyPort = policies?.Port ?? 443 },
            },
            services: services =>
            {
                services.AddSingleton<IDnsResolver>(dns);
                services.AddKeyedSingleton<IDnsResolver>(OnboardingServices.ProofResolver, dns);
            });
    }

    /// <summary>A mail of the tenant's own is tried once.</summary>
    public static async Task<DeliveryState> SendAsync(FlowHost host, string body = "From: info@acme.test\r\nSubject: offer\r\n\r\nHello.\r\n", IntakeMode mode = IntakeMode.Notice)
    {
        var mail = await host.AcceptAsync(new Mail { Mode = mode, From = "info@acme.test", Recipients = [$"bob@{Domain}"], Body = System.Text.Encoding.ASCII.GetBytes(body) });
        await host.Relay.RunOnceAsync(TestContext.Current.CancellationToken);
        return (await host.DeliveryAsync(mail.Deliveries[0])).State;
    }

    public static Task<List<TransportSessionRow>> SessionsAsync(FlowHost host) => host.RowsAsync(db => db.TransportSessions.OrderBy(row => row.Result));
}
