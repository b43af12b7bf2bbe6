using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Platform.Engine;
using Platform.Engine.Verdicts;
using Platform.Grains.Deliveries;
using Platform.Grains.Inspection;
using Platform.Scanning;
using Platform.Storage.Bodies;
using Platform.Storage.Directory;
using Platform.Storage.Groups;
using Platform.Storage.Lists;
using Platform.Storage.Messages;
using Platform.Storage.Model;
using Platform.Storage.Policies;
using Platform.Storage.Rules;
using Platform.Storage.Scopes;
using Platform.Storage.Setup;
using Platform.Storage.Tests.Support;

namespace Platform.Grains.Tests.Support;

/// <summary>The flow over the real storage (SQLite, in a folder of its own), with the scanners and the clock of the test.</summary>
internal sealed class FlowHost : IAsyncDisposable
{
    public const string Body = "From: Bob <bob@partner.test>\r\nTo: info@acme.test\r\nSubject: offer\r\n\r\nHello.\r\n.dot\r\n";
    public const string Prologue = "Received: from partner.test by mx.platform.test;\r\n\tTue, 24 Nov 2026 09:00:00 +0000\r\n";

    private readonly TempFolder _folder;
    private readonly ServiceProvider _services;

    private FlowHost(TempFolder folder, ServiceProvider services, FakeTimeProvider time)
    {
        _folder = folder;
        _services = services;
        Time = time;
    }

