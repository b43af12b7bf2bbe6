using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Platform.Grains.Push;
using Platform.Grains.Push.Webhooks;
using Platform.Grains.Tests.Support;
using Platform.Storage.Directory;
using Platform.Storage.Model;
using Platform.Storage.Push;
using Platform.Storage.Push.Webhooks;
using Platform.Storage.Scopes;
using Platform.Storage.Setup;
using Platform.Storage.Tests.Support;

namespace Platform.Grains.Tests.Push;

/// <summary>Pushing over the real storage (SQLite, in a folder of its own), with a clock of the test. Loopback may be pushed to, by plain HTTP too.</summary>
internal sealed class PushHost : IAsyncDisposable
{
    private readonly TempFolder _folder;
    private readonly ServiceProvider _services;
    private int _mailboxes;

    private PushHost(TempFolder folder, ServiceProvider services, FakeTimeProvider time)
    {
        _folder = folder;
        _services = services;
        Time = time;
    }

    public FakeTimeProvider Time { get; }
    public Guid Tenant { get; private set; }
    public Scope Scope => Scope.System(Tenant, "test");
    public PushOwner Owner => PushOwner.Tenant(Tenant);
    public IWebhookCommands Webhooks => Get<IWebhookCommands>();
    public WebhookWorker Worker => Get<WebhookWorker>();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<PushHost> StartAsync(Func<PushSettings, PushSettings>? settings = null)
    {
        var folder = new TempFolder();
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero));
        var push = new PushSettings { Egress = new() { Networks = [IPNetwork.Parse("127.0.0.0/8")], AllowPlainHttp = true } };
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(time);
        services.AddPlatformStorage(new StorageSettings { DataDirectory = folder.Path, MayCreateKey = true });
        services.AddPush(settings?.Invoke(push) ?? push);
        services.AddPushWorkers();
        var host = new PushHost(folder, services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true }), time);
        await MigratedDatabases.CopyToAsync(folder.Path, Stop);
        await host.Get<IStorageSetup>().PrepareAsync(Stop);
        host.Tenant = await host.AddTenantAsync("acme");
        return host;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>The worker of a process that starts after a crash.</summary>
    public WebhookWorker NewWorker() => ActivatorUtilities.CreateInstance<WebhookWorker>(_services);

    public async Task<Guid> AddTenantAsync(string slug) =>
        (await Get<IDirectoryCommands>().CreateTenantAsync(new NewTenant(slug, slug, "en", null, "maildir:delivered", [], null), "test", Stop)).Value is var id
        && (await Get<IDirectoryCommands>().AddDomainAsync(Scope.System(id, "test"), id, slug + ".test", Stop)).Succeeded
            ? id
            : throw new InvalidOperationException("The tenant was not made.");

    /// <summary>Something happens: each makes one event, of the kind <c>directory.changed</c>.</summary>
    public async Task HappenAsync(int count = 1, Guid? tenant = null)
    {
        var id = tenant ?? Tenant;
        for (var i = 0; i < count; i++)
        {
            var domain = (await RowsAsync(id, db => db.Domains.Select(d => d.Name)))[0];
            Assert.Null((await Get<IDirectoryCommands>().AddMailboxAsync(Scope.System(id, "test"), id, $"m{_mailboxes++}@{domain}", null, Stop)).Code);
        }
    }

    public async Task<WebhookSecret> AddWebhookAsync(string url, Func<NewWebhook, NewWebhook>? change = null, Guid? tenant = null)
    {
        var wanted = new NewWebhook(url, "", ["directory.*"]);
        var id = tenant ?? Tenant;
        var made = await Webhooks.CreateAsync(Scope.System(id, "test"), PushOwner.Tenant(id), change?.Invoke(wanted) ?? wanted, Stop);
        Assert.Null(made.Code);
        return made.Value!;
    }

    public async Task<List<T>> RowsAsync<T>(Guid tenant, Func<PlatformDb, IQueryable<T>> query)
    {
        await using var database = Get<IPlatformDbFactory>().Open(Scope.System(tenant, "test"));
        return await query(database).ToListAsync(Stop);
    }

    public async Task<WebhookEndpointRow> EndpointAsync(Guid id) => (await RowsAsync(Tenant, db => db.WebhookEndpoints.AsNoTracking().Where(row => row.Id == id)))[0];

    public Task<List<WebhookDeliveryRow>> DeliveriesAsync() => RowsAsync(Tenant, db => db.WebhookDeliveries.AsNoTracking().OrderBy(row => row.Sequence));

    public Task<List<WebhookAttemptRow>> AttemptsAsync() => RowsAsync(Tenant, db => db.WebhookAttempts.AsNoTracking().OrderBy(row => row.At).ThenBy(row => row.Number));

    public Task<List<string>> EventKindsAsync() => RowsAsync(Tenant, db => db.Events.OrderBy(e => e.Sequence).Select(e => e.Kind));

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }
}
