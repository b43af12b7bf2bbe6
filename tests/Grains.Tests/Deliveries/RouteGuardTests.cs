using System.Net;
using Platform.Grains.Deliveries;
using Platform.Grains.Deliveries.Maildir;
using Platform.Grains.Deliveries.Smtp;
using Platform.Grains.Tests.Support;
using Platform.Storage.Directory;

namespace Platform.Grains.Tests.Deliveries;

public sealed class RouteGuardTests
{
    [Theory]
    [InlineData("smtp://mail.acme.test:25")]
    [InlineData("smtp://8.8.8.8:25")]
    [InlineData("smtp://[2001:4860:4860::8888]:25")]
    [InlineData("smtp://10.1.2.3:25")]
    [InlineData("maildir:delivered/acme")]
    public void A_route_to_the_outside_or_to_what_is_allowed_may_be_set(string route)
    {
        Assert.Null(Guard("10.0.0.0/8").Refuse(route));
    }

    [Theory]
    [InlineData("smtp://127.0.0.1:25", "Relay:RouteNetworks")]
    [InlineData("smtp://169.254.169.254:80", "Relay:RouteNetworks")]
    [InlineData("smtp://[::1]:25", "Relay:RouteNetworks")]
    [InlineData("smtp://[::ffff:127.0.0.1]:25", "Relay:RouteNetworks")]
    [InlineData("smtp://192.168.1.1:25", "Relay:RouteNetworks")]
    [InlineData("maildir:keys", "Relay:MaildirRoots")]
    [InlineData("maildir:/etc", "Relay:MaildirRoots")]
    [InlineData("smtp://mail.acme.test:25?tls=perhaps", "?tls=none")]
    public void A_route_into_the_inside_is_refused_and_the_way_out_named(string route, string named)
    {
        Assert.Contains(named, Guard("10.0.0.0/8").Refuse(route), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_means_an_inside_address_is_not_talked_to()
    {
        var refused = await Assert.ThrowsAsync<SmtpTransportException>(() => HostsAsync(Guard()));

        Assert.Equal("4.3.5", refused.Status);
    }

    [Fact]
    public async Task A_name_that_means_an_allowed_address_is_talked_to()
    {
        Assert.NotEmpty(await HostsAsync(Guard("127.0.0.0/8", "::1/128")));
    }

    [Fact]
    public async Task What_the_guard_refuses_cannot_be_set()
    {
        await using var host = await FlowHost.StartAsync();

        var change = new TenantChange(null, null, "maildir:keys", null, null, null);

        Assert.Equal("INVALID_ROUTE", (await host.Get<IDirectoryCommands>().UpdateTenantAsync(host.Scope, host.Tenant, change, TestContext.Current.CancellationToken)).Code);
    }

    private static Task<IReadOnlyList<SmtpHost>> HostsAsync(RouteGuard guard) =>
        guard.HostsAsync(new DeliveryRoute.Smtp("localhost", 25, TlsPolicy.May), TestContext.Current.CancellationToken);

    private static RouteGuard Guard(params string[] networks)
    {
        var settings = new FlowSettings { DataDirectory = "/srv/platform", Relay = new RelaySettings { RouteNetworks = [.. networks.Select(text => IPNetwork.Parse(text))] } };
        return new RouteGuard(settings, new MaildirWriter(settings));
    }
}
