using System.Security.Cryptography.X509Certificates;
using Platform.Engine.Transport;
using Platform.Grains.Tests.Support;
using Platform.Grains.Transport.MtaSts;

namespace Platform.Grains.Tests.Transport;

/// <summary>Policies are kept for what they say, whatever becomes of their record and their host (RFC 8461, 5.1).</summary>
public sealed class MtaStsPoliciesTests : IAsyncLifetime
{
    private const string Name = "_mta-sts.partner.test";

    private readonly X509Certificate2 _certificate = TestCertificates.For("mta-sts.partner.test");
    private readonly NamesTable _dns = new();
    private readonly ScriptedSmtpServer _mx = new();
    private PolicyHost _policies = null!;
    private FlowHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _policies = new PolicyHost(_certificate) { Text = Policy("mx.partner.test", 1_000) };
        _dns.Address("mta-sts.partner.test", System.Net.IPAddress.Loopback).Text(Name, "v=STSv1; id=1");
        _host = await OutsideHost.StartAsync(_dns, _mx, _policies, _certificate);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _policies.DisposeAsync();
        await _mx.DisposeAsync();
        _certificate.Dispose();
    }

    [Fact]
    public async Task It_is_fetched_once()
    {
        Assert.Equal(["mx.partner.test"], (await FindAsync()).Policy!.Hosts);
        await FindAsync();

        Assert.StartsWith("GET /.well-known/mta-sts.txt ", Assert.Single(_policies.Requests).Header, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_holds_without_its_record_and_its_host_until_it_ends()
    {
        await FindAsync();
        _dns.Text(Name);
        _policies.Text = null;
        _host.Time.Advance(TimeSpan.FromSeconds(999));
        Assert.NotNull((await FindAsync()).Policy);

        _host.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null((await FindAsync()).Policy);
    }

    [Fact]
    public async Task A_new_id_brings_the_new_one()
    {
        await FindAsync();
        _dns.Text(Name, "v=STSv1; id=2");
        _policies.Text = Policy("new.partner.test", 1_000);

        Assert.Equal(["new.partner.test"], (await FindAsync()).Policy!.Hosts);
    }

    [Fact]
    public async Task The_old_one_holds_while_the_new_one_cannot_be_had_and_that_is_told()
    {
        await FindAsync();
        _dns.Text(Name, "v=STSv1; id=2");
        _policies.Text = null;

        var answer = await FindAsync();

        Assert.Equal(["mx.partner.test"], answer.Policy!.Hosts);
        Assert.Equal(TlsResult.StsPolicyFetchError, answer.Fault!.Result);
    }

    [Fact]
    public async Task What_failed_is_tried_again_after_five_minutes()
    {
        _policies.Text = null;
        Assert.Equal(TlsResult.StsPolicyFetchError, (await FindAsync()).Fault!.Result);
        await FindAsync();
        Assert.Single(_policies.Requests);

        _host.Time.Advance(TimeSpan.FromMinutes(5));
        _policies.Text = Policy("mx.partner.test", 1_000);
        Assert.NotNull((await FindAsync()).Policy);
    }

    [Fact]
    public async Task It_is_renewed_in_the_second_half_of_its_time_and_a_failure_there_is_none()
    {
        await FindAsync();
        _policies.Text = null;
        _host.Time.Advance(TimeSpan.FromSeconds(501));

        var answer = await FindAsync();

        Assert.Equal((2, true, null), (_policies.Requests.Count, answer.Policy is not null, answer.Fault));
    }

    private Task<MtaStsAnswer> FindAsync() => _host.Get<MtaStsPolicies>().FindAsync("partner.test", TestContext.Current.CancellationToken);

    private static string Policy(string mx, int age) => $"version: STSv1\nmode: enforce\nmx: {mx}\nmax_age: {age}\n";
}
