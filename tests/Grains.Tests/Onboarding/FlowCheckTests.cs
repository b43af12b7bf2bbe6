using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Platform.Engine.Authentication.Dns;
using Platform.Engine.Verdicts;
using Platform.Grains.Onboarding;
using Platform.Grains.Onboarding.Flow;
using Platform.Grains.Tests.Support;
using Platform.Scanning;
using Platform.Storage.Events;
using Platform.Storage.Onboarding.Flow;

namespace Platform.Grains.Tests.Onboarding;

/// <summary>A check over the real storage and real sockets: our listener and the tenant's server are scripted.</summary>
public sealed class FlowCheckTests : IAsyncDisposable
{
    private readonly ScriptedDns _dns = new();
    private readonly ScriptedSmtpServer _listener = new();
    private FlowHost? _host;

    private FlowHost Host => _host!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
        await _listener.DisposeAsync();
    }

    [Fact]
    public async Task A_test_mail_that_goes_all_the_way_makes_the_tenant_ready()
    {
        await using var server = new ScriptedSmtpServer();
        await StartAsync(server.Route);
        _dns.Mx("acme.test", (10, "MX.platform.test"));
        _dns.Text("acme.test", "v=spf1 include:spf.platform.test -all");

        var steps = await RunAsync();

        Assert.Equal(
            ["domain-proven", "mx-here", "spf-permits", "route-clear", "sent", "inspected", "delivered"],
            steps.Select(step => step.Code));
        Assert.Equal(FlowStepState.Warned, steps[3].State);
        Assert.Contains(await KindsAsync(), kind => kind == EventKinds.TenantReady);
        Assert.Equal(2, server.Commands.Count(command => command.StartsWith("RCPT TO:<info@acme.test>", StringComparison.Ordinal)));
        Assert.Contains("Auto-Submitted: auto-generated", Encoding.ASCII.GetString(Assert.Single(server.Contents)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mx-none")]
    [InlineData("mx-elsewhere", 10, "mail.elsewhere.test")]
    [InlineData("mx-partly", 10, "mail.elsewhere.test", 20, "mx.platform.test")]
    [InlineData("mx-elsewhere", 0, "")]
    public async Task What_MX_records_say_is_told(string finding, params object[] records)
    {
        await StartAsync("maildir:delivered");
        if (records.Length > 0)
            _dns.Mx("acme.test", [.. records.Chunk(2).Select(pair => ((int)pair[0], (string)pair[1]))]);

        Assert.Equal(finding, (await Host.Get<RecordChecks>().MxAsync("acme.test", Stop)).Code);
    }

    [Theory]
    [InlineData("spf-none")]
    [InlineData("spf-none", "v=spf10 include:spf.platform.test")]
    [InlineData("spf-lacks", "v=spf1 include:other.test ~all")]
    [InlineData("spf-permits", "v=spf1 +include:SPF.platform.test. ~all")]
    [InlineData("spf-permits", "v=spf1 redirect=spf.platform.test")]
    [InlineData("spf-many", "v=spf1 include:spf.platform.test", "v=spf1 -all")]
    public async Task What_SPF_says_is_told(string finding, params string[] texts)
    {
        await StartAsync("maildir:delivered");
        if (texts.Length > 0)
            _dns.Text("acme.test", texts);

        Assert.Equal(finding, (await Host.Get<RecordChecks>().SpfAsync("acme.test", Stop)).Code);
    }

    [Fact]
    public async Task A_server_that_refuses_the_mailbox_is_told_and_not_sent_any_content()
    {
        await using var server = new ScriptedSmtpServer { Script = command => command.StartsWith("RCPT", StringComparison.Ordinal) ? "550 5.1.1 no such user" : null };
        await StartAsync(server.Route);

        var found = await Host.Get<RouteCheck>().CheckAsync(server.Route, "info@acme.test", Stop);

        Assert.Equal(("route-refuses", FlowStepState.Failed), (found.Code, found.State));
        Assert.Contains(found.Values, value => value.Value.Contains("no such user", StringComparison.Ordinal));
        Assert.DoesNotContain(server.Commands, command => command.StartsWith("DATA", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("smtp://10.9.8.7:25", "route-unreachable")]
    [InlineData("maildir:/etc", "route-wrong")]
    [InlineData("nonsense", "route-wrong")]
    [InlineData("maildir:delivered", "route-maildir")]
    public async Task A_route_is_probed_where_deliveries_may_go_and_nowhere_else(string route, string finding)
    {
        await StartAsync("maildir:delivered");

        Assert.Equal(finding, (await Host.Get<RouteCheck>().CheckAsync(route, "info@acme.test", Stop)).Code);
    }

    [Fact]
    public async Task A_route_that_must_be_encrypted_and_is_not_fails()
    {
        await using var server = new ScriptedSmtpServer();
        await StartAsync(server.Route);

        Assert.Equal("route-tls", (await Host.Get<RouteCheck>().CheckAsync(server.Route + "?tls=must", "info@acme.test", Stop)).Code);
    }

    [Fact]
    public void Every_finding_has_words_in_both_languages()
    {
        string[] findings =
        [
            "domain-proven", "domain-open", "domain-none", "mailbox-none", "dns-silent", "mx-here", "mx-none", "mx-elsewhere", "mx-partly", "spf-permits", "spf-none", "spf-lacks", "spf-many",
            "route-takes", "route-maildir", "route-clear", "route-tls", "route-refuses", "route-unreachable", "route-wrong", "sent", "send-refused", "send-unreachable", "inspected", "inspect-late",
            "delivered", "deliver-late", "deliver-stopped", "deliver-failed", "test.subject", "test.text",
        ];
        string[] good = ["domain-proven", "mx-here", "spf-permits", "route-takes", "route-maildir", "sent", "inspected", "delivered", "test.subject", "test.text"];
        foreach (var finding in findings)
        {
            Assert.NotEqual(OnboardingWording.Of("en")[finding], OnboardingWording.Of("ja")[finding]);
            Assert.Equal(!good.Contains(finding), OnboardingWording.Of("ja").Find(finding + ".advice") is not null);
        }
    }

    private async Task StartAsync(string route) => _host = await FlowHost.StartAsync(
        route,
        settings => settings with { Onboarding = new OnboardingSettings { Listener = _listener.EndPoint, SpfInclude = "spf.platform.test" } },
        services: services => services.AddSingleton<IDnsResolver>(_dns));

    /// <summary>The check, with the test as everything that goes on beside it.</summary>
    private async Task<IReadOnlyList<FlowStep>> RunAsync()
    {
        Assert.Null((await Host.Get<IFlowChecks>().StartAsync(Host.Scope, Host.Tenant, "info@acme.test", Stop)).Code);
        var running = Host.Get<FlowCheckWorker>().RunOnceAsync(Stop);
        await Until.TrueAsync(() => !_listener.Contents.IsEmpty || running.IsCompleted, "the test mail was sent");
        var content = Assert.Single(_listener.Contents);
        var id = Encoding.ASCII.GetString(content).Split("Message-ID: <")[1].Split('>')[0];
        var seen = FakeScanners.Verdict(VerdictKind.Clean);
        Host.Scanners.Scan = (_, _) => Task.FromResult(ScannerResult.Ok(seen with { Facts = seen.Facts with { MessageIdHeader = id } }));
        await Host.QueueAsync(new Mail { From = "", Body = content });
        await Host.Relay.RunOnceAsync(Stop);
        await Until.TrueAsync(
            () =>
            {
                Host.Time.Advance(TimeSpan.FromMilliseconds(250));
                return running.IsCompleted;
            },
            "the check ended");
        Assert.True(await running);
        return FlowStep.Read((await Host.RowsAsync(db => db.FlowChecks.Select(row => row.Steps))).Single());
    }

    private Task<List<string>> KindsAsync() => Host.RowsAsync(db => db.Events.Select(row => row.Kind));
}
