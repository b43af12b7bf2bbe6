using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Platform.Grains.Egress;
using Platform.Grains.Onboarding;
using Platform.Grains.Onboarding.Ldap;
using Platform.Grains.Push;
using Platform.Grains.Tests.Support;
using Platform.Storage.Directory;
using Platform.Storage.Model;
using Platform.Storage.Onboarding.Ldap;
using Platform.Storage.Onboarding.Mailboxes;
using Platform.Storage.Scopes;

namespace Platform.Grains.Tests.Onboarding;

/// <summary>Runs over a real OpenLDAP.</summary>
public sealed class LdapSyncTests : IAsyncDisposable
{
    private FlowHost? _host;

    private FlowHost Host => _host!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
    }

    [Theory]
    [InlineData(LdapSecurity.Tls)]
    [InlineData(LdapSecurity.StartTls)]
    public async Task People_of_several_pages_become_mailboxes_and_those_that_leave_go(LdapSecurity security)
    {
        await using (var all = await SlapdServer.StartAsync(People(1_200)))
        {
            await StartAsync();
            var first = await RunAsync(all, security);
            Assert.Equal(("done", null, 1_200, 1_200, 0), (first.Outcome, first.Error, first.Entries, first.Created, first.Refused));
            Assert.Equal((1_200, 0), ((await RunAsync(all, security)).Unchanged, (await RunAsync(all, security)).Removed));
        }

        await using var fewer = await SlapdServer.StartAsync(People(1_190));
        var last = await RunAsync(fewer, security);

        Assert.Equal(("done", 10), (last.Outcome, last.Removed));
        Assert.Equal(1_192, await CountAsync());
    }

    [Fact]
    public async Task A_run_that_would_remove_too_many_removes_none()
    {
        await using (var all = await SlapdServer.StartAsync(People(20)))
        {
            await StartAsync();
            await RunAsync(all, LdapSecurity.Tls);
        }

        await using var few = await SlapdServer.StartAsync(People(10));
        var run = await RunAsync(few, LdapSecurity.Tls);

        Assert.Equal(("held", 0), (run.Outcome, run.Removed));
        Assert.Equal(22, await CountAsync());
    }

    [Fact]
    public async Task A_test_changes_nothing_and_tells_what_would_be()
    {
        await using var server = await SlapdServer.StartAsync(People(5));
        await StartAsync();
        var run = await RunAsync(server, LdapSecurity.Tls, test: true);

        Assert.Equal(("tested", 5), (run.Outcome, run.Created));
        Assert.Equal(2, await CountAsync());
    }

    [Fact]
    public async Task A_wrong_secret_an_unknown_certificate_and_a_wrong_filter_are_told()
    {
        await using var server = await SlapdServer.StartAsync(People(1));
        await StartAsync();

        Assert.Contains("sign-in", (await RunAsync(server, LdapSecurity.Tls, change: directory => directory with { BindSecret = "wrong" })).Error, StringComparison.Ordinal);
        Assert.Contains("TLS", (await RunAsync(server, LdapSecurity.Tls, change: directory => directory with { TrustedRoots = null })).Error, StringComparison.Ordinal);
        Assert.Contains("filter", (await RunAsync(server, LdapSecurity.Tls, change: directory => directory with { Filter = "(mail" })).Error, StringComparison.Ordinal);
        Assert.Contains("search", (await RunAsync(server, LdapSecurity.Tls, change: directory => directory with { Base = "no name" })).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_gives_entries_without_end_is_left()
    {
        await using var server = new EndlessLdapServer();
        await StartAsync();

        var run = await RunAsync(server.Port, server.Roots, LdapSecurity.Tls);

        Assert.Equal(("failed", "The answer of the directory is too large."), (run.Outcome, run.Error));
    }

    [Fact]
    public async Task A_run_that_takes_too_long_ends_before_another_may_begin()
    {
        await using var server = await SlapdServer.StartAsync(People(1));
        await StartAsync();
        var writing = new WaitingImport();
        var sync = new LdapSync(
            Host.Get<EgressConnector>(), writing, Host.Get<ILdapDirectories>(), Host.Get<IRecipientDirectory>(), Host.Get<IDirectoryCommands>(), Host.Time);

        var running = sync.RunAsync(new LdapJob(Guid.NewGuid(), Host.Tenant, Guid.NewGuid(), Test: false, Directory(server.TlsPort, server.Roots, LdapSecurity.Tls), Host.Time.GetUtcNow()), Stop);
        await writing.Began.Task.WaitAsync(Stop);
        Host.Time.Advance(LdapSync.Deadline);

        Assert.Equal("failed", (await running).Outcome);
    }

    [Fact]
    public async Task A_run_that_is_asked_for_while_one_runs_comes_after_it()
    {
        await StartAsync();
        var directories = Host.Get<ILdapDirectories>();
        await directories.SetAsync(Host.Scope, Host.Tenant, Directory(636, "", LdapSecurity.Tls), Stop);
        await directories.RunAsync(Host.Scope, Host.Tenant, test: true, Stop);
        var running = await directories.TakeAsync(TimeSpan.FromMinutes(30), Stop);
        Host.Time.Advance(TimeSpan.FromSeconds(1));
        await directories.RunAsync(Host.Scope, Host.Tenant, test: false, Stop);
        await directories.EndAsync(running!, new LdapRun(Host.Time.GetUtcNow(), Host.Time.GetUtcNow(), "tested", 0, 0, 0, 0, 0, 0, null, []), Stop);

        await directories.SetAsync(Host.Scope, Host.Tenant, Directory(636, "", LdapSecurity.Tls) with { EveryMinutes = 15, BindSecret = null }, Stop);
        Host.Time.Advance(TimeSpan.FromMinutes(15));

        Assert.False((await directories.TakeAsync(TimeSpan.FromMinutes(30), Stop))!.Test);
        Assert.Null(await directories.TakeAsync(TimeSpan.FromMinutes(30), Stop));
    }

    [Theory]
    [InlineData("10.1.2.3", 636, true)]
    [InlineData("127.0.0.1", 636, false)]
    [InlineData("ldap.example.com", 389, false)]
    [InlineData("ldap.example.com", 25, true)]
    public async Task Inside_addresses_and_other_ports_are_refused(string host, int port, bool refused)
    {
        await StartAsync();

        Assert.Equal(refused, Host.Get<ILdapAddressRule>().Refuse(host, port) is not null);
    }

    private async Task StartAsync() => _host = await FlowHost.StartAsync(services: services => services
        .AddPush(new PushSettings { Egress = new EgressSettings { Networks = [IPNetwork.Parse("127.0.0.0/8")] } }).AddLdapDirectories().AddPushWorkers().AddLdapWorker());

    private Task<LdapRun> RunAsync(SlapdServer server, LdapSecurity security, bool test = false, Func<NewLdapDirectory, NewLdapDirectory>? change = null) =>
        RunAsync(security == LdapSecurity.Tls ? server.TlsPort : server.Port, server.Roots, security, test, change);

    private static NewLdapDirectory Directory(int port, string roots, LdapSecurity security) => new(
        "127.0.0.1", port, security, roots, SlapdServer.BindName, SlapdServer.Secret, SlapdServer.Base, "(&(objectClass=inetOrgPerson)(mail=*))", "mail", "cn", "", "ou", 0, 10);

    private async Task<LdapRun> RunAsync(int port, string roots, LdapSecurity security, bool test = false, Func<NewLdapDirectory, NewLdapDirectory>? change = null)
    {
        var directories = Host.Get<ILdapDirectories>();
        var directory = Directory(port, roots, security);
        Assert.Null((await directories.SetAsync(Host.Scope, Host.Tenant, change?.Invoke(directory) ?? directory, Stop)).Code);
        Assert.Null((await directories.RunAsync(Host.Scope, Host.Tenant, test, Stop)).Code);
        Assert.True(await Host.Get<LdapWorker>().RunOnceAsync(Stop));
        Assert.False(await Host.Get<LdapWorker>().RunOnceAsync(Stop));
        return LdapRun.Read((await Host.RowsAsync(db => db.LdapDirectories.Select(row => row.LastRun))).Single())!;
    }

    private async Task<int> CountAsync()
    {
        await using var database = Host.Get<IPlatformDbFactory>().Open(Host.Scope);
        return await database.Mailboxes.CountAsync(Stop);
    }

    private static string People(int count) => string.Concat(Enumerable.Range(1, count).Select(i => string.Create(
        CultureInfo.InvariantCulture,
        $"dn: cn=person{i},{SlapdServer.Base}\nobjectClass: inetOrgPerson\ncn: person{i}\nsn: {i}\nmail: person{i}@acme.test\nou: Group {i % 3}\n\n")));

    /// <summary>Writes nothing and never ends by itself.</summary>
    private sealed class WaitingImport : IMailboxImport
    {
        public TaskCompletionSource Began { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task<CommandResult<MailboxImportReport>> RunAsync(
            Scope scope, Guid tenantId, IReadOnlyList<MailboxLine> lines, MailboxImportMode mode, CancellationToken cancellationToken, Guid? source = null)
        {
            Began.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException("It is cancelled before.");
        }
    }
}
