using Platform.Engine.Transport;
using Platform.Grains.Tests.Support;
using Platform.Storage.Messages;
using Platform.Storage.Transport;

namespace Platform.Grains.Tests.Transport;

/// <summary>What held for mail to the outside and how it went is written with what became of the mail.</summary>
public sealed class OutsideSessionTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_host_without_tls_gets_mail_in_the_clear_where_nobody_asks_for_more()
    {
        await using var mx = new ScriptedSmtpServer();
        await using var host = await OutsideHost.StartAsync(new NamesTable(), mx);

        Assert.Equal(DeliveryState.Delivered, await OutsideHost.SendAsync(host));

        var session = Assert.Single(await OutsideHost.SessionsAsync(host));
        Assert.Equal((TransportPolicyKind.May, TransportSource.Standard, TlsResult.StartTlsNotSupported, 1), (session.Policy, session.Source, session.Result, session.Sessions));
    }

    [Fact]
    public async Task Under_must_mail_waits_and_is_told_as_a_failure()
    {
        await using var mx = new ScriptedSmtpServer();
        await using var host = await OutsideHost.StartAsync(new NamesTable(), mx);
        await host.Get<ITransportPolicies>().SetAsync(host.Scope, host.Tenant, OutsideHost.Domain, TransportTls.Must, Stop);

        Assert.Equal(DeliveryState.Queued, await OutsideHost.SendAsync(host));

        Assert.DoesNotContain(mx.Commands, command => command.StartsWith("MAIL", StringComparison.Ordinal));
        var shown = Assert.Single(await host.RowsAsync(db => db.TransportDestinations));
        Assert.Equal((TransportPolicyKind.Must, TransportSource.Domain, TlsResult.StartTlsNotSupported, OutsideHost.Mx, null), (shown.Policy, shown.Source, shown.LastFailureResult, shown.LastFailureHost, shown.LastSuccessAt));
    }

    [Fact]
    public async Task Alike_sessions_of_a_day_are_counted_in_one_row()
    {
        using var certificate = TestCertificates.For(OutsideHost.Mx);
        await using var mx = new ScriptedSmtpServer { Certificate = certificate };
        await using var host = await OutsideHost.StartAsync(new NamesTable(), mx);
        await OutsideHost.SendAsync(host);
        await OutsideHost.SendAsync(host);

        Assert.Equal((TlsResult.Success, 2), Assert.Single((await OutsideHost.SessionsAsync(host)).Select(row => (row.Result, row.Sessions))));
        var shown = Assert.Single(await host.RowsAsync(db => db.TransportDestinations));
        Assert.Equal((OutsideHost.Mx, "TLSv1.3", true), (shown.LastSuccessHost, shown.LastTlsVersion, shown.LastCipher!.StartsWith("TLS_", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_smart_host_is_the_operators()
    {
        await using var smartHost = new ScriptedSmtpServer();
        await using var host = await FlowHost.StartAsync(settings: flow => flow with { Relay = flow.Relay with { SmartHost = smartHost.Route } });
        await host.Get<ITransportPolicies>().SetAsync(host.Scope, host.Tenant, OutsideHost.Domain, TransportTls.Must, Stop);

        Assert.Equal(DeliveryState.Delivered, await OutsideHost.SendAsync(host));

        Assert.Equal(TransportSource.Operator, Assert.Single(await OutsideHost.SessionsAsync(host)).Source);
    }
}
