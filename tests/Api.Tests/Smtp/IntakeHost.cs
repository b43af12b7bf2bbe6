using System.Net;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.Api.Smtp;
using Platform.Api.Tests.Hosting;
using Platform.Api.Smtp.Submission;
using Platform.Grains;
using Platform.Grains.Inspection;
using Platform.Grains.Pressure;
using Platform.Scanning;
using Platform.Smtp;
using Platform.Storage.Bodies;
using Platform.Storage.Directory;
using Platform.Storage.Messages;
using Platform.Storage.Policies;
using Platform.Storage.Scopes;
using Platform.Storage.Setup;
using Platform.Storage.Tests.Support;

namespace Platform.Api.Tests.Smtp;

/// <summary>An intake over real storage, for a tenant that rejects what is phishing; to the scripted scanners all is.</summary>
internal sealed class IntakeHost : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("intake-tests-").FullName;
    private ServiceProvider _services = null!;
    private IReadOnlyList<IntakeGroup> _groups = [];

    public ScriptedScanners Scanners { get; } = new();
    public InterceptedFlow Flow => (InterceptedFlow)_services.GetRequiredService<IMessageFlow>();
    public Intake Intake { get; private set; } = null!;
    public ScriptedGuard Guard { get; } = new();
    public SendGate Gate { get; private set; } = null!;
    public IServiceProvider Services => _services;
    public Guid Tenant => _groups[0].Tenant.Id;

    /// <summary>What a mailbox of the tenant sends to somebody outside.</summary>
    public IReadOnlyList<IntakeGroup> Submission =>
        [new IntakeGroup(_groups[0].Tenant, IntakeMode.Submission, [new IntakeRecipient(new RecipientCommand("bob@partner.test", "bob", "partner.test"), null)]) { Sender = _groups[0].Recipients[0].Mailbox }];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<IntakeHost> StartAsync(int sessionScans = 2)
    {
        var host = new IntakeHost();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddPlatformStorage(new StorageSettings { DataDirectory = host._folder, MayCreateKey = true });
        var storage = services.Last(s => s.ServiceType == typeof(IMessageFlow)).ImplementationType!;
        services.AddSingleton<IMessageFlow>(s => new InterceptedFlow((IMessageFlow)ActivatorUtilities.CreateInstance(s, storage)));
        services.AddSingleton<IScannerPool>(host.Scanners);
        services.AddPlatformFlow(new FlowSettings { DataDirectory = host._folder });
        host._services = services.BuildServiceProvider();
        await MigratedDatabases.CopyToAsync(host._folder, Stop);
        await host._services.GetRequiredService<IStorageSetup>().PrepareAsync(Stop);
        await host.AddTenantAsync();
        host.Gate = new SendGate(host.Guard, NullLogger<SendGate>.Instance);
        host.Intake = new Intake(
            host._services.GetRequiredService<IBodyStore>(),
            host.Flow,
            host._services.GetRequiredService<MessageInspector>(),
            host._services.GetRequiredService<IntakePressure>(),
            host.Gate,
            new IntakeSettings("mx.platform.test", "mx.platform.test", TimeSpan.FromMinutes(1), sessionScans),
            TimeProvider.System,
            NullLogger<Intake>.Instance);
        return host;
    }

    /// <summary>One mail as a session hands it over at the end of DATA.</summary>
    public Task<SmtpReply> TakeAsync(CancellationToken cancellationToken) => TakeAsync(_groups, cancellationToken);

    public async Task<SmtpReply> TakeAsync(IReadOnlyList<IntakeGroup> groups, CancellationToken cancellationToken)
    {
        await using var body = await Intake.Bodies.CreateAsync(groups[0].Tenant.Id, Stop);
        await body.WriteAsync("Subject: offer\r\n\r\nHello.\r\n"u8.ToArray(), Stop);
        var peer = new SmtpPeer { SessionId = "1", RemoteAddress = IPAddress.Parse("192.0.2.7"), ConnectionAddress = IPAddress.Loopback };
        var transaction = new SmtpTransaction(new MailCommand("bob@partner.test"), [.. groups[0].Recipients.Select(r => r.Command)]);
        return await Intake.AcceptAsync(peer, transaction, groups, [body], "Subject: offer\r\n"u8.ToArray(), cancellationToken);
    }

    /// <summary>What the scan worker would get now.</summary>
    public Task<IReadOnlyList<ScanLease>> DueScansAsync() => Flow.ClaimScansAsync(10, TimeSpan.FromMinutes(1), Stop);

    public Task WhenCommittedAsync(int messages) => Flow.WhenAcceptedAsync(messages).WaitAsync(Stop);

    public IEnumerable<string> BodyFiles() =>
        Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) is { Length: 64 } name && name.All(char.IsAsciiHexDigitLower));

    public async ValueTask DisposeAsync()
    {
        Intake.Dispose();
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task AddTenantAsync()
    {
        var commands = _services.GetRequiredService<IDirectoryCommands>();
        var tenant = (await commands.CreateTenantAsync(new NewTenant("acme", "Acme", "en", null, "maildir:delivered", [], null), "test", Stop)).Value;
        var scope = Scope.System(tenant, "test");
        Assert.Null((await commands.AddDomainAsync(scope, tenant, "acme.test", Stop)).Code);
        Assert.Null((await commands.AddMailboxAsync(scope, tenant, "info@acme.test", null, Stop)).Code);
        Assert.Null((await _services.GetRequiredService<IPolicyCommands>().SetAsync(scope, PolicyTarget.Tenant(tenant), [new PolicyChange("action.phishing", "reject")], Stop)).Code);
        var found = await _services.GetRequiredService<IRecipientDirectory>().FindAsync("info", "acme.test", Stop);
        _groups = [new IntakeGroup(found.Tenant!, IntakeMode.Gateway, [new IntakeRecipient(new RecipientCommand("info@acme.test", "info", "acme.test"), found.Mailbox)])];
    }
}
