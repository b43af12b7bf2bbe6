using System.Net;
using Platform.Grains.Bounces;

namespace Platform.Grains.Tests.Bounces;

public sealed class BounceSenderTests
{
    private static readonly IPAddress Public = IPAddress.Parse("198.41.0.4");
    private static readonly IPAddress OtherPublic = IPAddress.Parse("199.9.14.201");

    [Fact]
    public async Task Hosts_come_in_order_of_preference()
    {
        var dns = new FakeDns { Mx = { ["partner.test"] = [(20, "b.partner.test"), (10, "a.partner.test")] }, A = { ["a.partner.test"] = [Public], ["b.partner.test"] = [OtherPublic] } };

        var found = Assert.IsType<OutsideHosts.Found>(await FindAsync(dns, "partner.test"));

        Assert.Equal(["a.partner.test", "b.partner.test"], found.Hosts.Select(h => h.Name));
    }

    [Fact]
    public async Task A_host_found_by_mx_is_pinned_to_the_address_that_was_checked()
    {
        var dns = new FakeDns { Mx = { ["partner.test"] = [(10, "a.partner.test")] }, A = { ["a.partner.test"] = [Public] } };

        var found = Assert.IsType<OutsideHosts.Found>(await FindAsync(dns, "partner.test"));

        Assert.Equal(new IPEndPoint(Public, 25), found.Hosts.Single().Address);
    }

    [Fact]
    public async Task Without_mx_the_domain_is_the_host()
    {
        var dns = new FakeDns { Mx = { ["partner.test"] = [] }, A = { ["partner.test"] = [Public] } };

        var found = Assert.IsType<OutsideHosts.Found>(await FindAsync(dns, "partner.test"));

        Assert.Equal("partner.test", found.Hosts.Single().Name);
    }

    [Fact]
    public async Task An_mx_that_points_inside_is_never_used()
    {
        var dns = new FakeDns { Mx = { ["evil.test"] = [(10, "a.evil.test")] }, A = { ["a.evil.test"] = [IPAddress.Loopback, IPAddress.Parse("10.0.0.1")] } };

        var never = Assert.IsType<OutsideHosts.Never>(await FindAsync(dns, "evil.test"));

        Assert.Equal("5.4.4", never.Status);
    }

    [Fact]
    public async Task A_mixed_answer_keeps_only_its_public_addresses()
    {
        var dns = new FakeDns { Mx = { ["evil.test"] = [(10, "a.evil.test")] }, A = { ["a.evil.test"] = [IPAddress.Loopback, Public] } };

        var found = Assert.IsType<OutsideHosts.Found>(await FindAsync(dns, "evil.test"));

        Assert.Equal(Public, found.Hosts.Single().Address.Address);
    }

    [Fact]
    public async Task Settings_may_allow_inside_addresses()
    {
        var dns = new FakeDns { Mx = { ["partner.test"] = [(10, "a.partner.test")] }, A = { ["a.partner.test"] = [IPAddress.Loopback] } };

        Assert.IsType<OutsideHosts.Found>(await FindAsync(dns, "partner.test", new RelaySettings { AllowPrivateMx = true }));
    }

    [Theory]
    [InlineData("absent.test", "5.1.2")]
    [InlineData("null-mx.test", "5.1.10")]
    [InlineData("", "5.1.2")]
    [InlineData("no host name", "5.1.2")]
    [InlineData("[127.0.0.1]", "5.1.2")]
    [InlineData("[nonsense]", "5.1.2")]
    public async Task A_domain_that_takes_no_mail_fails_for_good(string domain, string status)
    {
        var dns = new FakeDns { Mx = { ["null-mx.test"] = [(0, "")] } };

        var never = Assert.IsType<OutsideHosts.Never>(await FindAsync(dns, domain));

        Assert.Equal(status, never.Status);
    }

    [Fact]
    public async Task A_public_address_literal_is_taken()
    {
        var found = Assert.IsType<OutsideHosts.Found>(await FindAsync(new FakeDns(), "[198.41.0.4]"));

        Assert.Equal(Public, found.Hosts.Single().Address.Address);
    }

    [Fact]
    public async Task Silence_of_dns_is_tried_again()
    {
        var later = Assert.IsType<OutsideHosts.Later>(await FindAsync(new FakeDns { IsDown = true }, "partner.test"));

        Assert.Equal("4.4.3", later.Status);
    }

    [Fact]
    public async Task The_smart_host_takes_everything_when_set()
    {
        var found = Assert.IsType<OutsideHosts.Found>(
            await FindAsync(new FakeDns { IsDown = true }, "partner.test", new RelaySettings { SmartHost = "smtp://127.0.0.1:2599" }));

        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 2599), found.Hosts.Single().Address);
    }

    [Fact]
    public void A_smart_host_that_is_none_is_told_at_once()
    {
        Assert.Throws<FormatException>(() => Sender(new FakeDns(), new RelaySettings { SmartHost = "maildir:x" }));
    }

    private static Task<OutsideHosts> FindAsync(FakeDns dns, string domain, RelaySettings? relay = null) =>
        Sender(dns, relay ?? new RelaySettings()).FindAsync(domain, TestContext.Current.CancellationToken);

    private static BounceSender Sender(FakeDns dns, RelaySettings relay) => new(new FlowSettings { DataDirectory = ".", Relay = relay }, dns);

    private sealed class FakeDns : IMailExchangers
    {
        public Dictionary<string, (int, string)[]> Mx { get; } = [];
        public Dictionary<string, IPAddress[]> A { get; } = [];
        public bool IsDown { get; init; }

        public Task<MailExchangers> FindAsync(string domain, CancellationToken cancellationToken) =>
            IsDown ? throw new MailExchangerLookupException("down") : Task.FromResult(new MailExchangers(Mx.ContainsKey(domain), Mx.GetValueOrDefault(domain, [])));

        public Task<HostAddresses> AddressesAsync(string host, CancellationToken cancellationToken) =>
            Task.FromResult(new HostAddresses(A.GetValueOrDefault(host, [])));
    }
}
