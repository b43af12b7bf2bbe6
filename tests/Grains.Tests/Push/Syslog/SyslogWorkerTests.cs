using System.Security.Cryptography.X509Certificates;
using Platform.Grains.Push.Syslog;
using Platform.Grains.Tests.Support;
using Platform.Storage.Push.Syslog;

namespace Platform.Grains.Tests.Push.Syslog;

public sealed class SyslogWorkerTests : IAsyncLifetime
{
    private readonly X509Certificate2 _certificate = TestCertificates.For("127.0.0.1");
    private PushHost? _host;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private PushHost Host => _host!;

    public async ValueTask InitializeAsync() => _host = await PushHost.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        _certificate.Dispose();
    }

    [Fact]
    public async Task Every_event_arrives_and_is_known_to_have_once_the_window_is_over()
    {
        await using var collector = new SyslogCollector(_certificate);
        await AddAsync(collector.Port);
        await Host.HappenAsync(5);
        using var worker = NewWorker();
        await worker.StartAsync(Stop);

        await UntilAsync(() => Task.FromResult(Sequences(collector).Count == 5), "five messages");
        await UntilAsync(async () => (await ViewAsync()).Behind == 0, "nothing is behind");

        await worker.StopAsync(Stop);
        Assert.StartsWith("<134>1 2026-11-24T09:00:00.000Z localhost mail-inspection - directory.changed - {\"id\":", collector.Messages.First(), StringComparison.Ordinal);
        Assert.Equal(5, collector.Messages.Count);
    }

    [Fact]
    public async Task After_a_break_it_goes_on_behind_what_arrived_and_loses_nothing()
    {
        var first = new SyslogCollector(_certificate);
        var port = first.Port;
        await AddAsync(port);
        using var worker = NewWorker();
        await worker.StartAsync(Stop);
        await Host.HappenAsync(10);
        await UntilAsync(() => Task.FromResult(Sequences(first).Count == 10), "the first ten");
        first.Break();
        await first.DisposeAsync();

        await Host.HappenAsync(10);
        await UntilAsync(async () => (await ViewAsync()).Row is { LastError: not null, ConnectedSince: null }, "the break is seen");
        await using var second = new SyslogCollector(_certificate, port);
        await Host.HappenAsync(10);
        await UntilAsync(async () => (await ViewAsync()).Behind == 0, "nothing is behind");

        await worker.StopAsync(Stop);
        var sent = await Host.RowsAsync(Host.Tenant, db => db.Events.Where(e => e.Kind == "directory.changed").OrderBy(e => e.Sequence).Select(e => e.Sequence));
        var came = Sequences(first).Concat(Sequences(second)).ToHashSet();
        Assert.Equal([], sent.TakeLast(30).Where(sequence => !came.Contains(sequence)));
        Assert.Equal(Sequences(second).Order(), Sequences(second));
    }

    [Fact]
    public async Task A_collector_that_is_not_who_it_says_gets_nothing()
    {
        using var stranger = TestCertificates.For("127.0.0.2");
        await using var collector = new SyslogCollector(stranger);
        await AddAsync(collector.Port);
        await Host.HappenAsync();
        using var worker = NewWorker();
        await worker.StartAsync(Stop);

        await UntilAsync(async () => (await ViewAsync()).Row.LastError is not null, "an error");

        await worker.StopAsync(Stop);
        Assert.StartsWith("TLS failed", (await ViewAsync()).Row.LastError, StringComparison.Ordinal);
        Assert.Empty(collector.Messages);
    }

    [Fact]
    public async Task It_signs_in_with_the_certificate_that_it_was_given()
    {
        using var mine = TestCertificates.For("client.test");
        await using var collector = new SyslogCollector(_certificate);
        await AddAsync(collector.Port, target => target with { ClientCertificate = Pem(mine) + mine.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem() });
        await Host.HappenAsync();
        using var worker = NewWorker();
        await worker.StartAsync(Stop);

        await UntilAsync(() => Task.FromResult(!collector.Messages.IsEmpty), "a message");

        await worker.StopAsync(Stop);
        Assert.Equal("CN=client.test", collector.ClientSubject);
    }

    [Fact]
    public async Task A_change_ends_the_connection_and_the_next_one_is_by_what_holds_now()
    {
        await using var collector = new SyslogCollector(_certificate);
        var id = await AddAsync(collector.Port);
        await Host.HappenAsync();
        using var worker = NewWorker();
        await worker.StartAsync(Stop);
        await UntilAsync(() => Task.FromResult(collector.Messages.Count == 1), "a message");

        Assert.Null((await Host.Get<ISyslogCommands>().UpdateAsync(Host.Scope, id, new SyslogTargetChange(Format: SyslogFormat.Cef), Stop)).Code);
        await Host.HappenAsync();

        await UntilAsync(() => Task.FromResult(collector.Messages.Any(message => message.Contains("CEF:0|", StringComparison.Ordinal))), "a message in the new format");
        await worker.StopAsync(Stop);
    }

    private static List<long> Sequences(SyslogCollector collector) =>
        [.. collector.Messages.Select(message => System.Text.Json.JsonDocument.Parse(message[message.IndexOf('{', StringComparison.Ordinal)..]).RootElement.GetProperty("sequence").GetInt64())];

    private static string Pem(X509Certificate2 certificate) => certificate.ExportCertificatePem() + "\n";

    private SyslogWorker NewWorker() => Microsoft.Extensions.DependencyInjection.ActivatorUtilities.CreateInstance<SyslogWorker>(Host.Get<IServiceProvider>());

    private async Task<Guid> AddAsync(int port, Func<NewSyslogTarget, NewSyslogTarget>? change = null)
    {
        var target = new NewSyslogTarget("127.0.0.1", port, SyslogFormat.Json, 16, "", ["directory.*"], Pem(_certificate));
        var made = await Host.Get<ISyslogCommands>().CreateAsync(Host.Scope, Host.Owner, change?.Invoke(target) ?? target, Stop);
        Assert.Null(made.Code);
        return made.Value;
    }

    private async Task<SyslogTargetView> ViewAsync() => (await Host.Get<ISyslogReading>().PageAsync(Host.Scope, null, 1, Stop))[0];

    /// <summary>Time goes on while the condition is awaited.</summary>
    private Task UntilAsync(Func<Task<bool>> condition, string what) => Until.TrueAsync(
        () =>
        {
            Host.Time.Advance(TimeSpan.FromMilliseconds(250));
            return condition();
        },
        what);
}