    public FakeTimeProvider Time { get; }
    public Guid Tenant { get; private set; }
    public string DataFolder => _folder.Path;
    public string Delivered => _folder.Sub("delivered");
    public LoggedLines Log => (LoggedLines)Get<ILoggerProvider>();
    public FakeScanners Scanners => (FakeScanners)Get<IScannerPool>();
    public FakeHistory History => (FakeHistory)Get<ISenderHistory>();
    public InterceptedFlow Flow => (InterceptedFlow)Get<IMessageFlow>();
    public ScanWorker Scans => Get<ScanWorker>();
    public RelayWorker Relay => Get<RelayWorker>();
    public MessageInspector Inspector => Get<MessageInspector>();
    public Scope Scope => Scope.System(Tenant, "test");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<FlowHost> StartAsync(string route = "maildir:delivered", Func<FlowSettings, FlowSettings>? settings = null, string language = "en", Action<IServiceCollection>? services = null)
    {
        var folder = new TempFolder();
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero));
        var flow = new FlowSettings { DataDirectory = folder.Path, Hostname = "mx.platform.test", PlatformId = "mx.platform.test", Relay = new RelaySettings { RouteNetworks = [IPNetwork.Parse("127.0.0.0/8")] } };
        var registered = new ServiceCollection();
        services?.Invoke(registered);
        registered.AddLogging();
        registered.AddSingleton<ILoggerProvider, LoggedLines>();
        registered.AddSingleton<TimeProvider>(time);
        registered.AddPlatformStorage(new StorageSettings { DataDirectory = folder.Path, MayCreateKey = true });
        var storage = registered.Last(s => s.ServiceType == typeof(IMessageFlow)).ImplementationType!;
        registered.AddSingleton<IMessageFlow>(s => new InterceptedFlow((IMessageFlow)ActivatorUtilities.CreateInstance(s, storage)));
        registered.AddSingleton<IScannerPool, FakeScanners>();
        registered.AddSingleton<ISenderHistory, FakeHistory>();
        registered.AddPlatformFlow(settings?.Invoke(flow) ?? flow);
        registered.AddPlatformFlowWorkers();

        var host = new FlowHost(folder, registered.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true }), time);
        await MigratedDatabases.CopyToAsync(folder.Path, Stop);
        await host.Get<IStorageSetup>().PrepareAsync(Stop);
        await host.AddTenantAsync(route, language);
        return host;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    public async Task<Accepted> AcceptAsync(Mail? mail = null)
    {
        mail ??= new Mail();
        var id = Guid.CreateVersion7(Time.GetUtcNow());
        var recipients = new List<NewDelivery>();
        foreach (var recipient in mail.Recipients)
        {
            var parts = recipient.Split('@');
            var found = await Get<IRecipientDirectory>().FindAsync(parts[0], parts[1], Stop);
            recipients.Add(new NewDelivery(Guid.CreateVersion7(Time.GetUtcNow()), recipient, found.Mailbox?.Id, mail.Notify, mail.OriginalRecipient));
        }
        var message = new NewMessage(
            id, Tenant, mail.Mode, new Envelope("198.51.100.7", "partner.test", "partner.test", mail.From, mail.Recipients),
            await StoreAsync(mail.Body), Prologue, Time.GetUtcNow(), recipients, mail.Smtp)
        {
            SenderMailboxId = mail is { Mode: IntakeMode.Submission, From: "info@acme.test" } ? await MailboxAsync("info@acme.test") : null,
            ConnectorId = mail.Connector,
        };
        await Flow.AcceptAsync([message], Stop);
        return new Accepted(id, [.. recipients.Select(r => r.Id)], message);
    }

    /// <summary>Accepted, scanned and waiting for the relay.</summary>
    public async Task<Guid> QueueAsync(Mail? mail = null)
    {
        var accepted = await AcceptAsync(mail);
        Assert.Equal(1, await Scans.RunOnceAsync(Stop));
        return accepted.Deliveries[0];
    }

    public async Task<SealedBody> StoreAsync(byte[] body)
    {
        await using var writer = await Get<IBodyStore>().CreateAsync(Tenant, Stop);
        await writer.WriteAsync(body, Stop);
        return await writer.SealAsync(Stop);
    }

    /// <summary>Straight into the row, past the rules of the directory, as an older version may have left it.</summary>
    public async Task SetRouteRowAsync(string route)
    {
        await using var database = Get<IPlatformDbFactory>().Open(Scope);
        await database.Tenants.ExecuteUpdateAsync(set => set.SetProperty(t => t.Route, route), Stop);
        Assert.Null((await Get<IDirectoryCommands>().UpdateTenantAsync(Scope, Tenant, new TenantChange(Name: $"Acme {route}"), Stop)).Code);
    }

    /// <summary>The relay of a process that starts after a crash.</summary>
    public RelayWorker NewRelay() => ActivatorUtilities.CreateInstance<RelayWorker>(_services);

    public Task SetPolicyAsync(VerdictKind kind, PolicyAction action) => SetPolicyAsync(PolicyTarget.Tenant(Tenant), kind, action);

    public async Task SetPolicyAsync(PolicyTarget target, VerdictKind kind, PolicyAction action) => Assert.Null(
        (await Get<IPolicyCommands>().SetAsync(Scope, target, [new PolicyChange(PolicySettings.ActionFor(kind).Key, PolicySettings.Name(action))], Stop)).Code);

    public async Task<Guid> AddGroupAsync(string name, params string[] addresses)
    {
        var group = (await Get<IGroupCommands>().CreateAsync(Scope, Tenant, new NewGroup(name), Stop)).Value;
        List<GroupMember> members = [];
        foreach (var address in addresses)
            members.Add(new GroupMember(GroupMemberKind.Mailbox, await MailboxAsync(address)));
        Assert.Null((await Get<IGroupCommands>().ChangeMembersAsync(Scope, group, members, [], Stop)).Code);
        return group;
    }

    public async Task<Guid> MailboxAsync(string address)
    {
        var parts = address.Split('@');
        return (await Get<IRecipientDirectory>().FindAsync(parts[0], parts[1], Stop)).Mailbox!.Id;
    }

    public async Task BlockAsync(string value) => Assert.Null(
        (await Get<IListCommands>().AddAsync(Scope, ListOwner.Tenant(Tenant), new NewListEntry(Platform.Engine.Feeds.ListAction.Block, null, value, IsExact: false, [], "", null), Stop)).Code);
    public async Task<Guid> AddRuleAsync(string condition, PolicyAction action)
    {
        var made = await Get<IRuleCommands>().CreateAsync(Scope, new RuleOwner(Tenant, IsMsp: false), new NewRule($"Rule: {condition}", condition, action, Enabled: true), Stop);
        Assert.Null(made.Code);
        return made.Id!.Value;
    }

    public async Task<DeliveryRow> DeliveryAsync(Guid id)
    {
        await using var database = Get<IPlatformDbFactory>().Open(Scope);
        return await database.Deliveries.AsNoTracking().SingleAsync(d => d.Id == id, Stop);
    }

    public async Task<List<T>> RowsAsync<T>(Func<PlatformDb, IQueryable<T>> query)
    {
        await using var database = Get<IPlatformDbFactory>().Open(Scope);
        return await query(database).ToListAsync(Stop);
    }

    public Task<List<MessageRow>> NoticesAsync() => RowsAsync(db => db.Messages.AsNoTracking().Where(m => m.Mode == IntakeMode.Bounce));

    public string[] FilesOf(string address)
    {
        var folder = Path.Combine(Delivered, address, "new");
        return Directory.Exists(folder) ? Directory.GetFiles(folder) : [];
    }

    private async Task AddTenantAsync(string route, string language)
    {
        var commands = Get<IDirectoryCommands>();
        var created = await commands.CreateTenantAsync(new NewTenant("acme", "Acme", language, null, route, ["192.0.2.0/24"], null), "test", Stop);
        Assert.Null(created.Code);
        Tenant = created.Value;
        Assert.Null((await commands.AddDomainAsync(Scope, Tenant, "acme.test", Stop)).Code);
        Assert.Null((await commands.AddMailboxAsync(Scope, Tenant, "info@acme.test", "Information", Stop)).Code);
        Assert.Null((await commands.AddMailboxAsync(Scope, Tenant, "keiri@acme.test", "経理部", Stop)).Code);
    }
}

internal sealed record Accepted(Guid Id, IReadOnlyList<Guid> Deliveries, NewMessage Message);

/// <summary>A mail as it comes in, with the values that most tests do not care about.</summary>
internal sealed record Mail
{
    public string From { get; init; } = "bob@partner.test";
    public IReadOnlyList<string> Recipients { get; init; } = ["info@acme.test"];
    public IntakeMode Mode { get; init; } = IntakeMode.Gateway;
    public string? Notify { get; init; }
    public string? OriginalRecipient { get; init; }
    public SmtpParameters Smtp { get; init; } = SmtpParameters.None;

    /// <summary>The server of the tenant's own that submits it.</summary>
    public Guid? Connector { get; init; }
    public byte[] Body { get; init; } = Encoding.UTF8.GetBytes(FlowHost.Body);
}
